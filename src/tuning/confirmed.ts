import { readVerdicts } from '../decisions/verdicts.js';
import type { Store } from '../store/store.js';
import { chunksOf } from '../ground/lists.js';
import type { ReplayRange } from './replay-range.js';
import type { Said } from './said.js';

/** No decision is later. */
const EVER = '9999-12-31T00:00:00.000Z';

/** Ids asked for at once: they go to a server in the address of the request. */
const AT_ONCE = 500;

/** The last word of people on each finding that has one, by finding id. */
export async function readSaid(store: Store): Promise<ReadonlyMap<string, Said>> {
  return new Map([...(await readVerdicts(store, EVER))].map(([id, { as }]) => [id, as]));
}

/** Which of the findings were judged in the days of a range, at whatever risk. */
export async function evaluatedIn(
  store: Store,
  { before, days }: ReplayRange,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const some of chunksOf(ids, AT_ONCE)) {
    const rows = await store.rows<{ finding_id: string }>(
      `SELECT DISTINCT finding_id FROM evaluations
       WHERE evaluated_on IN {days:Array(Date)} AND finding_id IN {ids:Array(String)} ORDER BY finding_id`,
      { ids: some, days: [...(before === undefined ? [] : [before]), ...days].map(({ day }) => day) },
    );
    for (const row of rows) found.add(row.finding_id);
  }
  return found;
}
