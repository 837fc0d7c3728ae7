import type { Decision } from '../decisions/decision.js';
import { failure } from '../ground/errors.js';
import type { Finding } from '../ground/finding.js';
import type { Store } from '../store/store.js';
import { decideOnFindings, type FindingOrder } from '../triage/decide.js';
import { acceptsFinding, acceptsOutline } from '../triage/filter.js';
import { findIds } from '../triage/find-ids.js';
import { foldFindings } from '../triage/findings.js';
import { QUEUE_STATES, type FindingQuery } from './findings.js';
import type { Session } from './session.js';
import { triageOptions } from './triage-options.js';

/** Findings by their ids or the first characters of them, or all that fit. */
export type FindingChoice = { readonly ids: readonly string[] } | { readonly matching: FindingQuery };

/** What was done to which findings. */
export interface Decided {
  readonly order: FindingOrder;
  /** As they were before. */
  readonly findings: readonly Finding[];
  /** One for each finding. */
  readonly decisions: readonly Decision[];
}

/**
 * Decides on findings, on all of them or none.
 *
 * @throws OutflowError OF_FINDING_UNKNOWN, OF_USAGE for an order without its text or one that makes no sense in the state
 *   a finding is in
 */
export function decide(session: Session, choice: FindingChoice, given: FindingOrder): Promise<Decided> {
  return session.turn(async (open) => {
    const order = checked(given);
    const store = await open(false);
    const findings = await chosen(store, session, choice, order);
    const { actor: who } = session.options;
    const decisions = await decideOnFindings(store, findings, order, { who, at: session.now() });
    return { order, findings, decisions };
  });
}

async function chosen(
  store: Store,
  session: Session,
  choice: FindingChoice,
  { action }: FindingOrder,
): Promise<Finding[]> {
  const options = await triageOptions(store, session.options.config);
  if ('ids' in choice) return foldFindings(store, { ...options, ids: await findIds(store, choice.ids) });
  const { matching } = choice;
  const states = matching.states ?? (action === 'reopen' ? (['closed'] as const) : QUEUE_STATES);
  const filter = { ...matching, states };
  const findings = await foldFindings(store, {
    ...options,
    accept: (outline) => acceptsOutline(filter, outline),
  });
  return findings.filter((finding) => acceptsFinding(filter, finding));
}

function checked(order: FindingOrder): FindingOrder {
  switch (order.action) {
    case 'assign':
      return { ...order, to: order.to === null ? null : textOf(order.to, '--to') };
    case 'close':
      return { ...order, reason: textOf(order.reason, '--reason') };
    case 'note':
      return { ...order, note: textOf(order.note, '--text') };
    case 'ack':
    case 'escalate':
    case 'reopen':
      return order;
  }
}

function textOf(text: string, option: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw failure('OF_USAGE.emptyOption', { option });
  return trimmed;
}
