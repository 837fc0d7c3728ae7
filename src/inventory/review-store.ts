import { loadPeerGroups } from '../baseline/peers.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { loadWeeks } from './load-weeks.js';
import { resolveInventory } from '../approvals/resolve.js';
import { reviewInventory, type Reviewed } from './review.js';
import { loadFleet } from './suggest/history.js';

/** From which day use and expiry are counted. Both ISO 8601. */
export interface AskedAt {
  /** The newest day with records without it. */
  readonly asOf?: string | undefined;
  /** The time it is, for a store without records. */
  readonly at: string;
}

/** What every approval of the store and the configuration hides, as of the day that is asked for. */
export async function reviewStore(
  store: Store,
  config: Config,
  asked: AskedAt,
): Promise<{ readonly asOf: string; readonly reviewed: readonly Reviewed[] }> {
  const asOf = await dayOf(store, asked);
  const inventory = await resolveInventory(store, config);
  const groupOf = await loadPeerGroups(store, config);
  return { asOf, reviewed: await reviewInventory(inventory, loadWeeks(store), asOf, groupOf) };
}

/** The day asked for, else the newest the fleet has records of, else today. `YYYY-MM-DD`. */
export async function dayOf(store: Store, { asOf, at }: AskedAt): Promise<string> {
  const newest = asOf ?? (await loadFleet(store)).newestDay;
  return (newest === '' ? at : newest).slice(0, 10);
}
