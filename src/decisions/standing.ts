import type { Disposition } from '../ground/vocabulary.js';
import type { Decision } from './decision.js';
import { type ClosedFinding, findingDetail, type SeenFinding } from './detail.js';

/** What people can do about a finding. */
export const FINDING_ACTIONS = ['ack', 'escalate', 'assign', 'close', 'reopen', 'note'] as const;
export type FindingAction = (typeof FINDING_ACTIONS)[number];

/** Where people left a finding, before the evidence has its say. */
export interface Standing {
  readonly state: 'open' | 'acknowledged' | 'escalated' | 'closed';
  /** Of the last closing, until somebody reopens it. */
  readonly disposition: Disposition | null;
  readonly assignee: string | null;
  readonly notes: number;
  /** The last closing, until somebody reopens it. */
  readonly closing: Closing | null;
  /** Who reopened it and why, until it is closed again. */
  readonly reopened: string | null;
  /** The finding as the last of them saw it. */
  readonly seen: SeenFinding | null;
}

export interface Closing {
  readonly at: string;
  readonly who: string;
  readonly as: Disposition;
  readonly of: ClosedFinding | null;
}

export const UNTOUCHED: Standing = {
  state: 'open',
  disposition: null,
  assignee: null,
  notes: 0,
  closing: null,
  reopened: null,
  seen: null,
};

/** Where `decisions` on one finding, in their order, leave it. */
export function standingOf(decisions: readonly Decision[]): Standing {
  return decisions.reduce(after, UNTOUCHED);
}

function after(standing: Standing, decision: Decision): Standing {
  const detail = findingDetail(decision.detail);
  const now = { ...standing, seen: detail.seen ?? standing.seen };
  switch (decision.action) {
    case 'ack':
      return { ...now, state: 'acknowledged' };
    case 'escalate':
      return { ...now, state: 'escalated' };
    case 'assign':
      return { ...now, assignee: detail.to };
    case 'note':
      return { ...now, notes: now.notes + 1 };
    case 'close': {
      const as = detail.disposition ?? 'benign';
      const { at, who } = decision;
      return {
        ...now,
        state: 'closed',
        disposition: as,
        closing: { at, who, as, of: detail.closed },
        reopened: null,
      };
    }
    case 'reopen':
      return {
        ...now,
        state: 'open',
        disposition: null,
        closing: null,
        reopened: sentence(
          `Reopened by ${decision.who} on ${decision.at.slice(0, 10)}${detail.reason === '' ? '' : `: ${detail.reason}`}`,
        ),
      };
    default:
      return now;
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
