import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { landFile, type Landed } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { source } from '../../src/sources/eslogger/index.js';
import { describeEngines } from '../support/engines.js';
import {
  EXEC,
  EXEC_ROW,
  EXIT,
  EXIT_ROW,
  FORK,
  FORK_ROW,
  lines,
  SEEN_ROW,
  SHELL,
  TOOL,
  token,
  withTokenObjects,
  type Json,
} from './eslogger-messages.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-eslogger-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;

function write(content: string | Buffer): string {
  const folder = join(directory, String(++files));
  mkdirSync(folder);
  const path = join(folder, 'MBP-7F2A.eslogger.jsonl');
  writeFileSync(path, content);
  return path;
}

describe('recognising eslogger output', () => {
  const recognise = (text: string): string | undefined =>
    source.recognise({ name: 'x', lines: text.split('\n') })?.variant;

  it('knows messages of any type, in either token encoding, after broken lines too', () => {
    for (const message of [EXEC, FORK, EXIT, { ...EXIT, event_type: 10, event: { open: {} } }]) {
      expect(recognise(lines(message))).toBe('message');
      expect(recognise(lines(withTokenObjects(message)))).toBe('message');
    }
    expect(recognise(`\uFEFF${lines(EXEC)}`)).toBe('message');
    expect(recognise(`{"cut\n\n${lines(EXEC)}`)).toBe('message');
  });

  it('leaves other formats alone', () => {
    const others = [
      { ...EXEC, metadata: { vendor: 'Jamf', product: 'Jamf Protect' } },
      { ...EXEC, schema_version: '1' },
      { ...EXEC, process: { executable: {} } },
      { eventMessage: JSON.stringify(EXEC), timestamp: '2026', processID: 1 },
      { '@timestamp': '2026', event: { action: 'exec' }, process: { entity_id: 'e' } },
      { class_uid: 1007, metadata: { version: '1.1.0' }, process: {}, time: 1 },
      { name: 'es_process_events', action: 'added', columns: {} },
      { execution: { target: {} }, event_time: '2026' },
      [EXEC],
      null,
    ];
    for (const other of others) expect(recognise(lines(other))).toBeUndefined();
    expect(recognise('')).toBeUndefined();
  });
});

describeEngines('eslogger', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function land(content: string | Buffer): Promise<Landed> {
    const path = write(content);
    for (const table of ['flow_observations', 'process_observations', 'rejects', 'landed', 'batches'])
      await store.command(`TRUNCATE TABLE ${table}`);
    const landed = await landFile(store, { path, shown: path, explicit: true }, {});
    if ('reason' in landed) throw new Error(`skipped: ${landed.reason}`);
    expect(landed.source).toBe('eslogger');
    return landed;
  }

  async function rows(content: string | Buffer): Promise<Record<string, unknown>[]> {
    await land(content);
    return store.rows('SELECT * EXCEPT attempt FROM process_observations ORDER BY ts, pid, process_event');
  }

  async function counts(): Promise<string[]> {
    const found = await store.rows<{ kind: string; reason: string; lines: string }>(
      'SELECT kind, reason, sum(lines) AS lines FROM landed GROUP BY kind, reason ORDER BY kind, reason',
    );
    return found.map(({ kind, reason, lines: sum }) => [kind, reason, sum].filter(Boolean).join(' '));
  }

  it('reads exec with the image before it, fork and exit, and joins them by pid and pidversion', async () => {
    const found = await rows(lines(EXEC, FORK, EXIT));
    expect(found).toMatchObject([EXEC_ROW, EXIT_ROW, SEEN_ROW, FORK_ROW]);
    const [exec, exit, seen, fork] = found.map((row) => row['process_id']);
    expect(exit).toBe(exec);
    expect(new Set([exec, seen, fork]).size).toBe(3);
    expect(found[3]!['parent_process_id']).toBe(seen);
    expect(found[0]!['responsible_process_id']).toBe(found[3]!['responsible_process_id']);
    expect(await counts()).toEqual(['process 3']);
  });

  it('reads token objects, Windows line ends, a byte order mark, gzip and a missing last line end alike', async () => {
    const text = lines(EXEC, FORK, EXIT);
    const expected = await rows(text);
    const variants = [
      lines(...[EXEC, FORK, EXIT].map(withTokenObjects)),
      lines(EXEC, withTokenObjects(FORK), { ...EXIT, version: 7 }),
      text.replaceAll('\n', '\r\n'),
      `\r\n${text}`,
      gzipSync(text),
      text.trimEnd(),
    ];
    for (const variant of variants) expect(await rows(variant)).toEqual(expected);
  });

  it('keeps the same pid of two hosts, and of two incarnations, apart', async () => {
    const again = { ...EXEC, event: { exec: { target: { ...TOOL, audit_token: token(700, 99) } } } };
    const [one, other] = (await rows(lines(EXEC, again))).filter((row) => row['process_event'] === 'exec');
    expect(one!['process_id']).not.toBe(other!['process_id']);
    const path = write(lines(EXEC));
    await landFile(store, { path, shown: path, explicit: true }, { host: 'other' });
    const [sum] = await store.rows(
      "SELECT uniq(process_id) AS ids FROM process_observations WHERE process_event = 'seen'",
    );
    expect(sum).toEqual({ ids: '2' });
  });

  it('does without what a message lacks, and never takes it for a fact', async () => {
    const bare: Json = { audit_token: token(700, 42) };
    const found = await rows(lines({ ...EXEC, process: bare, event: { exec: { target: bare } } }));
    const nothing = {
      parent_process_id: '0',
      responsible_process_id: '0',
      executable: '',
      name: '',
      args: [],
      platform_binary: -1,
      cs_category: -1,
      cs_flags: 0,
      cdhash: '',
      session: 'none',
    };
    expect(found).toMatchObject([nothing, nothing]);
    const extreme = token(4_294_967_295, 4_294_967_295, 4_294_967_295);
    expect(await rows(lines({ ...EXIT, process: { ...SHELL, audit_token: extreme } }))).toMatchObject([
      { pid: 4_294_967_295, uid: '4294967295' },
    ]);
  });

  it('counts what it leaves out and rejects what it cannot read, with the reason and the line', async () => {
    const bad = [
      lines(EXEC).slice(0, 900),
      '[1,2]',
      '{}',
      lines({ ...EXEC, time: 5 }).trimEnd(),
      lines({ ...EXEC, event: { exec: {} } }).trimEnd(),
      lines({ ...EXIT, process: { ...SHELL, audit_token: token(2 ** 64, -1) } }).trimEnd(),
      lines({ ...EXIT, process: { ...SHELL, audit_token: token(2 ** 40, -1) } }).trimEnd(),
      `{${'x'.repeat(5000)}`,
    ];
    const other = { ...EXIT, event_type: 10, event: { open: { file: {} } } };
    const landed = await land(`${lines(EXEC, other)}\n${bad.join('\n')}\n`);
    expect(landed).toMatchObject({ lines: 11, accepted: 3, rejected: 8 });
    expect(await counts()).toEqual([
      'reject invalid_json 3',
      'reject no_process 2',
      'reject no_timestamp 2',
      'reject not_an_object 1',
      'ignored blank_line 1',
      'ignored event_type 1',
      'process 1',
    ]);
    const raws = await store.rows<{ raw: string }>('SELECT raw FROM rejects');
    expect(raws.map(({ raw }) => raw).sort()).toEqual(bad.map((line) => line.slice(0, 2000)).sort());
  });

  it('carries hostile text unchanged', async () => {
    const hostile = `\u001b[31m'; DROP TABLE landing; --\n\t"\\ \u0000 \u202e {lines} {host:String} \u{1F4A3}`;
    const target = { ...TOOL, signing_id: hostile, executable: { path: `/tmp/${hostile}` } };
    const found = await rows(lines({ ...EXEC, event: { exec: { target, args: [hostile, ''] } } }));
    expect(found[0]).toMatchObject({
      signing_id: hostile,
      executable: `/tmp/${hostile}`,
      name: hostile,
      args: [hostile, ''],
    });
  });

  it('accounts for every line, whatever is in it, and never fails', async () => {
    const valid = [EXEC, FORK, EXIT].flatMap((message) => [lines(message), lines(withTokenObjects(message))]);
    const values = [
      'null',
      '-1',
      '18446744073709551615',
      '1e400',
      '[]',
      '{}',
      '"x"',
      '[[[',
      '"\\u0000"',
      'true',
    ];
    // A member's value, or a stretch of text, is something else.
    const mutated = fc
      .tuple(fc.constantFrom(...valid), fc.nat(), fc.nat(40), fc.constantFrom(...values, '', '\u0000', '"'))
      .map(([text, at, cut, insert]) => {
        const colon = text.indexOf(':', at % text.length);
        const from = cut % 2 === 0 && colon !== -1 ? colon + 1 : at % text.length;
        return text.slice(0, from) + insert + text.slice(from + cut);
      });
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json(),
      fc.constantFrom(...valid),
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(mutated, anything), { minLength: 20, maxLength: 150 }),
        fc.constantFrom('\n', '\r\n'),
        async (candidates, lineEnd) => {
          const texts = candidates.map((text) => text.replaceAll('\n', ' '));
          const content = lines(EXEC) + [...texts, `run ${++runs}`].join(lineEnd);
          expect(await land(content)).toMatchObject({ lines: texts.length + 2, known: false });
          const [bad] = await store.rows(
            "SELECT countIf(reason = '' OR length(raw) > 2000) AS unexplained FROM rejects",
          );
          expect(bad).toEqual({ unexplained: '0' });
          const [wrong] = await store.rows(
            `SELECT countIf(process_id = 0 OR process_event = 'none') AS nameless FROM process_observations`,
          );
          expect(wrong).toEqual({ nameless: '0' });
        },
      ),
      { numRuns: 8, seed: 82, endOnFailure: true },
    );
  });
});
