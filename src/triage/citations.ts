import type { Store } from '../store/store.js';

/** What was judged by a version. */
export interface Citations {
  /** Days whose week was judged by it. */
  readonly days: number;
  /** Ids of the findings of those days, ascending. */
  readonly findings: readonly string[];
}

const CITATIONS = `
  SELECT b.baseline AS version, count() AS days, arraySort(arrayDistinct(arrayFlatten(groupArray(e.findings)))) AS findings
  FROM
  (
      SELECT evaluated_on, argMax(baseline, built_at) AS baseline FROM evaluation_builds GROUP BY evaluated_on
  ) AS b
  LEFT JOIN
  (
      SELECT evaluated_on, groupUniqArray(finding_id) AS findings FROM evaluations
      WHERE {actor:String} = '' OR positionCaseInsensitiveUTF8(actor, {actor:String}) > 0
      GROUP BY evaluated_on
  ) AS e ON e.evaluated_on = b.evaluated_on
  WHERE b.baseline != ''
  GROUP BY b.baseline`;

/** Days and findings judged by each version, by version id; a part of an actor's name leaves others' findings out. */
export async function readCitations(store: Store, actor = ''): Promise<ReadonlyMap<string, Citations>> {
  const rows = await store.rows<{ version: string; days: string; findings: string[] }>(CITATIONS, { actor });
  return new Map(rows.map(({ version, days, findings }) => [version, { days: Number(days), findings }]));
}
