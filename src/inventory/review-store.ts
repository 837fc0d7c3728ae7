import { loadPeerGroups } from '../baseline/peers.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { loadWeeks } from './load-weeks.js';
import { resolveInventory } from '../approvals/resolve.js';
import { reviewInventory, type Reviewed } from './review.js';
import { loadFleet } from './suggest/history.js';

/** What every approval of the store and the configuration hides, as of `now` or of the newest day with records. */
export async function reviewStore(
  store: Store,
  config: Config,
  now?: string,
): Promise<{ readonly asOf: string; readonly reviewed: readonly Reviewed[] }> {
  const asOf = await dayOf(store, now);
  const inventory = await resolveInventory(store, config);
  const groupOf = await loadPeerGroups(store, config);
  return { asOf, reviewed: await reviewInventory(inventory, loadWeeks(store), asOf, groupOf) };
}

/** The day of `now` (ISO 8601) where given, else the newest the fleet has records of, else today. `YYYY-MM-DD`. */
export async function dayOf(store: Store, now?: string): Promise<string> {
  const newest = now ?? (await loadFleet(store)).newestDay;
  return (newest === '' ? new Date().toISOString() : newest).slice(0, 10);
}
