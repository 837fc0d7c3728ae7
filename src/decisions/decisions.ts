import { engineTime } from '../ground/engine-time.js';
import type { Store } from '../store/store.js';
import { whileAlone } from './append-lock.js';
import {
  canonicalJson,
  chainDecision,
  type Decision,
  type DecisionKind,
  type NewDecision,
} from './decision.js';
import { findBreak, headsOf } from './verify-chain.js';

export type { Decision, DecisionKind, NewDecision } from './decision.js';

/** Row of the table; 64-bit numbers come as text. */
interface Row {
  readonly seq: string;
  readonly at: string;
  readonly who: string;
  readonly kind: DecisionKind;
  readonly subject: string;
  readonly action: string;
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

const COLUMNS = 'seq, at, who, kind, subject, action, detail, previous, hash';

/** Appends one decision to the history of a kept store. */
export async function appendDecision(store: Store, decision: NewDecision): Promise<Decision> {
  const [row] = await appendDecisions(store, [decision]);
  return row!;
}

/** Appends decisions one after another, all of them or, where the engine fails, none. */
export async function appendDecisions(
  store: Store,
  decisions: readonly NewDecision[],
): Promise<readonly Decision[]> {
  if (decisions.length === 0) return [];
  return whileAlone(store, 'decisions', async () => {
    let before = (
      await store.rows<Row>(
        `SELECT ${COLUMNS} FROM decisions WHERE seq = (SELECT max(seq) FROM decisions) ORDER BY hash`,
      )
    ).map(decisionOf);
    const chained: Decision[] = [];
    for (const decision of decisions) {
      const row = chainDecision(decision, before);
      chained.push(row);
      before = [row];
    }
    await store.insert('decisions', chained.map(rowOf));
    return chained;
  });
}

/** The history, or the part of it about one kind or subject; ordered by number, then hash. */
export async function readDecisions(
  store: Store,
  filter: { readonly kind?: DecisionKind; readonly subject?: string } = {},
): Promise<Decision[]> {
  const rows = await store.rows<Row>(
    `SELECT ${COLUMNS} FROM decisions
     WHERE ({kind:String} = '' OR kind = {kind:String}) AND ({all:Bool} OR subject = {subject:String})
     ORDER BY seq, hash`,
    { kind: filter.kind ?? '', all: filter.subject === undefined, subject: filter.subject ?? '' },
  );
  return rows.map(decisionOf);
}

/** Whether the history is as it was written. `head` covers every row: noted elsewhere, it can be expected later. */
export async function verifyDecisions(
  store: Store,
  expected?: string,
): Promise<{
  readonly ok: boolean;
  readonly count: number;
  readonly problem: string | null;
  readonly head: string;
}> {
  const rows = await store.rows<Row>(`SELECT ${COLUMNS} FROM decisions ORDER BY seq, hash`);
  const decisions = rows.map(decisionOf);
  const heads = headsOf(decisions);
  const problem =
    findBreak(decisions) ??
    (expected === undefined || heads.includes(expected.toLowerCase())
      ? null
      : `it no longer leads up to ${expected}: rows at its end are gone, or that is no head of this history`);
  return { ok: problem === null, count: rows.length, problem, head: heads.at(-1) ?? '' };
}

function rowOf(decision: Decision): Readonly<Record<string, unknown>> {
  return {
    ...decision,
    at: engineTime(decision.at),
    detail: canonicalJson(decision.detail),
  };
}

function decisionOf(row: Row): Decision {
  return { ...row, seq: Number(row.seq), detail: detailOf(row.detail) };
}

/** A detail somebody tampered with must neither stop the reader nor pass for what was written. */
function detailOf(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (canonicalJson(value) === text) return value;
  } catch {
    // Falls through: it is no JSON.
  }
  return { unreadable: text };
}
