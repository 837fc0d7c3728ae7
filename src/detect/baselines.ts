import type { Exclusion } from '../baseline/exclusion.js';
import { learningWindow } from '../baseline/learning-window.js';
import { buildBaseline, ensureBaseline, requestedWindow } from '../baseline/versions.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { readExclusions } from './exclusions.js';

/**
 * The version that the week of `evaluatedOn` is judged by, learned if it is not there: from days before the first week
 * judged by it, and from findings and decisions before that week's Monday.
 *
 * @param evaluatedOn last day of what is judged, `YYYY-MM-DD`, UTC
 * @returns version id, '' where the store knows too few days
 */
export async function baselineFor(
  store: Store,
  evaluatedOn: string,
  config: Config,
  now?: string,
): Promise<string> {
  const window = learningWindow(evaluatedOn, config);
  const excluded = await readExclusions(store, window, `${window.appliesFrom}T00:00:00.000Z`, config);
  return ensureBaseline(store, window, excluded, config, now);
}

/** Later than any decision. */
const AFTER_ALL = '9999-12-31T00:00:00.000Z';

export interface FreezeRequest {
  /** First and last day to learn from; undefined: the four weeks up to the last day of the store. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly name: string;
  /** ISO 8601. */
  readonly now: string;
}

/**
 * Freezes a version a person asked for. All findings and decisions there are count.
 *
 * @throws OutflowError OF_USAGE where there are no days to learn from
 */
export async function freezeBaseline(
  store: Store,
  config: Config,
  request: FreezeRequest,
): Promise<{ readonly version: string; readonly excluded: readonly Exclusion[] }> {
  const window = await requestedWindow(store, config, request);
  const excluded = await readExclusions(store, window, AFTER_ALL, config);
  return { version: await buildBaseline(store, config, window, excluded, request), excluded };
}
