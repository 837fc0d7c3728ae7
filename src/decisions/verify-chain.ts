import { type Decision, hashOf, hashOfAll } from './decision.js';

/**
 * What is wrong with a history, in one sentence, or null. Finds rows that were changed, taken out, put in, repeated or
 * renumbered. Rows cut off at the end leave no trace inside: compare {@link headsOf} with a head noted elsewhere.
 */
export function findBreak(rows: readonly Decision[]): string | null {
  const ordered = [...rows].sort((a, b) => a.seq - b.seq || (a.hash < b.hash ? -1 : 1));
  let before: Decision[] = [];
  let current: Decision[] = [];
  for (const row of ordered) {
    const problem = findChange(row);
    if (problem !== null) return problem;
    if (row.seq !== current[0]?.seq) {
      [before, current] = [current, []];
      const expected = (before[0]?.seq ?? 0) + 1;
      if (row.seq !== expected) return gapText(expected, row.seq);
    }
    if (row.hash === current.at(-1)?.hash) return `${rowText(row)} is there twice`;
    if (row.previous !== hashOfAll(before))
      return `${rowText(row)} does not follow from what is now row ${row.seq - 1}: something before it was changed, added or removed`;
    current.push(row);
  }
  return null;
}

/** What covers all rows up to each number, from the first to the last. */
export function headsOf(rows: readonly Decision[]): readonly string[] {
  const bySeq = new Map<number, Decision[]>();
  for (const row of rows) bySeq.set(row.seq, [...(bySeq.get(row.seq) ?? []), row]);
  return [...bySeq].sort(([a], [b]) => a - b).map(([, same]) => hashOfAll(same));
}

function findChange(row: Decision): string | null {
  return row.hash === hashOf(row) ? null : `${rowText(row)} was changed after it was written`;
}

function gapText(expected: number, found: number): string {
  if (found < expected) return `row ${found} should not exist: rows are numbered from 1`;
  const last = found - 1;
  return expected === last ? `row ${expected} is missing` : `rows ${expected} to ${last} are missing`;
}

const rowText = (row: Decision): string => `row ${row.seq} (${row.action} of ${row.subject} by ${row.who})`;
