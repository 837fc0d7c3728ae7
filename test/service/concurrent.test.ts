import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerBalance } from '../../src/landing/ledger-balance.js';
import { openStore } from '../../src/service/open-store.js';
import type { DetectResult } from '../../src/ground/finding.js';
import { PAIRS } from '../detect/pairs.js';
import { COMMAND } from '../support/command.js';
import { serverUrl } from '../support/engines.js';
import { SERVER_SUITE } from '../support/server-suite.js';
import { everydayFleet, mac, withStories, writeTelemetry } from '../support/telemetry.js';
import { judged } from '../support/daily-fleet.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-concurrent-'));
const telemetry = join(directory, 'fleet');
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function detect(store: string, ...paths: readonly string[]): Promise<Ended> {
  const args = ['detect', ...paths, '--store', store, '--format', 'json', '--now', '2026-03-10T00:00:00Z'];
  const child = spawn(process.execPath, [COMMAND, ...args]);
  const out: Buffer[] = [];
  const error: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  return new Promise((done) => {
    child.once('close', (code) => {
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(error).toString() });
    });
  });
}

const result = ({ code, stdout, stderr }: Ended): string => {
  expect(code, stderr).toBe(0);
  return judged(JSON.parse(stdout) as DetectResult);
};

let expected: string;
beforeAll(async () => {
  const attacks = PAIRS.slice(0, 3).map(({ attack }, index) => attack(mac(index + 1)));
  writeTelemetry(telemetry, withStories(everydayFleet(4), attacks));
  const alone = await detect(join(directory, 'alone'), telemetry);
  expected = result(alone);
  expect((JSON.parse(alone.stdout) as DetectResult).findings.length).toBeGreaterThanOrEqual(2);
});

describe('two processes on one directory', () => {
  it('are one that works and one that says who has it', async () => {
    const store = join(directory, 'busy');
    const first = detect(store, telemetry);
    while (!existsSync(join(store, 'outflow.lock'))) await sleep(20);
    const second = await detect(store);
    expect(second.code).toBe(4);
    expect(second.stdout).toBe('');
    expect(second.stderr).toMatch(/^outflow: OF_STORE_BUSY: store .* is in use by process \d+\. [^\n]*\n$/);
    expect(result(await first)).toBe(expected);
    expect(result(await detect(store))).toBe(expected);
  });
});

describe.skipIf(serverUrl() === '')(`two processes on one store ${SERVER_SUITE}`, () => {
  const database = `test_${process.pid}_concurrent`;
  const store = `${serverUrl()}/${database}`;
  afterAll(async () => {
    await fetch(serverUrl(), { method: 'POST', body: `DROP DATABASE IF EXISTS ${database} SYNC` });
  });

  it('both find what there is, and count each line once', async () => {
    const both = await Promise.all([detect(store, telemetry), detect(store, telemetry)]);
    for (const one of both) {
      if (one.code === 0) expect(result(one)).toBe(expected);
      else expect(one.stderr).toMatch(/^(?:[^\n]*\n)*outflow: OF_STORE_[A-Z]+: [^\n]*\n$/);
    }
    expect(both.some(({ code }) => code === 0)).toBe(true);
    expect(result(await detect(store, telemetry))).toBe(expected);
    const opened = await openStore(store);
    expect(await ledgerBalance(opened)).toMatchObject({ batches: 1, balanced: true, broken_off: 0 });
    await opened.close();
  });
});
