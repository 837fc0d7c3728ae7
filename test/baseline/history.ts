import { loadStatements } from '../../src/ground/sql-file.js';
import type { Store } from '../../src/store/store.js';
import { loadConfig } from '../../src/service/load-config.js';
import type { Config } from '../../src/config/schema.js';

const HABITS = loadStatements(new URL('../../src/baseline/sql/day-habits.sql', import.meta.url));
const MODEL = loadStatements(new URL('../../src/model/sql/01-tables.sql', import.meta.url));

/** A connection of one day. Hours and seconds are of that day, bytes leave in one hour. */
export interface DayTraffic {
  readonly host: string;
  readonly actor: string;
  readonly bytes: number;
  readonly to?: string;
  readonly hour?: number;
  readonly seconds?: number;
  /** How many of them. */
  readonly times?: number;
}

/** The configuration with values of its baseline section changed. */
export function configWith(over: Partial<Config> = {}): Config {
  return { ...loadConfig(), ...over };
}

/** `YYYY-MM-DD` of a day of the test's time; day 0 is Monday 2026-03-02. */
export function dayNo(day: number): string {
  return new Date(Date.UTC(2026, 2, 2 + day)).toISOString().slice(0, 10);
}

/** Fills the rollups of a day as building it would, and says that it was built. */
export async function addDay(
  store: Store,
  day: string,
  traffic: readonly DayTraffic[],
  build = 'build',
): Promise<void> {
  const run = `test_run_${Math.random().toString(36).slice(2)}`;
  await store.command('CREATE DATABASE {run:Identifier}', { run });
  for (const statement of MODEL) await store.command(statement, { run });
  await store.command('CREATE TABLE {run:Identifier}.day_habits AS day_habits', { run });
  await store.command(
    `CREATE TABLE {run:Identifier}.raw (n UInt32, host String, actor String, bytes UInt64, place String, hour UInt8, seconds UInt32)
     ENGINE = MergeTree ORDER BY n`,
    { run },
  );
  await store.insert(
    `${run}.raw`,
    traffic
      .flatMap((one) => Array.from({ length: one.times ?? 1 }, () => one))
      .map(({ host, actor, bytes, to = 'example.com', hour = 9, seconds = bytes > 0 ? 20 : 0 }, n) => ({
        ...{ n, host, actor, bytes, place: to, hour, seconds },
      })),
  );
  await store.command(
    `INSERT INTO {run:Identifier}.actors (host_id, process_id, actor_id, actor, identity, by_identity)
     SELECT DISTINCT host, sipHash64(actor), sipHash64(actor), actor, sipHash64(actor), 0 FROM {run:Identifier}.raw`,
    { run },
  );
  await store.command(
    `INSERT INTO {run:Identifier}.connections
         (host_id, actor_id, process_id, flow_id, remote_ip, start_ts, until_ts, counted_ts, duration, bytes_out, scope, destination)
     SELECT host, sipHash64(actor), sipHash64(actor), n, concat('203.0.113.', toString(sipHash64(host, place) % 200)),
         toDateTime64({day:String}, 6, 'UTC') + toIntervalHour(hour) AS begin, begin + toIntervalSecond(seconds), begin,
         seconds, bytes, 'external', place
     FROM {run:Identifier}.raw
     WHERE seconds > 0`,
    { run, day },
  );
  await store.command(
    `INSERT INTO {run:Identifier}.activity
     SELECT host_id, actor_id, destination, toStartOfHour(start_ts), sum(bytes_out), 0, count()
     FROM {run:Identifier}.connections GROUP BY ALL`,
    { run },
  );
  for (const statement of HABITS) await store.command(statement, { run, day });
  for (const table of ['day_habits', 'day_activity', 'day_hosts']) {
    await store.command(`ALTER TABLE ${table} DROP PARTITION {day:String}`, { day });
  }
  await store.command(`INSERT INTO day_habits SELECT * FROM {run:Identifier}.day_habits`, { run });
  await store.command(
    `INSERT INTO day_activity SELECT {day:Date}, host_id, actor_id, destination, hour, bytes_out, bytes_in, connections, today() FROM {run:Identifier}.activity`,
    { run, day },
  );
  await store.command(
    `INSERT INTO day_hosts (seen_on, seen_as, seen_name, host_id, host_name, lost)
     SELECT DISTINCT {day:Date}, host_id, upper(host_id), host_id, upper(host_id), 0 FROM {run:Identifier}.actors`,
    { run, day },
  );
  await store.command(`INSERT INTO day_builds SELECT {day:Date}, {build:String}, now64(3)`, { day, build });
  await store.command('DROP DATABASE {run:Identifier} SYNC', { run });
}
