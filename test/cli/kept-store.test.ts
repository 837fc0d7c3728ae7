import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { registerBaseline } from '../../src/cli/baseline.js';
import { registerDetect } from '../../src/cli/detect.js';
import { registerFindings } from '../../src/cli/findings.js';
import { registerIngest } from '../../src/cli/ingest.js';
import { registerInventory } from '../../src/cli/inventory.js';
import { registerStore } from '../../src/cli/store.js';
import { registerTune } from '../../src/cli/tune.js';
import type { DetectResult } from '../../src/ground/finding.js';
import { openStore } from '../../src/service/open-store.js';
import { PAIRS } from '../detect/pairs.js';
import { everydayFleet, mac, withStories, writeTelemetry } from '../support/telemetry.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-days-command-'));
const place = (name: string): string => join(directory, name);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const ANSWER = ['--owner', 'ada', '--reason', 'backups'];

/** What the last command said beside it. */
const told: string[] = [];

/** What a command prints; the process is this one. */
async function outflow(...args: string[]): Promise<string> {
  const program = new Command('outflow').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [
    registerDetect,
    registerIngest,
    registerStore,
    registerFindings,
    registerBaseline,
    registerTune,
    registerInventory,
  ])
    register(program);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const command of program.commands.flatMap((one) => one.commands)) command.exitOverride();
  const printed: string[] = [];
  told.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    vi.restoreAllMocks();
  }
  return printed.join('');
}

const json = async (...args: string[]): Promise<DetectResult> =>
  JSON.parse(await outflow(...args, '--format', 'json')) as DetectResult;

interface Status {
  readonly schema: string;
  readonly engine: string;
  readonly data: readonly { readonly kind: string; readonly rows: number; readonly oldest: string | null }[];
  readonly ledger: Readonly<Record<string, unknown>>;
  readonly calendar: Readonly<Record<string, unknown>>;
  readonly decisions: unknown;
}
const statusOf = async (store: string, ...more: string[]): Promise<Status> =>
  JSON.parse(await outflow('store', 'status', '--store', store, '--format', 'json', ...more)) as Status;

beforeAll(() => {
  const attacks = PAIRS.slice(0, 3).map(({ attack }, index) => attack(mac(index + 1)));
  writeTelemetry(place('fleet'), withStories(everydayFleet(4), attacks));
  writeFileSync(place('note.txt'), 'no telemetry\n');
});

describe('a store on the command line', () => {
  const store = place('store');

  it('takes telemetry with ingest and judges it with detect later', async () => {
    expect(await outflow('ingest', place('fleet'), '--store', store)).toMatch(
      /^1 file in .*store, [\d,]+ lines, [\d,]+ accepted, 0 rejected\.\n$/,
    );
    const before = await statusOf(store);
    expect(before).toMatchObject({
      schema: 'outflow.store/1',
      engine: 'chdb',
      ledger: { batches: 1, balanced: true, broken_off: 0, rejected: 0 },
      calendar: { first: '2026-03-02', waiting: before.calendar['days'], impossible: 0 },
      decisions: { ok: true, count: 0, problem: null },
    });
    expect(before.data.find(({ kind }) => kind === 'rollups')).toMatchObject({ rows: 0, oldest: null });

    const found = await json('detect', '--store', store);
    expect(found.findings.length).toBeGreaterThanOrEqual(2);
    expect(found.input).toMatchObject({ files: 0, lines: 0, hosts: 4 });
    expect(found.run.window.start).toMatch(/^2026-03-0/);
    const after = await statusOf(store);
    expect(after.calendar).toEqual({ ...before.calendar, waiting: 0 });
    expect(after.ledger).toEqual(before.ledger);
    expect(after.data.find(({ kind }) => kind === 'findings')?.rows).toBe(found.findings.length);
  });

  it('knows a file it has read, and tells of it', async () => {
    expect(await outflow('ingest', place('fleet'), '--store', store)).toContain(
      ', 1 of them known already, ',
    );
    const told = JSON.parse(
      await outflow('ingest', place('fleet'), '--store', store, '--format', 'json'),
    ) as unknown;
    expect(told).toMatchObject({ files: 1, known: 1, rejected: 0, skipped_files: [] });
  });

  it('shows its status as a table', async () => {
    const table = await outflow('store', 'status', '--store', store);
    expect(table).toMatch(/^WHAT +ROWS +ON DISK +OLDEST +NEWEST +KEPT$/m);
    for (const kind of ['raw', 'observations', 'rollups', 'findings', 'decisions', 'baselines']) {
      expect(table).toMatch(new RegExp(`^${kind} `, 'm'));
    }
    expect(table).toMatch(/^observations +[\d,]+ .* 2026-03-02 .* 90 days$/m);
    expect(table).toMatch(/^ledger +1 batch: .* balances$/m);
    expect(table).toMatch(/^days +2 with records, 2026-03-02 to 2026-03-03$/m);
    expect(table).toMatch(/^decisions +0; the chain holds$/m);
  });

  it('puts the retention of a configuration in force', async () => {
    writeFileSync(place('short.yaml'), 'retention: { observation_days: 14 }\n');
    const table = await outflow('store', 'status', '--store', store, '--config', place('short.yaml'));
    expect(table).toMatch(/^observations .* 14 days$/m);
  });

  it('is named by the environment as well, for commands that need one', async () => {
    vi.stubEnv('OUTFLOW_STORE', store);
    expect(await outflow('store', 'status')).toContain('2026-03-02');
  });

  it('judges the records between two times as one window, and keeps nothing of it', async () => {
    const all = await json('detect', '--store', store);
    const none = await json('detect', '--store', store, '--since', '2026-04-01T00:00:00Z');
    expect(none.findings).toEqual([]);
    const until = '2026-03-03T00:00:00.000Z';
    const some = await json('detect', '--store', store, '--until', until);
    expect(some.run.cut).toEqual({ since: null, until });
    expect(some.findings.length).toBeGreaterThan(0);
    for (const { last_seen } of some.findings) expect(last_seen < until).toBe(true);
    expect((await json('detect', '--store', store)).findings).toEqual(all.findings);
  });
});

describe('a store on the command line refuses', () => {
  it.each([
    ['detect'],
    ['store', 'status'],
    ['findings', 'list'],
    ['findings', 'history'],
    ['findings', 'ack', 'ab'],
    ['baseline', 'list'],
    ['baseline', 'build'],
    ['baseline', 'import', 'x.jsonl'],
    ['inventory', 'list'],
    ['inventory', 'approve', 'x', '--executable', '/x', ...ANSWER, '--expires', '2027-01-01'],
    ['inventory', 'revoke', 'x'],
    ['inventory', 'import', 'x.yaml'],
    ['inventory', 'suggest', '--accept', 'x', ...ANSWER],
    ['tune', 'backtest'],
    ['tune', 'budget', '--alerts-per-day', '1'],
  ])('to be made by anything but telemetry: %s %s', async (...command) => {
    await expect(outflow(...command, '--store', place('typo'))).rejects.toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
      exitCode: 4,
    });
    expect(existsSync(place('typo'))).toBe(false);
  });

  it('to judge when nothing has ever arrived, and shows an empty one without complaint', async () => {
    await (await openStore(place('empty'))).close();
    await expect(outflow('detect', '--store', place('empty'))).rejects.toMatchObject({
      code: 'OF_STORE_EMPTY',
      exitCode: 4,
      message: expect.stringMatching(
        /^store .*empty has no telemetry yet\. Add some: outflow ingest/,
      ) as string,
    });
    expect(await outflow('store', 'status', '--store', place('empty'))).toMatch(/^days +none$/m);
  });

  it('makes one for telemetry, and says so once', async () => {
    await outflow('ingest', place('fleet'), '--store', place('made'));
    expect(told.at(-1)).toBe(`outflow: made a new store at ${place('made')}\n`);
    await outflow('ingest', place('fleet'), '--store', place('made'));
    expect(told.join('')).not.toContain('new store');
  });

  it('says so of one that detect made, and of one whose telemetry was refused', async () => {
    const said = (name: string): string => `outflow: made a new store at ${place(name)}\n`;
    await outflow('detect', place('fleet'), '--store', place('judged'));
    expect(told.at(-1)).toBe(said('judged'));
    await expect(outflow('ingest', place('note.txt'), '--store', place('refused'))).rejects.toThrow();
    expect(told.at(-1)).toBe(said('refused'));
    expect(existsSync(place('refused'))).toBe(true);
  });

  it('detect without files and without a store', async () => {
    await expect(outflow('detect')).rejects.toMatchObject({ code: 'OF_USAGE', exitCode: 2 });
  });

  it('ingest without a store, and of what is no telemetry', async () => {
    vi.stubEnv('OUTFLOW_STORE', undefined);
    await expect(outflow('ingest', place('fleet'))).rejects.toMatchObject({
      code: 'commander.missingMandatoryOptionValue',
    });
    await expect(outflow('ingest', place('note.txt'), '--store', place('other'))).rejects.toMatchObject({
      code: 'OF_INPUT_UNKNOWN_FORMAT',
      exitCode: 3,
    });
    await expect(outflow('ingest', place('nowhere'), '--store', place('other'))).rejects.toMatchObject({
      code: 'OF_INPUT_MISSING',
      exitCode: 3,
    });
  });
});
