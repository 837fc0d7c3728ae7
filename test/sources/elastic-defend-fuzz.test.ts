import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { landFile } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import { CLOSED, flatten, lines, STARTED } from './elastic-defend-documents.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-elastic-fuzz-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let runs = 0;

const HEADS = [
  lines(CLOSED),
  lines({ _source: CLOSED }),
  lines(flatten(CLOSED)),
  lines({ _source: flatten(STARTED) }),
];

const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(70_000),
  '\u0000\ud83d\ude00',
  -1,
  0,
  0.5,
  1e308,
  -9007199254740992,
  18446744073709549568,
  [],
  [[]],
  ['connection_attempted', 'disconnect_received'],
  {},
  { id: { id: [] } },
  '9999-12-31T23:59:59.999999999Z',
  '1900-01-01T00:00:00Z',
  '2026-05-04T01:02:03+14:00',
  'now',
];

const KEYS = Object.keys({ ...flatten(CLOSED), ...flatten(STARTED) });
const EVERYTHING = { ...flatten(STARTED), ...flatten(CLOSED), 'event.start': '2026-05-04T01:00:00Z' };

/** A valid document in which some values, or whole branches, are something else. */
const mutated = fc
  .tuple(
    fc.constantFrom('nested', 'dotted', 'hit'),
    fc.array(
      fc.tuple(fc.constantFrom(...KEYS), fc.nat(3), fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue())),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([shape, changes]) => {
    const document: Record<string, unknown> = {};
    const set = (path: readonly string[], value: unknown): void => {
      let at = document;
      for (const key of path.slice(0, -1)) {
        const next = at[key];
        at = (typeof next === 'object' && next !== null ? next : (at[key] = {})) as Record<string, unknown>;
      }
      at[path.at(-1)!] = value;
    };
    for (const [key, value] of Object.entries(EVERYTHING))
      set(shape === 'dotted' ? [key] : key.split('.'), value);
    for (const [key, up, value] of changes) {
      const path = key.split('.');
      if (shape === 'dotted') set([key], value);
      else set(path.slice(0, Math.max(1, path.length - up)), value);
    }
    return JSON.stringify(shape === 'hit' ? { _source: document } : document);
  });

const broken = fc
  .tuple(mutated, fc.nat(2000), fc.constantFrom('', '"', '{', '\\', '\u0000', '[['.repeat(2000), '}'))
  .map(([text, at, insert]) => text.slice(0, at % text.length) + insert + text.slice((at * 7) % text.length));

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.json(),
  fc.constantFrom('', ' ', '\t', '{', '{}', '[]', 'null', '{"create":{}}', '{"a":'.repeat(3000), '\uFEFF{}'),
);

describeEngines('elastic-defend, fuzzed', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  it('accounts for every line, whatever is in it, and never fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HEADS),
        fc.array(fc.oneof(mutated, broken, anything), { minLength: 20, maxLength: 120 }),
        fc.constantFrom('\n', '\r\n'),
        async (head, candidates, lineEnd) => {
          const texts = candidates.map((text) => text.replaceAll('\n', ' '));
          const folder = join(directory, String(++runs));
          mkdirSync(folder);
          const path = join(folder, 'documents.ndjson');
          // A run's number keeps equal contents from being one batch.
          writeFileSync(path, head + [...texts, `run ${runs}`].join(lineEnd));
          const landed = await landFile(store, { path, shown: path, explicit: true }, {});
          expect(landed).toMatchObject({ source: 'elastic-defend', lines: texts.length + 2, known: false });
        },
      ),
      { numRuns: 10, seed: 82, endOnFailure: true },
    );
    const [bad] = await store.rows<{ unexplained: string; long: string }>(
      "SELECT countIf(reason = '') AS unexplained, countIf(length(raw) > 2000) AS long FROM rejects",
    );
    expect(bad).toEqual({ unexplained: '0', long: '0' });
    const [flows] = await store.rows<{ rows: string; wrong: string }>(
      `SELECT count() AS rows, countIf(bytes_out > 1125899906842624 OR start_ts > ts OR (state = 'closed') != (end_ts = ts)) AS wrong
       FROM flow_observations`,
    );
    expect(Number(flows!.rows)).toBeGreaterThan(10);
    expect(flows!.wrong).toBe('0');
  });
});
