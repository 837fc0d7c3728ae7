import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { baselineFor } from '../../src/detect/baselines.js';
import { registerBaseline } from '../../src/cli/baseline.js';
import { readDecisions } from '../../src/decisions/decisions.js';
import { describeEngines } from '../support/engines.js';
import { addDay, configWith, dayNo, type DayTraffic } from '../baseline/history.js';

const MB = 1_000_000;
const NOW = '2026-04-20T08:00:00.000Z';

/** Week 0 and 1: `old` leaves, `sync` grows from 5 to 20 MB; from day 8 on `new` sends. */
function traffic(day: number): DayTraffic[] {
  const later = day > 7;
  return ['a', 'b', 'c'].flatMap((host) => [
    {
      host,
      actor: 'team:ABCDE12345/com.example.sync',
      bytes: (later ? 20 : 5) * MB,
      to: 'sync.example',
      times: 2,
      hour: 10,
    },
    { host, actor: 'steady', bytes: 3 * MB, to: 'steady.example' },
    later
      ? { host, actor: 'path:/opt/new\u001b[2J', bytes: 2 * MB, to: 'new.example' }
      : { host, actor: 'old', bytes: MB, to: 'old.example' },
  ]);
}

describeEngines('outflow baseline', ({ open, newTarget }) => {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-baseline-'));
  let target: string;
  let first: string;
  let second: string;

  beforeAll(async () => {
    target = newTarget();
    const store = await open(target);
    for (let day = 0; day < 17; day++) await addDay(store, dayNo(day), traffic(day));
    const config = configWith();
    first = await baselineFor(store, dayNo(14), config, NOW);
    const short = { ...config, baseline: { ...config.baseline, learn_days: 7 } };
    second = await baselineFor(store, dayNo(23), short, NOW);
    await store.insert('evaluation_builds', [
      {
        ...{ evaluated_on: dayNo(14), fingerprint: 'f', config: 'c', baseline: first, findings: 1 },
        built_at: '2026-04-20 08:00:00.000',
      },
    ]);
    await store.insert('evaluations', [
      {
        ...{
          evaluated_on: dayNo(14),
          finding_id: 'cafe',
          host_id: 'a',
          actor: 'steady',
          risk: 30,
          severity: 'low',
        },
        ...{
          first_seen: '2026-03-16 09:00:00.000',
          last_seen: '2026-03-16 09:00:00.000',
          days: [],
          facts: '{}',
          body: '{}',
        },
      },
    ]);
    await store.close();
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  /** Runs the command on a store and returns what it prints. */
  async function run(at: string, ...args: string[]): Promise<string> {
    const program = new Command('outflow').exitOverride();
    registerBaseline(program);
    let out = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    try {
      await program.parseAsync(['baseline', ...args, '--store', at], { from: 'user' });
    } finally {
      write.mockRestore();
    }
    return out;
  }
  const runJson = async (...args: string[]): Promise<unknown> =>
    JSON.parse(await run(target, ...args, '--format', 'json')) as unknown;

  it('lists versions with what cites them', async () => {
    const { baselines } = (await runJson('list')) as { baselines: Record<string, unknown>[] };
    expect(baselines).toMatchObject([
      { version: first, kind: 'automatic', excluded: [], cited_by: { days: 1, findings: ['cafe'] } },
      {
        version: second,
        kind: 'automatic',
        settings: { learn_days: 7 },
        cited_by: { days: 0, findings: [] },
      },
    ]);
    const table = await run(target, 'list');
    expect(table).toContain(first);
    expect(table).toMatch(/1 day +1 finding/);
  });

  it('shows what is usual, for the fleet, groups and one host', async () => {
    expect(await runJson('show', 'EXAMPLE.SYNC', '--baseline', first, '--host', 'A')).toMatchObject({
      version: first,
      found: 1,
      actors: [
        {
          actor: 'team:ABCDE12345/com.example.sync',
          fleet: {
            ran_on: 3,
            sent_from: 3,
            days: 8,
            day_out: { p50: 10 * MB, p95: 10 * MB, max: 10 * MB },
            hours: [10],
          },
          hosts: [{ host: 'A', days: 8, other_hosts: 2, expected_day_out: 10 * MB }],
          destinations: [{ destination: 'sync.example', hosts: 3, bytes_out: 240 * MB }],
        },
      ],
      cited_by: { days: 1, findings: [] },
    });
    const text = await run(target, 'show', 'steady', '--baseline', first);
    expect(text).toMatch(/fleet +3 of 3 +8 +3 MB +3 MB +3 MB/);
    expect(text).toContain('steady.example (3 hosts, 72 MB)');
    expect(text).toContain('cafe');
    expect(await run(target, 'show', 'nobody')).toContain('knows no actor');
  });

  it('tells new, grown and vanished uploaders, most bytes first', async () => {
    const drift = (await runJson('diff', first, second)) as Record<string, { actor: string }[]>;
    const actors = (list: string): unknown => drift[list]?.map(({ actor }) => actor);
    expect([actors('added'), actors('grown'), actors('vanished')]).toEqual([
      ['path:/opt/new\u001b[2J'],
      ['team:ABCDE12345/com.example.sync'],
      ['old'],
    ]);
    expect(drift['grown']).toMatchObject([
      { before: { day_out_p50: 10 * MB }, after: { day_out_p50: 40 * MB }, host_names: ['A', 'B', 'C'] },
    ]);
    const text = await run(target, 'diff', first, second);
    expect(text).toContain('1 new, 1 grown, 1 vanished');
    expect(text).toContain('10 MB to 40 MB');
    expect(text).not.toContain('\u001b');
    expect(await run(target, 'diff', first, first)).toContain('0 new, 0 grown, 0 vanished');
  });

  it('freezes a version on demand, under a name', async () => {
    const version = (
      await run(target, 'build', '--from', dayNo(9), '--until', dayNo(12), '--name', 'spring', '--now', NOW)
    ).trim();
    expect(version).toMatch(/^b2026-03-14-[0-9a-f]{12}$/);
    expect(await run(target, 'diff', first, 'spring')).toContain('1 new, 1 grown, 1 vanished');
    await expect(run(target, 'build', '--from', '2020-01-01', '--until', '2020-01-02')).rejects.toMatchObject(
      { code: 'OF_USAGE' },
    );
    await expect(run(target, 'build', '--from', dayNo(3), '--until', dayNo(2))).rejects.toMatchObject({
      code: 'OF_USAGE',
    });
  });

  it('says which baselines there are not', async () => {
    await expect(run(target, 'diff', first, 'nothing')).rejects.toMatchObject({
      code: 'OF_BASELINE_UNKNOWN',
      exitCode: 2,
    });
  });

  it('makes no store out of a mistyped directory', async () => {
    await expect(run(join(directory, 'nowhere'), 'list')).rejects.toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
    });
  });

  it('keeps who froze a version', async () => {
    const store = await open(target);
    expect(await readDecisions(store, { kind: 'baseline' })).toMatchObject([
      { action: 'build', at: NOW, detail: { name: 'spring' } },
    ]);
    await store.close();
  });

  describe('carried elsewhere', () => {
    let plain: string;
    let other: string;

    beforeAll(async () => {
      plain = await run(target, 'export', first);
      other = newTarget();
      await (await open(other)).close();
    });

    const importing = async (text: string | Buffer): Promise<string> => {
      const file = join(directory, 'given.jsonl');
      writeFileSync(file, text);
      return run(other, 'import', file);
    };
    const lines = (): string[] => plain.trimEnd().split('\n');

    it('begins with what it is', () => {
      expect(JSON.parse(lines()[0]!)).toMatchObject({
        schema: 'outflow.baseline/1',
        version: first,
        learned_until: '2026-03-09',
      });
    });

    const BROKEN: Record<string, { text: (all: string[]) => string; code: string; says: RegExp }> = {
      'another version': {
        text: (all) =>
          [all[0]!.replace('outflow.baseline/1', 'outflow.baseline/2'), ...all.slice(1)].join('\n'),
        code: 'OF_BASELINE_VERSION',
        says: /given\.jsonl:1: this is outflow\.baseline\/2, and this Outflow reads outflow\.baseline\/1/,
      },
      'no baseline': {
        text: () => '{"a":1}\n',
        code: 'OF_BASELINE_INVALID',
        says: /given\.jsonl:1: no baseline/,
      },
      'an empty file': { text: () => '', code: 'OF_BASELINE_INVALID', says: /given\.jsonl:1: it breaks off/ },
      'a line that is no JSON': {
        text: (all) => [all[0], all[1], '{oops'].join('\n'),
        code: 'OF_BASELINE_INVALID',
        says: /given\.jsonl:3: no JSON/,
      },
      'a wrong value': {
        text: (all) => [all[0], all[1]!.replace('"days":8', '"days":-8')].join('\n'),
        code: 'OF_BASELINE_INVALID',
        says: /given\.jsonl:2: days: a whole number of UInt16 is expected/,
      },
      'a file that breaks off': {
        text: (all) => all.slice(0, -1).join('\n'),
        code: 'OF_BASELINE_INVALID',
        says: /breaks off/,
      },
      'a missing line': {
        text: (all) => [...all.slice(0, 2), ...all.slice(3)].join('\n'),
        code: 'OF_BASELINE_INVALID',
        says: /lines were exported/,
      },
      'an edited file': {
        text: (all) => all.join('\n').replace('"day_out_max":"3000000"', '"day_out_max":"4000000"'),
        code: 'OF_BASELINE_INVALID',
        says: /changed after they were exported/,
      },
    };

    it.each(Object.entries(BROKEN))('refuses %s', async (_what, { text, code, says }) => {
      await expect(importing(text(lines()))).rejects.toMatchObject({
        code,
        exitCode: 2,
        message: expect.stringMatching(says) as string,
      });
      expect(await run(other, 'list')).toContain('No baseline yet');
    });

    it('refuses a damaged or missing file', async () => {
      const zipped = gzipSync(plain);
      await expect(importing(zipped.subarray(0, zipped.length >> 1))).rejects.toMatchObject({
        code: 'OF_INPUT_UNREADABLE',
      });
      await expect(run(other, 'import', join(directory, 'none'))).rejects.toMatchObject({
        code: 'OF_INPUT_MISSING',
      });
    });

    it('is the same there, to the last byte', async () => {
      const file = join(directory, 'baseline.jsonl.gz');
      await run(target, 'export', first, file);
      expect(gunzipSync(readFileSync(file)).toString()).toBe(plain);
      await expect(run(target, 'export', first, file)).rejects.toMatchObject({
        code: 'OF_OUTPUT_UNWRITABLE',
      });
      expect(await run(other, 'import', file)).toBe(`${first}\n`);
      expect(await run(other, 'import', file)).toContain('had it already');
      expect(await run(other, 'export', first)).toBe(plain);
      expect(JSON.parse(await run(other, 'list', '--format', 'json'))).toMatchObject({
        baselines: [{ version: first, kind: 'imported' }],
      });
    });
  });
});
