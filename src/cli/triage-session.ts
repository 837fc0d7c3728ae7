import { userInfo } from 'node:os';
import { loadPeerGroups } from '../baseline/peers.js';
import { loadConfig } from '../service/load-config.js';
import type { Store } from '../store/store.js';
import { resolveApprovals } from '../approvals/resolve.js';
import type { FoldOptions } from '../triage/findings.js';
import { thenClose } from './existing-store.js';
import { openExistingStore } from '../service/open-store.js';

export interface TriageSession {
  readonly store: Store;
  /** What findings are folded with. */
  readonly fold: FoldOptions;
}

/**
 * Opens a store that exists, does `work` with it and closes it.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE and whatever opening and `work` throw
 */
export async function withTriage<T>(
  flags: { readonly store: string; readonly config?: string },
  work: (session: TriageSession) => Promise<T>,
): Promise<T> {
  const config = loadConfig(flags.config);
  return thenClose(await openExistingStore(flags.store), async (store) => {
    const approvals = await resolveApprovals(store, config);
    const groupOf = await loadPeerGroups(store, config);
    return work({ store, fold: { config, approvals, groupOf } });
  });
}

/** Who decides, unless told otherwise: the account that runs this. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as in some containers.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
