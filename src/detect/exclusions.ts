import type { Exclusion } from '../baseline/exclusion.js';
import type { Approval, Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { applyApprovals } from '../approvals/apply.js';
import type { ApprovalFacts } from '../approvals/facts.js';
import { foldInventory } from '../approvals/resolve.js';
import { PRESSING_SEVERITIES, type Severity } from '../ground/vocabulary.js';
import { readDecisions } from '../decisions/decisions.js';
import { addDays } from '../ground/day.js';
import type { LearningWindow } from '../baseline/learning-window.js';
import { loadPeerGroups } from '../baseline/peers.js';
import { readVerdicts, type Verdict } from '../decisions/verdicts.js';

interface Evaluation {
  readonly finding_id: string;
  readonly analytic: string;
  readonly evaluated_on: string;
  readonly host_id: string;
  readonly actor: string;
  readonly risk: number;
  readonly severity: Severity;
  readonly days: readonly string[];
  readonly max_day_out: string;
  readonly facts: string;
}

const EVALUATIONS = `
  SELECT finding_id, analytic, toString(evaluated_on) AS evaluated_on, host_id, actor, risk, severity,
      arrayMap(d -> toString(d.day), days) AS days, arrayMax(d -> d.bytes_out, days) AS max_day_out, facts
  FROM evaluations
  WHERE evaluated_on BETWEEN {from:Date} AND {last:Date}
    AND (severity IN {pressing:Array(String)} OR finding_id IN {confirmed:Array(String)})
  ORDER BY finding_id, evaluated_on`;

/**
 * What must not become normal: subjects of findings that people confirmed or escalated, and of those at medium or above
 * that nobody has resolved, on the days they were judged for. Only evaluations and decisions from before the version
 * applies count, so that learning it later gives the same.
 *
 * @param decidedBefore ISO 8601; later decisions do not count
 */
export async function readExclusions(
  store: Store,
  window: LearningWindow,
  decidedBefore: string,
  config: Config,
): Promise<readonly Exclusion[]> {
  const verdicts = await readVerdicts(store, decidedBefore);
  const confirmed = [...verdicts].flatMap(([id, { as }]) => (as === 'harmless' ? [] : [id])).sort();
  const evaluations = await store.rows<Evaluation>(EVALUATIONS, {
    from: window.from,
    last: addDays(window.appliesFrom, -1),
    // Nobody looks at less: left out as well, everything odd would stay odd for ever.
    pressing: PRESSING_SEVERITIES,
    confirmed,
  });
  if (evaluations.length === 0) return [];
  const approvals = await approvalsBefore(store, decidedBefore, config);
  const groupOf = await loadPeerGroups(store, config);
  const isApproved = (one: Evaluation): boolean =>
    applyApprovals(JSON.parse(one.facts) as ApprovalFacts, approvals, one.evaluated_on, groupOf)?.inside ===
    true;
  const left = new Map<string, { exclusion: Omit<Exclusion, 'days'>; days: Set<string> }>();
  for (const one of evaluations) {
    const reason = whyExcluded(one, verdicts.get(one.finding_id), isApproved);
    if (reason === undefined) continue;
    const key = JSON.stringify([one.host_id, one.actor, reason, one.analytic]);
    const entry = left.get(key) ?? {
      exclusion: { analytic: one.analytic, host_id: one.host_id, actor: one.actor, reason },
      days: new Set<string>(),
    };
    left.set(key, entry);
    for (const day of one.days) if (day >= window.from && day <= window.until) entry.days.add(day);
  }
  return [...left]
    .filter(([, { days }]) => days.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { exclusion, days }]) => ({ ...exclusion, days: [...days].sort() }));
}

async function approvalsBefore(store: Store, before: string, config: Config): Promise<readonly Approval[]> {
  const decisions = (await readDecisions(store, { kind: 'approval' })).filter(({ at }) => at < before);
  return foldInventory(config.approvals, decisions)
    .map(({ approval }) => approval)
    .filter(({ created }) => created === undefined || created < before.slice(0, 10));
}

function whyExcluded(
  one: Evaluation,
  verdict: Verdict | undefined,
  isApproved: (one: Evaluation) => boolean,
): Exclusion['reason'] | undefined {
  if (verdict !== undefined) {
    if (verdict.as !== 'harmless') return verdict.as;
    if (one.evaluated_on <= verdict.seenUntil || isMoreOfTheSame(one, verdict)) return undefined;
  }
  return isApproved(one) ? undefined : 'unresolved';
}

/** What was closed as harmless covers what was known then; evidence beyond it has to be looked at again. */
function isMoreOfTheSame({ risk, max_day_out }: Evaluation, verdict: Verdict): boolean {
  return risk <= verdict.risk && Number(max_day_out) <= 2 * verdict.maxDayBytes;
}
