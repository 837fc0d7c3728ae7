import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { loadPeerGroups } from '../baseline/peers.js';
import { loadConfig } from '../config/load.js';
import { openStore, type Store } from '../engine/store.js';
import { OutflowError } from '../errors.js';
import { resolveApprovals } from '../inventory/resolve.js';
import type { FoldOptions } from '../triage/findings.js';

export interface TriageSession {
  readonly store: Store;
  /** What findings are folded with. */
  readonly fold: FoldOptions;
}

/**
 * Opens a store that exists, does `work` with it and closes it. A mistyped directory must not become a new store in
 * which nothing was found.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE and whatever opening and `work` throw
 */
export async function withTriage<T>(
  flags: { readonly store: string; readonly config?: string },
  work: (session: TriageSession) => Promise<T>,
): Promise<T> {
  const config = loadConfig(flags.config);
  if (!/^https?:\/\//.test(flags.store) && !existsSync(join(flags.store, 'chdb')))
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      `there is no store at ${flags.store}. Check the path, or make one with outflow ingest PATH… --store ${flags.store}.`,
    );
  const store = await openStore(flags.store);
  try {
    const approvals = await resolveApprovals(store, config);
    const groupOf = await loadPeerGroups(store, config);
    return await work({ store, fold: { config, approvals, groupOf } });
  } finally {
    await store.close();
  }
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
