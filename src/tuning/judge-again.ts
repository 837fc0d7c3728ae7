import type { Approval } from '../config/schema.js';
import { findingOf } from '../detect/finding.js';
import type { Judgement } from '../detect/analytic.js';
import { severityOf } from '../detect/score.js';
import { applyApprovals } from '../approvals/apply.js';
import { factsOf } from '../detect/facts-of.js';
import type { GroupOf } from '../approvals/scope.js';
import type { Seen } from './each-subject.js';
import { NOTHING, pointsOf, whoOf, type Outcome, type Who } from './outcome.js';

/** Approvals count on both sides of a comparison. */
export interface Approving {
  readonly approvals: readonly Approval[];
  readonly groupOf: GroupOf;
}

/** The judgement of a subject with the outcome it has on a day. */
export function outcomeOf(judgement: Judgement, seen: Seen, day: string, approving: Approving): Outcome {
  const { config } = seen.context;
  const severity = severityOf(judgement.risk, config);
  return {
    risk: judgement.risk,
    severity,
    reported: true,
    approval: approvalOf(judgement, seen, day, approving),
    indicators: pointsOf(judgement.indicators),
  };
}

/** Name of the approval that covers what was judged, null without one. */
export function approvalOf(
  judgement: Judgement,
  { context }: Seen,
  day: string,
  { approvals, groupOf }: Approving,
): string | null {
  if (approvals.length === 0) return null;
  const approved = applyApprovals(factsOf(judgement, context), approvals, day, groupOf);
  return approved?.inside === true ? approved.name : null;
}

/** What is not told because it is too little, judged all the same: to say by how much it misses. */
export function unreported({ analytic, subject, context }: Seen): Outcome {
  const { config } = context;
  const judgement = analytic.judge(subject, {
    ...context,
    config: { ...config, report: { ...config.report, min_risk: 0 } },
  });
  if (judgement === undefined) return NOTHING;
  const { risk, indicators } = judgement;
  return {
    ...NOTHING,
    risk,
    severity: severityOf(risk, config),
    indicators: pointsOf(indicators),
  };
}

export function whoIsJudged(judgement: Judgement, { analytic, context }: Seen): Who {
  return whoOf(findingOf({ analytic, judgement, context }, undefined));
}
