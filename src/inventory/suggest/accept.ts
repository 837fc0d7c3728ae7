import type { Config } from '../../config/schema.js';
import type { Store } from '../../store/store.js';
import { failure } from '../../ground/errors.js';
import { record, type Acting, type Done } from '../act.js';
import { buildApproval, type ApprovalOptions } from '../build-approval.js';
import { suggestApprovals } from './suggest.js';

/**
 * Puts proposals into the store, with the owner and reason of whoever accepts them.
 *
 * @throws OutflowError OF_USAGE for a name that is not proposed, or without owner and reason
 */
export async function acceptSuggestions(
  store: Store,
  config: Config,
  names: readonly string[],
  options: Pick<ApprovalOptions, 'owner' | 'reason' | 'ticket' | 'expires'>,
  acting: Acting,
): Promise<Done> {
  const suggestions = await suggestApprovals(store, config);
  const approvals = names.map((name) => {
    const approval = suggestions.find((one) => one.approval.name === name)?.approval;
    if (approval === undefined) {
      throw failure('OF_USAGE.notProposed', { approval: name });
    }
    const { owner, reason, ticket, expires = approval.expires } = options;
    const created = acting.at.slice(0, 10);
    return buildApproval(name, { owner, reason, ticket, expires }, created, approval);
  });
  return record(store, config, approvals, acting, 'suggestion');
}
