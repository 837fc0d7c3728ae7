import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { detect } from '../support/detect.js';
import { KEPT_TABLES } from '../../src/service/tables.js';
import { loadConfig } from '../../src/service/load-config.js';
import { keptData } from '../../src/store/kept-data.js';
import { ledgerBalance } from '../../src/landing/ledger-balance.js';
import { calendarOf, listDays } from '../../src/model/days/calendar.js';
import { describeEngines } from '../support/engines.js';
import {
  flowOf,
  HOUR,
  mac,
  MONDAY,
  processOf,
  signedBy,
  writeTelemetry,
  type Story,
} from '../support/telemetry.js';
import { judged } from '../support/daily-fleet.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-clock-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A Mac that sends a gigabyte from /tmp to a place nobody else knows, as many years off as its clock is. */
function thief(number: number, at: number): Story {
  const host = mac(number);
  const process = processOf(host, '/private/tmp/x', { signing: signedBy.nobody, start: at + HOUR });
  const flow = flowOf(process, {
    start: at + 2 * HOUR,
    end: at + 4 * HOUR,
    remoteName: 'drop.example.net',
    remoteIp: '203.0.113.9',
    bytesOut: 1_000_000_000,
    bytesIn: 1000,
  });
  return { host, processes: [process], flows: [flow] };
}

/** The telemetry of one Mac on Monday, with another year in every time of it, in a file of its own. */
function fromYear(year: string, into: string): number {
  const made = mkdtempSync(join(directory, 'made-'));
  writeTelemetry(made, [thief(2, MONDAY)], { days: 1 });
  const text = readFileSync(join(made, 'fleet.elastic.ndjson'), 'utf8').replaceAll(
    '2026-03-0',
    `${year}-03-0`,
  );
  writeFileSync(join(into, `${year}.elastic.ndjson`), text);
  return text.split('\n').length - 1;
}

describeEngines('clocks that are wrong', ({ open, newTarget }) => {
  it('leave records that are kept and counted, and never judged', async () => {
    const good = mkdtempSync(join(directory, 'good-'));
    writeTelemetry(good, [thief(1, MONDAY)], { days: 1 });
    const odd = mkdtempSync(join(directory, 'odd-'));
    const records = ['1970', '2001', '2098'].reduce((sum, year) => sum + fromYear(year, odd), 0);
    const now = '2026-03-10T00:00:00.000Z';
    const alone = newTarget();
    const expected = await detect({ paths: [good], store: alone, now });
    expect(expected.findings).toHaveLength(1);

    const target = newTarget();
    const first = await detect({ paths: [good, odd], store: target, now });
    expect(judged(first)).toBe(judged(expected));
    const again = await detect({ paths: [odd], store: target, now });
    expect(judged(again)).toBe(judged(expected));

    const store = await open(target);
    expect((await listDays(store)).map(({ day }) => day)).toEqual(['2026-03-02']);
    const calendar = await calendarOf(store);
    expect(calendar).toMatchObject({ days: 1, first: '2026-03-02', last: '2026-03-02', waiting: 0 });
    expect(calendar.impossible).toBeGreaterThan(5);
    expect(calendar.impossible).toBeLessThanOrEqual(records);
    expect(await ledgerBalance(store)).toMatchObject({ batches: 4, balanced: true, broken_off: 0 });
    const kept = await keptData(store, KEPT_TABLES, loadConfig().retention);
    expect(kept.find(({ kind }) => kind === 'observations')?.rows).toBeGreaterThan(calendar.impossible);
    const [built] = await store.rows<{ n: string }>(
      `SELECT count() AS n FROM day_builds WHERE seen_on != '2026-03-02'`,
    );
    expect(Number(built?.n)).toBe(0);
    await store.close();
  });

  it('leave a store that has nothing to judge when no record has a possible time', async () => {
    const odd = mkdtempSync(join(directory, 'odd-'));
    fromYear('2098', odd);
    await expect(detect({ paths: [odd], store: newTarget() })).rejects.toMatchObject({
      code: 'OF_STORE_EMPTY',
      exitCode: 4,
    });
  });
});
