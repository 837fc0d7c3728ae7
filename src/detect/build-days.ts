import { stageDayHabits } from '../baseline/day-habits.js';
import type { Config } from '../config/schema.js';
import { measureRun, stageDayTelemetry } from '../coverage/telemetry-tables.js';
import { assembleDay } from '../model/days/assemble-day.js';
import { enterDay, listDays, staleDays, type Day } from '../model/days/calendar.js';
import { DAYS_TABLES } from '../model/days/tables.js';
import { replacePartition } from '../store/replace-partition.js';
import type { Store } from '../store/store.js';

/** Every table that keeps something of a day; replaced together. */
const KEPT = [...DAYS_TABLES.map(({ table }) => table), 'day_telemetry', 'day_habits'];

/**
 * Builds the days that new records change.
 *
 * @returns all days with records, in order
 */
export async function buildDays(
  store: Store,
  retention: Config['retention'],
  onDay: (day: string, done: number, total: number) => void,
): Promise<readonly Day[]> {
  const days = await listDays(store);
  const stale = await staleDays(store, days, retention);
  for (const [done, one] of stale.entries()) {
    onDay(one.day, done, stale.length);
    await buildDay(store, one.day, one.previous);
    await enterDay(store, one);
  }
  return days;
}

/**
 * Builds a day and puts it in the place of whatever was built for it earlier. One table changes in one step; when a run
 * breaks off between two tables, the day is not entered as built and is built again.
 */
export async function buildDay(store: Store, day: string, previous: string | undefined): Promise<void> {
  const { run, drop } = await assembleDay(store, day, previous);
  try {
    await measureRun(store, run);
    await stageDayTelemetry(store, run, day);
    await stageDayHabits(store, run, day);
    for (const table of KEPT) await replacePartition(store, run, table, day);
  } finally {
    await drop();
  }
}
