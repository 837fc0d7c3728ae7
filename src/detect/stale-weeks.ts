import { sha256 } from '../ground/hash.js';
import { configHash } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { weekUntil } from '../model/days/assemble-week.js';
import type { Day } from '../model/days/calendar.js';
import type { Store } from '../store/store.js';
import { ANALYTICS } from './analytics/registry.js';

/** Changes whenever judging changes: stored evaluations are then made again. */
export const JUDGING_METHOD = 1;

/**
 * Days whose week is judged. A week that lies inside a later one, because there is nothing before it, is left to that
 * one: the first days of a store are judged together, as soon as they are all there.
 */
export function daysToJudge(days: readonly Day[]): readonly Day[] {
  const names = days.map(({ day }) => day);
  const firstOf = (day: string): string => names.find((name) => name >= weekUntil(day).since_day) ?? day;
  return days.filter(({ day }, at) => {
    const next = names[at + 1];
    return next === undefined || firstOf(day) < weekUntil(next).since_day;
  });
}

/** How the week of a day was judged last. */
interface Build {
  readonly fingerprint: string;
  readonly config: string;
  readonly baseline: string;
}

async function evaluationsMade(store: Store): Promise<ReadonlyMap<string, Build>> {
  const rows = await store.rows<Build & { day: string }>(
    `SELECT toString(evaluated_on) AS day, argMax(fingerprint, built_at) AS fingerprint,
            argMax(config, built_at) AS config, argMax(baseline, built_at) AS baseline
     FROM evaluation_builds GROUP BY evaluated_on`,
  );
  return new Map(rows.map((row) => [row.day, row]));
}

export interface EvaluateOptions {
  /** Judge every day again, also those nothing has changed for. */
  readonly rejudge?: boolean | undefined;
  /** A frozen baseline for all days, instead of the one of each week. */
  readonly baseline?: string | undefined;
}

/** Weeks to judge, and days whose week a later one has taken over. */
export interface StaleWeeks {
  readonly stale: readonly Day[];
  readonly superseded: readonly Day[];
}

/**
 * The weeks that new records change. The last one is judged again also when the configuration has changed; earlier ones
 * keep what they were judged by.
 *
 * @param hash of the configuration that judges ({@link judgingHash})
 */
export async function staleWeeks(
  store: Store,
  days: readonly Day[],
  hash: string,
  options: EvaluateOptions,
): Promise<StaleWeeks> {
  const made = await evaluationsMade(store);
  const judgeable = daysToJudge(days);
  const wanted = await withDays(store, judgeable);
  const last = wanted.at(-1)?.day;
  const stale = wanted.filter(({ day, fingerprint }) => {
    const build = made.get(day);
    if (build?.fingerprint !== evaluationOf(fingerprint) || options.rejudge === true) return true;
    if (options.baseline !== undefined && build.baseline !== options.baseline) return true;
    return day === last && build.config !== hash;
  });
  const kept = new Set(judgeable.map(({ day }) => day));
  return { stale, superseded: days.filter(({ day }) => made.has(day) && !kept.has(day)) };
}

/** Those whose week can still be put together: days that were given up are not judged again as if nothing had been. */
async function withDays(store: Store, wanted: readonly Day[]): Promise<readonly Day[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT toString(seen_on) AS day FROM (SELECT DISTINCT seen_on FROM day_builds)
     WHERE seen_on NOT IN (SELECT DISTINCT seen_on FROM day_hosts) ORDER BY day`,
  );
  const gone = rows.map(({ day }) => day);
  return wanted.filter(({ day }) => !gone.some((one) => one >= weekUntil(day).since_day && one <= day));
}

/** Approvals act when findings are read: they are no part of how a day is judged. */
export function judgingConfig(config: Config): Config {
  return { ...config, approvals: [] };
}

/** Sections that change no judgement: approvals act when findings are read, and how long things are kept is not asked. */
const NOT_JUDGED: ReadonlySet<string> = new Set(['approvals', 'retention']);

/** SHA-256 of what of the configuration judging reads. */
export function judgingHash(config: Config): string {
  return configHash(
    Object.fromEntries(Object.entries(config).filter(([section]) => !NOT_JUDGED.has(section))),
  );
}

/** What an evaluation was made from: the day as it was built, how it is judged, and by which analytics. */
export function evaluationOf(fingerprint: string): string {
  return sha256(`evaluation ${JUDGING_METHOD} ${ANALYTICS.map(({ id }) => id).join(' ')}\n${fingerprint}`);
}
