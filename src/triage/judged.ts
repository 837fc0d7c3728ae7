import type { Store } from '../store/store.js';

/** The first and the last day that was judged in a store; null when none was. */
export async function readJudged(
  store: Store,
): Promise<{ readonly first: string; readonly last: string } | null> {
  const [row] = await store.rows<{ first: string; last: string; n: string }>(
    `SELECT toString(min(evaluated_on)) AS first, toString(max(evaluated_on)) AS last, count() AS n
     FROM evaluation_builds`,
  );
  return row === undefined || Number(row.n) === 0 ? null : { first: row.first, last: row.last };
}
