import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { sha256OfJson } from '../ground/hash.js';
import { failure } from '../ground/errors.js';
import type { Exclusion } from './exclusion.js';
import { LEARNING_METHOD, learnVersion } from './learn-version.js';
import { addDays } from '../ground/day.js';
import { appliesAfter, type LearningWindow } from './learning-window.js';

/** A built day with data, and what it was built from. */
interface BuiltDay {
  readonly day: string;
  readonly fingerprint: string;
}

const BUILT_DAYS = `
  SELECT toString(b.seen_on) AS day, argMax(b.fingerprint, b.built_at) AS fingerprint
  FROM day_builds AS b
  WHERE b.seen_on BETWEEN {from:Date} AND {until:Date}
    AND b.seen_on IN (SELECT DISTINCT seen_on FROM day_habits WHERE seen_on BETWEEN {from:Date} AND {until:Date})
  GROUP BY b.seen_on
  ORDER BY b.seen_on`;

/**
 * The version that is learned from a window, learned if it is not there. Late records give a new version; the same
 * content has the same id, and the same inputs are not learned again.
 *
 * @param excluded what was found, and so must not become normal, as known when the version begins to apply
 * @returns version id, '' where the store knows too few days
 */
export async function ensureBaseline(
  store: Store,
  window: LearningWindow,
  excluded: readonly Exclusion[],
  config: Config,
  now: string = new Date().toISOString(),
): Promise<string> {
  const days = await builtDays(store, window);
  if (days.length < config.baseline.min_days) return '';
  // What a label file says may change every day; what it says when a week begins is frozen with the version.
  const inputs = sha256OfJson([
    LEARNING_METHOD,
    window,
    days,
    excluded,
    config.baseline,
    config.peers,
    config.fleet.min_hosts,
  ]);
  const known = await versionOf(store, inputs);
  if (known !== undefined) return known;
  const version = await learnVersion(store, {
    window,
    days: days.length,
    excluded,
    config,
    name: '',
    kind: 'automatic',
    now,
    prefix: `w${window.appliesFrom}`,
  });
  await store.command('INSERT INTO baseline_builds SELECT {inputs:String}, {version:String}, now64(3)', {
    inputs,
    version,
  });
  return version;
}

export interface BuildRequest {
  readonly name: string;
  /** ISO 8601. */
  readonly now: string;
}

/**
 * Freezes a version a person asked for.
 *
 * @throws OutflowError OF_USAGE where there are no days to learn from
 */
export async function buildBaseline(
  store: Store,
  config: Config,
  window: LearningWindow,
  excluded: readonly Exclusion[],
  request: BuildRequest,
): Promise<string> {
  const days = await builtDays(store, window);
  if (days.length === 0) {
    throw failure('OF_USAGE.nothingToLearn', {
      store: store.target,
      from: window.from,
      until: window.until,
    });
  }
  return learnVersion(store, {
    window,
    days: days.length,
    excluded,
    config,
    name: request.name,
    kind: 'built',
    now: request.now,
    prefix: `b${window.until}`,
  });
}

/**
 * The days somebody asked for, or the four weeks up to the last day of the store.
 *
 * @throws OutflowError OF_USAGE where the first day is after the last
 */
export async function requestedWindow(
  store: Store,
  config: Config,
  asked: { readonly from?: string | undefined; readonly until?: string | undefined },
): Promise<LearningWindow> {
  const [last] = await store.rows<{ day: string }>('SELECT toString(max(seen_on)) AS day FROM day_builds');
  const until = asked.until ?? last?.day ?? '1970-01-01';
  const from = asked.from ?? addDays(until, 1 - config.baseline.learn_days);
  if (from > until) throw failure('OF_USAGE.fromAfterUntil', { from, until });
  return { from, until, appliesFrom: appliesAfter(until) };
}

function builtDays(store: Store, { from, until }: LearningWindow): Promise<readonly BuiltDay[]> {
  return store.rows<BuiltDay>(BUILT_DAYS, { from, until });
}

/** A version learned from the same inputs, if it still exists. */
async function versionOf(store: Store, inputs: string): Promise<string | undefined> {
  const [row] = await store.rows<{ version: string }>(
    `SELECT version FROM baseline_builds FINAL
     WHERE inputs = {inputs:String} AND version IN (SELECT version FROM baseline_versions)`,
    { inputs },
  );
  return row?.version;
}
