// Makes a store with many days of history, straight in the engine: one day is generated and built by the product itself;
// the days after it are copies of what it was built into, moved by their number of days.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../../dist/', import.meta.url);
const load = (module) => import(new URL(module, DIST).href);
const GENERATE = readFileSync(new URL('../generate/store-day.sql', import.meta.url), 'utf8');
const SEED = 20260701;
const HOSTS = 1000;

/** The first day of history, a Monday. */
export const FIRST = '2026-03-02';

/** Tables of a day, and what in them is a time of that day. */
const TIMES = {
  process_observations: ['ts', 'start_ts'],
  flow_observations: ['ts', 'start_ts', 'end_ts'],
  touched: [],
  day_hosts: [],
  day_processes: ['ts', 'start_ts'],
  day_carry: ['start_ts', 'last_ts'],
  day_connections: ['start_ts', 'until_ts'],
  day_activity: ['hour'],
  day_pairs: ['first_ts', 'last_ts'],
  day_peers: [],
  day_traffic: [],
  day_owners: ['start_ts'],
  day_ancestry: [],
  day_identities: [],
  day_telemetry: ['first_ts', 'last_ts'],
  day_habits: [],
};

/** Times within the arrays of a table, moved. */
const MOVED_WITHIN = {
  day_pairs: [
    'arrayMap(one -> (one.start_ms + {number:UInt32} * 86400000, one.bytes_out), starts) AS starts',
    `arrayMap(one -> (one.start_us + {number:UInt32} * 86400000000, one.flow_id, one.carried,
       one.counted_us + {number:UInt32} * 86400000000, one.from_us + {number:UInt32} * 86400000000,
       one.until_us + {number:UInt32} * 86400000000, one.bytes_out, one.port, one.transport), lasting) AS lasting`,
  ],
};

/**
 * @param days of history, each with `flows` flow observations
 * @returns the directory of the store, whose newest day has not been built yet
 */
export async function preparedStore(days, flows) {
  const directory = fileURLToPath(new URL(`../data/store-${days}d-${flows}`, import.meta.url));
  if (existsSync(directory)) return directory;
  console.error(`Generating ${directory} …`);
  const draft = `${directory}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  const { openStore } = await load('service/open-store.js');
  const store = await openStore(draft);
  const { listDays } = await load('model/days/calendar.js');
  const { buildDays } = await load('detect/build-days.js');
  const { loadConfig } = await load('service/load-config.js');
  await landDay(store, FIRST, flows, 1);
  await buildDays(store, loadConfig().retention, () => undefined);
  for (let number = 1; number < days - 1; number++) await copyDay(store, number);
  const built = await listDays(store);
  for (const { day, fingerprint } of built) {
    await store.command('INSERT INTO day_builds SELECT {day:Date}, {fingerprint:String}, now64(3)', {
      day,
      fingerprint,
    });
  }
  await judged(store, built);
  // The week's baseline was learned when the week began; what that takes is measured by itself.
  const { baselineFor } = await load('detect/baselines.js');
  const learning = performance.now();
  await baselineFor(store, dayNumber(days - 1), loadConfig());
  console.error(`learning the week's baseline: ${((performance.now() - learning) / 1000).toFixed(1)} s`);
  await landDay(store, dayNumber(days - 1), flows, days);
  await store.close();
  renameSync(draft, directory);
  return directory;
}

/** Generates a day straight into landing, with its entry in the ledger. */
async function landDay(store, day, flows, attempt) {
  await store.command(
    GENERATE,
    { day, flows, hosts: HOSTS, attempt, seed: SEED },
    { max_memory_usage: '0', max_block_size: '8192', max_threads: 2 },
  );
  await enterBatch(store, attempt, flows + 40 * HOSTS);
}

function enterBatch(store, attempt, lines) {
  return store.command(
    `INSERT INTO batches SELECT concat('bench-', toString({attempt:UInt64})), {attempt:UInt64}, 'done', 'elastic-defend',
       'bench', {lines:UInt64}, {lines:UInt64}, {lines:UInt64}, 0, now64(3)`,
    { attempt, lines },
  );
}

async function copyDay(store, number) {
  const day = dayNumber(number);
  for (const [table, times] of Object.entries(TIMES)) {
    const moved = [
      ...times.map(
        (column) =>
          `if(toYear(${column}) < 2000, ${column}, addDays(${column}, {number:UInt32})) AS ${column}`,
      ),
      ...(MOVED_WITHIN[table] ?? []),
      ...(table === 'touched' ? ['{day:Date} AS day', 'toUInt64({number:UInt32} + 1) AS attempt'] : []),
      ...(table === 'day_habits' ? ['addDays(day, {number:UInt32}) AS day'] : []),
      ...(table.startsWith('day_') ? ['{day:Date} AS seen_on'] : []),
      ...(table.endsWith('observations') ? ['toUInt64({number:UInt32} + 1) AS attempt'] : []),
    ].join(', ');
    const which =
      table === 'touched'
        ? 'day = {first:Date}'
        : table.startsWith('day_')
          ? 'seen_on = {first:Date}'
          : `ts >= toDateTime64({first:String}, 6, 'UTC') AND ts < addDays(toDateTime64({first:String}, 6, 'UTC'), 1)`;
    await store.command(
      `INSERT INTO ${table} SELECT * REPLACE (${moved}) FROM (SELECT * FROM ${table} WHERE ${which})`,
      {
        number,
        day,
        first: FIRST,
      },
    );
  }
  await enterBatch(store, number + 1, 0);
}

/** History has been judged, and nothing was found: what is measured is the pass over the newest day. */
async function judged(store, days) {
  const { evaluationOf, judgingHash } = await load('detect/evaluate.js');
  const { loadConfig } = await load('service/load-config.js');
  for (const { day, fingerprint } of days) {
    await store.command(
      `INSERT INTO evaluation_builds SELECT {day:Date}, {fingerprint:String}, {config:String}, '', 0, now64(3)`,
      { day, fingerprint: evaluationOf(fingerprint), config: judgingHash(loadConfig()) },
    );
  }
}

export const dayNumber = (number) =>
  new Date(Date.parse(`${FIRST}T00:00:00Z`) + number * 86_400_000).toISOString().slice(0, 10);
