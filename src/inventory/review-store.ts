import { loadPeerGroups } from '../baseline/peers.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../engine/store.js';
import { evaluatedDays, loadWeeks } from './load-weeks.js';
import { resolveInventory } from './resolve.js';
import { reviewInventory, type Reviewed } from './review.js';

/** What every approval of the store and the configuration hides, as of `now` or of the newest day that was judged. */
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

/** The day of `now` (ISO 8601) where given, else the newest that was judged, else today. `YYYY-MM-DD`. */
export async function dayOf(store: Store, now?: string): Promise<string> {
  const newest = now ?? (await evaluatedDays(store)).at(-1) ?? new Date().toISOString();
  return newest.slice(0, 10);
}
