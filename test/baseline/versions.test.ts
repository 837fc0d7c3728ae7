import { beforeAll, describe, expect, it } from 'vitest';
import { listVersions } from '../../src/baseline/version-store.js';
import { baselineFor } from '../../src/detect/baselines.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import { addDay, configWith, dayNo, type DayTraffic } from './history.js';

const NOW = '2026-04-01T00:00:00.000Z';
const MB = 1_000_000;

/** Four hosts with one backup tool: a, b, c send 10, 20, 30 MB a day, d grows. */
function usual(day: number): DayTraffic[] {
  return [
    { host: 'a', actor: 'backup', bytes: 10 * MB, to: 'backup.example' },
    { host: 'b', actor: 'backup', bytes: 20 * MB, to: 'backup.example' },
    { host: 'c', actor: 'backup', bytes: 30 * MB, to: 'backup.example', hour: 22 },
    { host: 'd', actor: 'backup', bytes: (day + 1) * MB, to: 'backup.example' },
    { host: 'a', actor: 'idle', bytes: 0 },
  ];
}

describeEngines('baseline versions', ({ open, newTarget }) => {
  let store: Store;
  let version: string;
  const config = configWith();

  beforeAll(async () => {
    store = await open(newTarget());
    for (let day = 0; day < 9; day++) await addDay(store, dayNo(day), usual(day));
    version = await baselineFor(store, dayNo(17), config, NOW);
  });

  const one = async (sql: string): Promise<Record<string, unknown>> => {
    const [row] = await store.rows<Record<string, unknown>>(sql, { version });
    return row ?? {};
  };

  it('learns nothing from fewer days than a working week', async () => {
    expect(await baselineFor(store, dayNo(7), config, NOW)).toBe('');
    expect(await listVersions(store)).toHaveLength(1);
  });

  it('names the version by its Monday and content, and says what it is made of', async () => {
    expect(version).toMatch(/^w2026-03-16-[0-9a-f]{12}$/);
    expect(await listVersions(store)).toMatchObject([
      {
        version,
        kind: 'automatic',
        applies_from: '2026-03-16',
        learned_from: '2026-02-10',
        learned_until: '2026-03-09',
        days: 8,
        hosts: 4,
        actors: 2,
      },
    ]);
  });

  it('never sees the days it judges', async () => {
    const row = await one(
      'SELECT max(last_day) AS last FROM baseline_host_pairs WHERE version = {version:String}',
    );
    expect(row['last']).toBe('2026-03-09');
  });

  it('gives every host one vote', async () => {
    expect(
      await one(`SELECT hosts, sending_hosts, days, day_out_p50, day_out_max, day_maxima, hour_hosts[10] AS at_nine, hour_hosts[23] AS at_ten
                 FROM baseline_actors WHERE version = {version:String} AND actor = 'backup'`),
    ).toEqual({
      hosts: 4,
      sending_hosts: 4,
      days: 8,
      day_out_p50: String(20 * MB),
      day_out_max: String(30 * MB),
      day_maxima: [8, 10, 20, 30].map((n) => String(n * MB)),
      at_nine: 3,
      at_ten: 1,
    });
  });

  it('counts an actor that only ran where it ran, with nothing sent', async () => {
    expect(
      await one(`SELECT hosts, sending_hosts, day_out_max, day_maxima, length(hour_hosts) AS hours FROM baseline_actors
                 WHERE version = {version:String} AND actor = 'idle'`),
    ).toEqual({ hosts: 1, sending_hosts: 0, day_out_max: '0', day_maxima: [], hours: '24' });
  });

  it('leaves the judged host out of what the others do, and draws short histories to it', async () => {
    const rows = await store.rows<Record<string, unknown>>(
      `SELECT host_id, days, day_out_p50, other_hosts, others_day_out_p50, expected_day_out FROM baseline_host_actors
       WHERE version = {version:String} AND actor_id = sipHash64('backup') ORDER BY host_id`,
      { version },
    );
    // Medians of the others: b c d (5, 20, 30), a c d (5, 10, 30), a b d (5, 10, 20), a b c (10, 20, 30).
    expect(rows.map((row) => row['others_day_out_p50'])).toEqual([20, 10, 10, 20].map((n) => String(n * MB)));
    expect(rows.map((row) => row['other_hosts'])).toEqual([3, 3, 3, 3]);
    // a: (8 days x 10 MB + 7 x 20 MB) / 15.
    expect(rows[0]).toMatchObject({ days: 8, expected_day_out: '14666666' });
  });

  it('shows growth', async () => {
    expect(
      await one(`SELECT first_third_out, last_third_out FROM baseline_host_actors
                 WHERE version = {version:String} AND host_id = 'd'`),
    ).toEqual({ first_third_out: String(2 * MB), last_third_out: String(7 * MB) });
  });

  it('finishes states: durations, rates, hours, destinations', async () => {
    const row =
      await one(`SELECT duration_p50, rate_p95, hour_out_p50, destinations, addresses, bin(hours) AS hours
                           FROM baseline_host_actors WHERE version = {version:String} AND host_id = 'c'`);
    expect(Number(row['duration_p50']) / 20).toBeCloseTo(1, 1);
    expect(Number(row['rate_p95']) / (1.5 * MB)).toBeCloseTo(1, 1);
    expect(Number(row['hour_out_p50']) / (30 * MB)).toBeCloseTo(1, 1);
    expect(row).toMatchObject({ destinations: '1', addresses: '1' });
  });

  it('is learned once', async () => {
    expect(await baselineFor(store, dayNo(20), config, '2027-01-01T00:00:00.000Z')).toBe(version);
    expect(await listVersions(store)).toMatchObject([
      { created_at: expect.stringContaining('2026-04-01') as string },
    ]);
    const [rows] = await store.rows<{ n: string }>('SELECT count() AS n FROM baseline_host_actors');
    expect(rows?.n).toBe('4');
  });

  describe('elsewhere', () => {
    it('has the same id for the same content, in whatever order and builds the days came', async () => {
      const first = version;
      store = await open(newTarget());
      for (const day of [8, 3, 0, 1, 2, 7, 6, 5, 4]) {
        await addDay(store, dayNo(day), usual(day).reverse(), `other ${day}`);
      }
      version = await baselineFor(store, dayNo(14), config, NOW);
      expect(version).toBe(first);
      // Built again with the same content: another fingerprint of the day, the same version.
      await addDay(store, dayNo(3), usual(3), 'again');
      expect(await baselineFor(store, dayNo(14), config, NOW)).toBe(first);
      expect(await listVersions(store)).toHaveLength(1);
    });

    it('is another version with late records, and keeps the first', async () => {
      await addDay(store, dayNo(3), [...usual(3), { host: 'e', actor: 'late', bytes: MB }], 'late');
      const late = await baselineFor(store, dayNo(14), config, NOW);
      expect(late).not.toBe(version);
      expect((await listVersions(store)).map((one) => one.version).sort()).toEqual([version, late].sort());
    });
  });
});
