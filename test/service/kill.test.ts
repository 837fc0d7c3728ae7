import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { landFile } from '../../src/landing/land-file.js';
import { openStore } from '../../src/service/open-store.js';
import { SCRATCH_PREFIX } from '../../src/store/scratch.js';
import { PAIRS } from '../detect/pairs.js';
import { COMMAND } from '../support/command.js';
import { startEngineProcess } from '../support/engine-process.js';
import { describeEngines } from '../support/engines.js';
import { TEST_SOURCES } from '../support/line-source.js';
import { everydayFleet, mac, withStories, writeTelemetry } from '../support/telemetry.js';

const LINES = 400_000;
const directory = mkdtempSync(join(tmpdir(), 'outflow-kill-test-'));
const file = join(directory, 'host.log');
writeFileSync(file, Array.from({ length: LINES }, (_, at) => `ok ${at} ${'x'.repeat(at % 50)}\n`).join(''));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describeEngines('a process killed while it lands', ({ open, newTarget }) => {
  // Wherever the kill lands, the outcome must be the same; the delays spread it from the ledger entry to the insert.
  it.each([0, 60, 250])('leaves a store where the next run counts each line once (%i ms)', async (delay) => {
    const target = newTarget();
    const { child, said, ended } = startEngineProcess('land', [target, file]);
    await said('landing');
    await sleep(delay);
    child.kill('SIGKILL');
    await ended;

    const store = await open(target);
    const landed = await landFile(
      store,
      { path: file, shown: file, explicit: true },
      { sources: TEST_SOURCES },
    );
    expect(landed).toMatchObject({ lines: LINES, accepted: LINES, rejected: 0 });
    const [counted] = await store.rows(
      `SELECT count() AS flows, uniqExact(record_id) AS records FROM flow_observations
       WHERE attempt IN (SELECT attempt FROM counted_attempts)`,
    );
    expect(counted).toEqual({ flows: String(LINES), records: String(LINES) });
  });
});

const KILLS = 50;

interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** The command in a process of its own, killed after so many milliseconds unless it has ended by then. */
function outflow(args: readonly string[], killAfter?: number): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, TMPDIR: directory } });
  const out: Buffer[] = [];
  const error: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((done) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      done({
        code,
        killed: signal === 'SIGKILL',
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(error).toString(),
        milliseconds: performance.now() - began,
      });
    });
  });
}

/** The same numbers on every run and machine (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A file for each start, with a part of two days' lines, so that there is always something to land, build and judge. */
function writePieces(count: number): readonly string[] {
  const whole = join(directory, 'whole');
  const attacks = PAIRS.slice(0, 3).map(({ attack }, index) => attack(mac(index + 1)));
  writeTelemetry(whole, withStories(everydayFleet(4), attacks));
  const lines = readFileSync(join(whole, 'fleet.elastic.ndjson'), 'utf8').split('\n').slice(0, -1);
  mkdirSync(join(directory, 'pieces'));
  return Array.from({ length: count }, (_, piece) => {
    const path = join(directory, 'pieces', `${String(piece).padStart(2, '0')}.elastic.ndjson`);
    const part = lines.filter((_line, at) => at % count === piece);
    // A line that is none: rejects have to balance as well.
    writeFileSync(path, `${[...part, `{"piece": ${piece}`].join('\n')}\n`);
    return path;
  });
}

const findingsIn = (stdout: string): string => {
  const { findings, coverage } = JSON.parse(stdout) as { findings: unknown; coverage: unknown };
  return JSON.stringify({ findings, coverage }, null, 1);
};

describe('a store whose commands are killed again and again', () => {
  it(`ends up as if nobody had, after ${KILLS} kills`, { timeout: 900_000 }, async () => {
    const pieces = writePieces(KILLS);
    const store = join(directory, 'killed');
    const ingest = (paths: readonly string[], killAfter?: number): Promise<Ended> =>
      outflow(['ingest', ...paths, '--store', store], killAfter);
    const detect = (killAfter?: number): Promise<Ended> =>
      outflow(['detect', '--store', store, '--format', 'json', '--now', '2026-03-10T00:00:00Z'], killAfter);

    const random = seeded(7);
    const pending = [...pieces];
    const given: string[] = [];
    const need = { ingest: 1500, detect: 5000 };
    let kills = 0;
    for (let start = 0; kills < KILLS; start++) {
      expect(start, 'most starts are killed before they end').toBeLessThan(2 * KILLS);
      const step = start % 2 === 0 ? 'ingest' : 'detect';
      if (step === 'ingest' && pending.length > 0) given.push(pending.shift()!);
      const delay = need[step] * random();
      const ended = step === 'ingest' ? await ingest(given.slice(-3), delay) : await detect(delay);
      if (ended.killed) kills += 1;
      // The first pieces may not have landed yet.
      else expect([0, 4], ended.stderr).toContain(ended.code);
      if (!ended.killed) need[step] = 0.9 * ended.milliseconds;
      if (!ended.killed || kills % 10 !== 0) continue;

      const whole = await ingest(given);
      expect(whole.code, whole.stderr).toBe(0);
      need.ingest = whole.milliseconds;
      const found = await detect();
      expect(found.code, found.stderr).toBe(0);
      need.detect = found.milliseconds;
      const status = await outflow(['store', 'status', '--store', store, '--format', 'json']);
      expect(JSON.parse(status.stdout)).toMatchObject({
        ledger: { batches: given.length, balanced: true, rejected: given.length },
        calendar: { waiting: 0 },
      });
    }

    await ingest(pieces);
    const found = await detect();
    const untouched = await outflow([
      'detect',
      ...pieces,
      ...['--store', join(directory, 'untouched'), '--format', 'json', '--now', '2026-03-10T00:00:00Z'],
    ]);
    expect(untouched.code, untouched.stderr).toBe(0);
    expect(findingsIn(found.stdout)).toBe(findingsIn(untouched.stdout));
    expect((JSON.parse(found.stdout) as { findings: unknown[] }).findings.length).toBeGreaterThanOrEqual(2);

    const opened = await openStore(store);
    try {
      const left = await opened.rows(
        'SELECT name FROM system.databases WHERE startsWith(name, {prefix:String})',
        {
          prefix: SCRATCH_PREFIX,
        },
      );
      expect(left).toEqual([]);
    } finally {
      await opened.close();
    }
  });
});
