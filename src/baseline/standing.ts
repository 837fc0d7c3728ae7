import type { Store } from '../engine/store.js';
import { readDecisions } from '../triage/decisions.js';

/** What people said about a finding, as far as learning cares. */
export interface Standing {
  readonly verdict: 'true_positive' | 'escalated' | 'harmless';
  /** Day of the decision, `YYYY-MM-DD`. */
  readonly on: string;
  /** The highest risk it had been judged at by then. */
  readonly risk: number;
}

/** The last word on each finding that has one, by finding id. */
export async function readStandings(
  store: Store,
  decidedBefore: string,
): Promise<ReadonlyMap<string, Standing>> {
  const words = new Map<string, Omit<Standing, 'risk'>>();
  for (const { at, subject, action, detail } of await readDecisions(store, { kind: 'finding' })) {
    if (at >= decidedBefore) continue;
    const verdict = verdictOf(action, detail['disposition']);
    if (verdict === 'none') words.delete(subject);
    else if (verdict !== undefined) words.set(subject, { verdict, on: at.slice(0, 10) });
  }
  const harmless = [...words].filter(([, { verdict }]) => verdict === 'harmless');
  const risks = await risksBy(store, new Map(harmless.map(([id, { on }]) => [id, on])));
  return new Map([...words].map(([id, word]) => [id, { ...word, risk: risks.get(id) ?? 0 }]));
}

/** `none`: open again; undefined: the decision says nothing about what it was. */
function verdictOf(action: string, disposition: unknown): Standing['verdict'] | 'none' | undefined {
  switch (action) {
    case 'close':
      return disposition === 'true_positive' ? 'true_positive' : 'harmless';
    case 'escalate':
      return 'escalated';
    case 'reopen':
    case 'acknowledge':
    case 'ack':
      return 'none';
    default:
      return undefined;
  }
}

async function risksBy(
  store: Store,
  days: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, number>> {
  if (days.size === 0) return new Map();
  const rows = await store.rows<{ finding_id: string; evaluated_on: string; risk: number }>(
    `SELECT finding_id, toString(evaluated_on) AS evaluated_on, risk FROM evaluations
     WHERE finding_id IN {ids:Array(String)}`,
    { ids: [...days.keys()] },
  );
  const risks = new Map<string, number>();
  for (const { finding_id, evaluated_on, risk } of rows) {
    if (evaluated_on <= (days.get(finding_id) ?? '')) {
      risks.set(finding_id, Math.max(risks.get(finding_id) ?? 0, risk));
    }
  }
  return risks;
}
