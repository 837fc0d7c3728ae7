import type { Approved } from '../approvals/apply.js';
import { type FindingHistory } from '../ground/finding.js';
import { type FindingState, isPressingSeverity } from '../ground/vocabulary.js';
import { beyondClosed, type LaterWeek } from './beyond-closed.js';
import type { Standing } from '../decisions/standing.js';

/** One evaluation: the week that ended on a day, judged as this finding. */
export interface JudgedWeek extends LaterWeek {
  readonly risk: number;
  /** The approval that decides on it, if any. */
  readonly approved: Approved | undefined;
}

/** What evaluations, approvals and people say together. */
export interface Folded<Week extends JudgedWeek = JudgedWeek> {
  readonly state: FindingState;
  /** The evaluation that is shown. */
  readonly shown: Week;
  readonly history: FindingHistory;
}

/**
 * Folds the evaluations of one finding, at least one, ordered by day. Shown is the worst that no approval covers, the
 * latest among equals; the worst of all where every one is covered. Closing outranks approvals, an approval outranks
 * what else people said, and evidence beyond what was closed outranks the closing. Approved activity is no such
 * evidence, except after a true positive. Pure.
 */
export function foldEvaluations<Week extends JudgedWeek>(
  weeks: readonly Week[],
  standing: Standing,
): Folded<Week> {
  const exposed = weeks.filter((week) => week.approved?.inside !== true);
  const shown = worst(exposed.length > 0 ? exposed : weeks);
  const beyond = beyondClosing(weeks, exposed, standing);
  const reopened = standing.state === 'closed' && beyond !== null;
  const state =
    standing.state === 'closed'
      ? reopened
        ? 'open'
        : 'closed'
      : exposed.length === 0
        ? 'approved'
        : standing.state;
  const raised = exposed.find((week) => isPressingSeverity(week.severity));
  return {
    state,
    shown,
    history: {
      first_judged: weeks[0]!.evaluatedOn,
      last_judged: weeks.at(-1)!.evaluatedOn,
      worst_judged: shown.evaluatedOn,
      raised_on: raised?.evaluatedOn ?? null,
      disposition: standing.disposition,
      assignee: standing.assignee,
      notes: standing.notes,
      reopened: state === 'closed' ? null : (beyond ?? standing.reopened),
      approval: shown.approved?.name ?? null,
    },
  };
}

function worst<Week extends JudgedWeek>(weeks: readonly Week[]): Week {
  return weeks.reduce((most, week) => (week.risk >= most.risk ? week : most));
}

function beyondClosing(
  weeks: readonly JudgedWeek[],
  exposed: readonly JudgedWeek[],
  { closing }: Standing,
): string | null {
  if (closing?.of == null) return null;
  const reasons = beyondClosed(closing.of, closing.as, closing.as === 'true_positive' ? weeks : exposed);
  return reasons.length === 0
    ? null
    : `Reopened: ${closing.who} closed it on ${closing.at.slice(0, 10)} as ${closing.as.replace('_', ' ')}, and since then ${reasons.join('; ')}.`;
}
