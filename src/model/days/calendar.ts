import { createHash } from 'node:crypto';
import type { Store } from '../../engine/store.js';
import { buildDay } from './build-day.js';

/** Changes whenever days are built in another way: stored ones are then built again. */
const METHOD = 1;

/** Days that can be judged: no Mac is older, and no record comes from the day after tomorrow. */
const FIRST_DAY = '2015-01-01';

export interface Day {
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** Over the records of this day and of all days before: equal means nothing has changed up to here. */
  readonly fingerprint: string;
}

const DAYS = `
  SELECT toString(day) AS day, hex(SHA256(arrayStringConcat(arraySort(groupArray(toString(attempt))), ','))) AS records, max(landed_on) AS landed
  FROM (SELECT day, attempt, max(landed_on) AS landed_on FROM touched GROUP BY day, attempt)
  WHERE attempt IN (SELECT attempt FROM counted_attempts) AND day >= {first:Date}
  GROUP BY day
  HAVING day <= landed + 1
  ORDER BY day`;

/** Every day with records, in order. */
export async function listDays(store: Store): Promise<readonly Day[]> {
  const rows = await store.rows<{ day: string; records: string }>(DAYS, { first: FIRST_DAY });
  const days: Day[] = [];
  let chain = `days ${METHOD}`;
  for (const { day, records } of rows) {
    chain = createHash('sha256').update(`${chain}\n${day}\n${records}`).digest('hex');
    days.push({ day, fingerprint: chain });
  }
  return days;
}

/** Days that have been built, with what they were built from. */
export async function builtDays(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store.rows<{ day: string; fingerprint: string }>(
    'SELECT toString(seen_on) AS day, argMax(fingerprint, built_at) AS fingerprint FROM day_builds GROUP BY seen_on',
  );
  return new Map(rows.map((row) => [row.day, row.fingerprint]));
}

/**
 * Builds the days that new records change: the day of the earliest of them and all after it, since each hands over to
 * the next. Days nothing has changed for stay as they are.
 *
 * @returns all days with records, in order
 */
export async function bringUpToDate(
  store: Store,
  onDay: (day: string, done: number, total: number) => void,
): Promise<readonly Day[]> {
  const days = await listDays(store);
  const built = await builtDays(store);
  const stale = days.filter(({ day, fingerprint }) => built.get(day) !== fingerprint);
  for (const [done, { day, fingerprint }] of stale.entries()) {
    onDay(day, done, stale.length);
    const previous = days[days.findIndex((other) => other.day === day) - 1]?.day;
    await buildDay(store, day, previous);
    await store.command('INSERT INTO day_builds SELECT {day:Date}, {fingerprint:String}, now64(3)', {
      day,
      fingerprint,
    });
  }
  return days;
}
