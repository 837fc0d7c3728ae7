import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';

const load = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));
const TABLE = load('tables');
const MEASURE = load('telemetry');
const DAY = load('day-telemetry');
const WEEK = load('week-telemetry');

/** Measures what the connections of a run carry, host by host. */
export async function measureRun(store: Store, run: string): Promise<void> {
  await store.command(TABLE, { run });
  await store.command(MEASURE, { run });
}

/** Stages what was measured of a day to be kept with it. */
export async function stageDayTelemetry(store: Store, run: string, day: string): Promise<void> {
  await store.command('CREATE TABLE {run:Identifier}.day_telemetry AS day_telemetry', { run });
  await store.command(DAY, { run, day });
}

/** What the days of a week carried; both days `YYYY-MM-DD`, inclusive. */
export async function assembleTelemetry(
  store: Store,
  run: string,
  week: { readonly since_day: string; readonly until_day: string },
): Promise<void> {
  await store.command(TABLE, { run });
  await store.command(WEEK, { run, ...week });
}
