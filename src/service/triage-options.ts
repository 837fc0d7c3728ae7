import { resolveApprovals } from '../approvals/resolve.js';
import { loadPeerGroups } from '../baseline/peers.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import type { FoldOptions } from '../triage/findings.js';

/** What findings are folded with. A temporary store has the approvals of the configuration, and knows no peer groups. */
export async function triageOptions(store: Store, config: Config): Promise<FoldOptions> {
  if (store.temporary) return { config, approvals: config.approvals, groupOf: () => [] };
  const approvals = await resolveApprovals(store, config);
  const groupOf = await loadPeerGroups(store, config);
  return { config, approvals, groupOf };
}
