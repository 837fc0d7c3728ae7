import { beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import type { Config } from '../../src/config/schema.js';
import { evaluateWeeks } from '../../src/detect/evaluate-weeks.js';
import { RETAINED_BY } from '../../src/store/kept-table.js';
import { applyRetention } from '../../src/store/retention.js';
import { KEPT_TABLES } from '../../src/service/tables.js';
import { keptData } from '../../src/store/kept-data.js';
import { ledgerBalance } from '../../src/landing/ledger-balance.js';
import type { Store } from '../../src/store/store.js';
import { buildDays } from '../../src/detect/build-days.js';
import { calendarOf } from '../../src/model/days/calendar.js';
import { at, heartbeats } from '../model/days/built-days.js';
import { describeEngines } from '../support/engines.js';
import { observe, type FlowObservation } from '../support/observations.js';

const config = loadConfig();
const keeping = (over: Partial<Config['retention']>): Config['retention'] => ({
  ...config.retention,
  ...over,
});

const build = (store: Store, retention: Config['retention']) => buildDays(store, retention, () => undefined);

/** As if what a table has had arrived, or been built, so many days ago. */
async function age(store: Store, table: string, days: number): Promise<void> {
  const column = ['rejects', 'process_observations', 'flow_observations', 'touched'].includes(table)
    ? 'landed_on'
    : 'built_on';
  await store.command(
    `ALTER TABLE {table:Identifier} UPDATE ${column} = today() - {days:UInt16} WHERE 1`,
    { table, days },
    { mutations_sync: '2' },
  );
}

/** What merging does sooner or later. */
async function expire(store: Store, table: string): Promise<number> {
  await store.command('ALTER TABLE {table:Identifier} MATERIALIZE TTL', { table }, { mutations_sync: '2' });
  await store.command('OPTIMIZE TABLE {table:Identifier} FINAL', { table });
  return rowsOf(store, table);
}

async function rowsOf(store: Store, table: string): Promise<number> {
  const [row] = await store.rows<{ n: string }>('SELECT count() AS n FROM {table:Identifier}', { table });
  return Number(row?.n);
}

async function ttlOf(store: Store, table: string): Promise<string | undefined> {
  const [row] = await store.rows<{ engine_full: string }>(
    'SELECT engine_full FROM system.tables WHERE database = {database:String} AND name = {table:String}',
    { database: store.database, table },
  );
  return /TTL (\w+ \+ toIntervalDay\(\d+\))/.exec(row?.engine_full ?? '')?.[1];
}

const upload = (day: number, over: Partial<FlowObservation> = {}): FlowObservation => ({
  host: 'MAC',
  flow: 10 + day,
  at: at(day, 12),
  start: at(day, 10),
  counter: 'final',
  out: 3_000_000_000,
  in: 1000,
  record: 10 + day,
  process: 500,
  name: 'sender',
  executable: '/private/tmp/sender',
  ip: '203.0.113.7',
  ...over,
});

const sentOn = async (store: Store): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await store.rows<{ day: string; sent: string }>(
        `SELECT toString(seen_on) AS day, toString(sum(bytes_out)) AS sent FROM day_connections
         WHERE flow_id < 900000 GROUP BY seen_on ORDER BY seen_on`,
      )
    ).map(({ day, sent }) => [day, sent]),
  );

describeEngines('retention', ({ open, newTarget }) => {
  it('is what the configuration says, for every table it names, and changes with it', async () => {
    const store = await open(newTarget());
    for (const days of [7, 30]) {
      const retention = {
        raw_days: days,
        observation_days: days + 1,
        rollup_days: days + 2,
        finding_days: days + 3,
      };
      await applyRetention(store, KEPT_TABLES, retention);
      for (const { table, kind, since } of KEPT_TABLES) {
        const key = RETAINED_BY[kind];
        expect(await ttlOf(store, table), table).toBe(
          key === undefined ? undefined : `${since} + toIntervalDay(${retention[key]})`,
        );
      }
    }
    for (const table of ['batches', 'landed', 'touched', 'decisions', 'day_builds', 'evaluation_builds']) {
      expect(await ttlOf(store, table), table).toBeUndefined();
    }
  });

  it('names every table of days', async () => {
    const store = await open(newTarget());
    const tables = await store.rows<{ name: string }>(
      `SELECT table AS name FROM system.columns
       WHERE database = {database:String} AND name IN ('built_on', 'landed_on') AND table != 'touched'
         AND table NOT LIKE 'baseline%' AND NOT startsWith(table, '.inner') ORDER BY name`,
      { database: store.database },
    );
    expect(tables.map(({ name }) => name)).toEqual(
      KEPT_TABLES.filter(({ kind }) => kind !== 'baselines' && kind !== 'decisions')
        .map(({ table }) => table)
        .sort(),
    );
  });

  it('gives up what arrived long ago, whatever day it is about', async () => {
    const store = await open(newTarget());
    await applyRetention(store, KEPT_TABLES, keeping({ raw_days: 30, observation_days: 90 }));
    const reject = (days: number): Promise<void> =>
      store.command(
        `INSERT INTO rejects SELECT 1, 'elastic-defend', 'not_json', {days:UInt16}, 'raw', today() - {days:UInt16}`,
        { days },
      );
    await reject(29);
    await reject(31);
    expect(await expire(store, 'rejects')).toBe(1);

    // Records of March that arrived today, and others that arrived a quarter ago.
    await observe(store, [upload(0)]);
    await age(store, 'flow_observations', 91);
    await observe(store, [upload(1)]);
    expect(await expire(store, 'flow_observations')).toBe(1);
  });
});

describeEngines('days whose records have been given up', ({ open, newTarget }) => {
  let store: Store;
  const short = keeping({ observation_days: 5, rollup_days: 20, finding_days: 40 });
  beforeAll(async () => {
    store = await open(newTarget());
    await applyRetention(store, KEPT_TABLES, config.retention);
    await observe(store, [upload(0), ...heartbeats('MAC', [0])]);
    await evaluateWeeks(store, await build(store, config.retention), config, {}, () => undefined);
    for (const table of ['touched', 'flow_observations']) await age(store, table, 10);
    await observe(store, [upload(8), ...heartbeats('MAC', [8])]);
    await evaluateWeeks(store, await build(store, config.retention), config, {}, () => undefined);
    await applyRetention(store, KEPT_TABLES, short);
  });

  it('are not built again when a late record comes, and the days after them are', async () => {
    const before = await sentOn(store);
    expect(before).toEqual({ '2026-03-02': '3000000000', '2026-03-10': '3000000000' });
    expect(await expire(store, 'flow_observations')).toBe(2);
    await observe(store, [
      upload(0, { flow: 77, record: 77, out: 5 }),
      upload(8, { flow: 78, record: 78, out: 7 }),
    ]);
    const days = await build(store, short);
    expect(days.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-10']);
    expect(await sentOn(store)).toEqual({ '2026-03-02': '3000000000', '2026-03-10': '3000000007' });
  });

  it('keep what was found in them, also when they are given up themselves', async () => {
    const evaluated = (): Promise<unknown> =>
      store.rows(
        'SELECT toString(evaluated_on) AS day, risk, body FROM evaluations ORDER BY day, finding_id',
      );
    const days = await build(store, short);
    await evaluateWeeks(store, days, config, {}, () => undefined);
    const found = await evaluated();
    expect(found).toHaveLength(2);
    for (const { table } of KEPT_TABLES.filter(({ kind }) => kind === 'rollups')) {
      await store.command(
        `ALTER TABLE {table:Identifier} UPDATE built_on = today() - 30 WHERE seen_on = '2026-03-02'`,
        { table },
        { mutations_sync: '2' },
      );
      await expire(store, table);
    }
    expect(await sentOn(store)).toEqual({ '2026-03-10': '3000000007' });
    await evaluateWeeks(store, await build(store, short), config, {}, () => undefined);
    expect(await evaluated()).toEqual(found);
    await evaluateWeeks(store, await build(store, short), config, { rejudge: true }, () => undefined);
    expect(await evaluated()).toEqual(found);

    await age(store, 'evaluations', 41);
    expect(await expire(store, 'evaluations')).toBe(0);
  });

  it('are told of by the status of the store', async () => {
    const kept = new Map((await keptData(store, KEPT_TABLES, short)).map((data) => [data.kind, data]));
    expect(kept.get('observations')).toMatchObject({
      rows: 4,
      oldest: '2026-03-02',
      newest: '2026-03-10',
      retention_days: 5,
    });
    expect(kept.get('rollups')).toMatchObject({
      oldest: '2026-03-10',
      newest: '2026-03-10',
      retention_days: 20,
    });
    expect(kept.get('findings')).toMatchObject({
      rows: 0,
      oldest: null,
      newest: null,
      retention_days: 40,
    });
    expect(kept.get('decisions')).toMatchObject({ rows: 0, retention_days: null });
    expect(kept.get('observations')!.bytes).toBeGreaterThan(0);
    expect(await calendarOf(store)).toMatchObject({
      days: 2,
      first: '2026-03-02',
      last: '2026-03-10',
      impossible: 0,
    });
    expect((await ledgerBalance(store)).batches).toBe(3);
  });
});
