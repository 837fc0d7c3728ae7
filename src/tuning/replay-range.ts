import type { Config } from '../config/schema.js';
import { evaluationOf, judgingHash } from '../detect/stale-weeks.js';
import type { Store } from '../store/store.js';
import { failure, type OutflowError } from '../ground/errors.js';
import { weekUntil } from '../model/days/assemble-week.js';
import { addDays } from '../ground/day.js';

/** A judged day that can be judged again. */
export interface ReplayDay {
  readonly day: string;
  /** The baseline version its evaluation cites, '' for none. */
  readonly baseline: string;
  /** Its stored evaluation is what the configuration in force says of the day as it is built now. */
  readonly current: boolean;
}

export interface ReplayRange {
  /** In order. */
  readonly days: readonly ReplayDay[];
  /** The judged day before them: what was found by then is no news in the range. */
  readonly before: ReplayDay | undefined;
  /** Judged days of the range whose week was given up since (retention). */
  readonly gone: readonly string[];
  /** First and last day the range tells about, `YYYY-MM-DD`. */
  readonly since: string;
  readonly until: string;
  /** Days with data between them. */
  readonly daysWithData: number;
}

/** Days are `YYYY-MM-DD`; `days` counts back from `until`, and `until` is the last judged day without one. */
export interface RangeRequest {
  readonly since?: string | { readonly days: number } | undefined;
  readonly until?: string | undefined;
}

/** What was asked for nothing else. */
export const DEFAULT_DAYS = 14;

interface JudgedRow {
  readonly day: string;
  readonly fingerprint: string;
  readonly config: string;
  readonly baseline: string;
}

interface BuiltRow {
  readonly day: string;
  readonly fingerprint: string;
  readonly there: number;
}

const JUDGED = `
  SELECT toString(evaluated_on) AS day, argMax(fingerprint, built_at) AS fingerprint,
         argMax(config, built_at) AS config, argMax(baseline, built_at) AS baseline
  FROM evaluation_builds GROUP BY evaluated_on ORDER BY evaluated_on`;

const BUILT = `
  SELECT toString(seen_on) AS day, argMax(fingerprint, built_at) AS fingerprint,
         toUInt8(seen_on IN (SELECT DISTINCT seen_on FROM day_hosts)) AS there
  FROM day_builds GROUP BY seen_on ORDER BY seen_on`;

/**
 * The judged days of a store to replay.
 *
 * @throws OutflowError OF_STORE_EMPTY when nothing was judged, OF_USAGE when nothing was between the days asked for
 */
export async function replayRange(
  store: Store,
  config: Config,
  request: RangeRequest = {},
): Promise<ReplayRange> {
  const judged = await store.rows<JudgedRow>(JUDGED);
  const built = await store.rows<BuiltRow>(BUILT);
  const last = judged.at(-1)?.day;
  if (last === undefined) {
    throw failure('OF_STORE_EMPTY.noJudgedDays', { store: store.target });
  }
  const until = request.until ?? last;
  const since =
    typeof request.since === 'string'
      ? request.since
      : addDays(until, 1 - (request.since?.days ?? DEFAULT_DAYS));
  return chooseDays({ judged, built, hash: judgingHash(config), since, until });
}

/** Pure part of {@link replayRange}. */
export function chooseDays(known: {
  readonly judged: readonly JudgedRow[];
  readonly built: readonly BuiltRow[];
  readonly hash: string;
  readonly since: string;
  readonly until: string;
}): ReplayRange {
  const { judged, built, hash, since, until } = known;
  const builtAs = new Map(built.map(({ day, fingerprint }) => [day, fingerprint]));
  const givenUp = new Set(built.filter(({ there }) => there === 0).map(({ day }) => day));
  const isGone = ({ day }: JudgedRow): boolean =>
    !builtAs.has(day) || [...givenUp].some((one) => one >= weekUntil(day).since_day && one <= day);
  const replayOf = ({ day, baseline, config, fingerprint }: JudgedRow): ReplayDay => ({
    day,
    baseline,
    current: config === hash && fingerprint === evaluationOf(builtAs.get(day) ?? ''),
  });
  const within = judged.filter(({ day }) => day >= since && day <= until);
  const days = within.filter((row) => !isGone(row)).map(replayOf);
  const first = days[0]?.day;
  if (first === undefined) throw nothingThere(known, within.length);
  const earlier = judged.filter((row) => row.day < first && !isGone(row)).at(-1);
  const before = earlier !== undefined && earlier.day >= weekUntil(first).since_day ? earlier : undefined;
  // Without a judged day before it, the first one tells about its whole week.
  const from =
    before === undefined
      ? (built.find(({ day }) => day >= weekUntil(first).since_day)?.day ?? first)
      : addDays(before.day, 1);
  const to = days.at(-1)!.day;
  return {
    days,
    before: before === undefined ? undefined : replayOf(before),
    gone: within.filter(isGone).map(({ day }) => day),
    since: from,
    until: to,
    daysWithData: built.filter(({ day }) => day >= from && day <= to).length,
  };
}

function nothingThere(
  { judged, since, until }: Parameters<typeof chooseDays>[0],
  within: number,
): OutflowError {
  return failure(within === 0 ? 'OF_USAGE.notJudged' : 'OF_USAGE.pastRetention', {
    since,
    until,
    first: judged[0]?.day ?? '',
    last: judged.at(-1)?.day ?? '',
  });
}
