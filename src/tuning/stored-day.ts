import type { Store } from '../store/store.js';
import { applyApprovals } from '../approvals/apply.js';
import type { ApprovalFacts } from '../approvals/facts.js';
import type { Finding } from '../ground/finding.js';
import { PRESSING_SEVERITIES, type Severity } from '../ground/vocabulary.js';
import { pointsOf, whoOf, type Outcome, type Who } from './outcome.js';
import type { Approving } from './judge-again.js';

interface Row {
  readonly finding_id: string;
  readonly actor: string;
  readonly analytic: string;
  readonly risk: number;
  readonly severity: Severity;
  readonly facts: string;
  readonly host: string;
  readonly process: string;
  readonly destinations: string;
  readonly indicators: string;
}

const RAISED = `
  SELECT finding_id, actor, analytic, risk, severity, facts,
         JSONExtractRaw(body, 'host') AS host, JSONExtractRaw(body, 'process') AS process,
         JSONExtractRaw(body, 'destinations') AS destinations, JSONExtractRaw(body, 'indicators') AS indicators
  FROM evaluations
  WHERE evaluated_on = {day:Date} AND severity IN {pressing:Array(String)}
  ORDER BY finding_id`;

/** What the evaluation of a day raised, by {@link subjectKey}. */
export async function raisedOn(
  store: Store,
  day: string,
  { approvals, groupOf }: Approving,
): Promise<ReadonlyMap<string, { readonly who: Who; readonly outcome: Outcome }>> {
  const rows = await store.rows<Row>(RAISED, { day, pressing: PRESSING_SEVERITIES });
  return new Map(
    rows.map((row) => {
      const host = JSON.parse(row.host) as Finding['host'];
      const who = whoOf({
        id: row.finding_id,
        host,
        process: JSON.parse(row.process) as Finding['process'],
        destinations: JSON.parse(row.destinations) as Finding['destinations'],
      });
      const facts = JSON.parse(row.facts) as ApprovalFacts;
      const approved = applyApprovals(facts, approvals, day, groupOf);
      const outcome: Outcome = {
        risk: row.risk,
        severity: row.severity,
        reported: true,
        approval: approved?.inside === true ? approved.name : null,
        indicators: pointsOf(JSON.parse(row.indicators) as Finding['indicators']),
      };
      return [subjectKey(host.id, row.actor, row.analytic), { who, outcome }];
    }),
  );
}

export const subjectKey = (hostId: string, actor: string, analytic: string): string =>
  `${analytic}\n${hostId}\n${actor}`;
