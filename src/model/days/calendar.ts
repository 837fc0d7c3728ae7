import { sha256 } from '../../ground/hash.js';
import type { Config } from '../../config/schema.js';
import type { Store } from '../../store/store.js';

/** Changes whenever days are built in another way: stored ones are then built again. */
export const DAY_METHOD = 3;

/** Days that can be judged: no Mac is older, and no record comes from the day after tomorrow. */
const FIRST_DAY = '2015-01-01';

export interface Day {
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** Over the records of this day and of all days before: equal means nothing has changed up to here. */
  readonly fingerprint: string;
}

/**
 * Days whose records are all still there. What a day was built into stays as it is once some of its records have been
 * given up: building it again would lose them, and late records for it come too late.
 */
const COMPLETE = `
  SELECT toString(day) AS day FROM touched
  WHERE attempt IN (SELECT attempt FROM counted_attempts)
  GROUP BY day
  HAVING min(landed_on) + {observation_days:UInt32} > today()`;

const DAYS = `
  SELECT toString(day) AS day, hex(SHA256(arrayStringConcat(arraySort(groupArray(toString(attempt))), ','))) AS records
  FROM (SELECT day, attempt, max(landed_on) AS landed_on FROM touched GROUP BY day, attempt)
  WHERE attempt IN (SELECT attempt FROM counted_attempts) AND day >= {first:Date} AND day <= landed_on + 1
  GROUP BY day
  ORDER BY day`;

/** Every day with records, in order. */
export async function listDays(store: Store): Promise<readonly Day[]> {
  const rows = await store.rows<{ day: string; records: string }>(DAYS, { first: FIRST_DAY });
  const days: Day[] = [];
  let chain = `days ${DAY_METHOD}`;
  for (const { day, records } of rows) {
    chain = sha256(`${chain}\n${day}\n${records}`);
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

/** A day whose records have changed since it was built, if it ever was. */
export interface StaleDay extends Day {
  /** The last day with records before it; undefined for the first. */
  readonly previous: string | undefined;
}

/**
 * The days that new records change: the day of the earliest of them and all after it, since each hands over to the next.
 * Days nothing has changed for, and those some of whose records have been given up, stay as they are.
 */
export async function staleDays(
  store: Store,
  days: readonly Day[],
  retention: Config['retention'],
): Promise<readonly StaleDay[]> {
  const built = await builtDays(store);
  const complete = new Set(
    (await store.rows<{ day: string }>(COMPLETE, { observation_days: retention.observation_days })).map(
      ({ day }) => day,
    ),
  );
  return days
    .map((day, at) => ({ ...day, previous: days[at - 1]?.day }))
    .filter(({ day, fingerprint }) => built.get(day) !== fingerprint && complete.has(day));
}

/** Enters a day as built, once everything that is kept of it is in its place. */
export async function enterDay(store: Store, { day, fingerprint }: Day): Promise<void> {
  await store.command('INSERT INTO day_builds SELECT {day:Date}, {fingerprint:String}, now64(3)', {
    day,
    fingerprint,
  });
}

/** How far the days of a store have come. */
export interface Calendar {
  readonly days: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Days whose records have changed since they were built: the next `detect` builds them. */
  readonly waiting: number;
  /** Records with impossible times (before 2015, or days after they arrived), which are kept and never judged. */
  readonly impossible: number;
}

export async function calendarOf(store: Store): Promise<Calendar> {
  const days = await listDays(store);
  const built = await builtDays(store);
  const [row] = await store.rows<{ records: string }>(
    `SELECT sum(processes + flows) AS records FROM touched
     WHERE attempt IN (SELECT attempt FROM counted_attempts) AND (day < {first:Date} OR day > landed_on + 1)`,
    { first: FIRST_DAY },
  );
  return {
    days: days.length,
    first: days[0]?.day ?? null,
    last: days.at(-1)?.day ?? null,
    waiting: days.filter(({ day, fingerprint }) => built.get(day) !== fingerprint).length,
    impossible: Number(row?.records ?? 0),
  };
}
