import { sha256 } from '../ground/hash.js';

export const DECISION_KINDS = ['finding', 'approval', 'baseline'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What somebody decided, to be appended. `at` is ISO 8601, `detail` plain JSON. */
export interface NewDecision {
  readonly at: string;
  readonly who: string;
  readonly kind: DecisionKind;
  /** Finding id, approval name, baseline version. */
  readonly subject: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A row of the append-only history. */
export interface Decision extends NewDecision {
  /** From 1 without gaps; two rows share a number only where two programs wrote at the same moment. */
  readonly seq: number;
  /** SHA-256 over the sorted hashes of all rows with `seq - 1`, hex; '' for the first. */
  readonly previous: string;
  /** SHA-256 of everything above, hex. */
  readonly hash: string;
}

/** `decision` as the row that follows `before`, all rows with the highest number so far. */
export function chainDecision(decision: NewDecision, before: readonly Decision[]): Decision {
  const row = {
    seq: (before[0]?.seq ?? 0) + 1,
    at: new Date(decision.at).toISOString(),
    who: wellFormed(decision.who),
    kind: decision.kind,
    subject: wellFormed(decision.subject),
    action: wellFormed(decision.action),
    detail: JSON.parse(canonicalJson(decision.detail)) as Record<string, unknown>,
    previous: hashOfAll(before),
  };
  return { ...row, hash: hashOf(row) };
}

/** The hash a row must carry. */
export function hashOf(row: Omit<Decision, 'hash'>): string {
  const { seq, at, who, kind, subject, action, detail, previous } = row;
  return sha256(canonicalJson([seq, at, who, kind, subject, action, detail, previous]));
}

/** What the rows after `rows` name as their predecessors. */
export function hashOfAll(rows: readonly Decision[]): string {
  return rows.length === 0
    ? ''
    : sha256(
        rows
          .map((row) => row.hash)
          .sort()
          .join('\n'),
      );
}

/** JSON with the keys of every object in order of their code units, so that equal values are equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, below: unknown) =>
    typeof below === 'object' && below !== null && !Array.isArray(below)
      ? Object.fromEntries(Object.entries(below).sort(([a], [b]) => (a < b ? -1 : 1)))
      : below,
  );
}

/** Half a surrogate pair has no UTF-8 and would come back from the store as something else. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
