import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';

const IDS = `
  SELECT DISTINCT id FROM
  (
      SELECT finding_id AS id FROM evaluations
      UNION ALL
      SELECT subject AS id FROM decisions WHERE kind = 'finding'
  )
  WHERE arrayExists(prefix -> startsWith(id, prefix), {prefixes:Array(String)})
  ORDER BY id`;

/** The ids of all findings of the store, ascending. */
export async function listIds(store: Store): Promise<readonly string[]> {
  return (await store.rows<{ id: string }>(IDS, { prefixes: [''] })).map(({ id }) => id);
}

/** How many of several candidates a message names. */
const NAMED = 3;

/**
 * The whole ids of what was given by its first characters, each once, in the order given.
 *
 * @throws OutflowError OF_FINDING_UNKNOWN when one fits no finding of the store, or several
 */
export async function findIds(store: Store, given: readonly string[]): Promise<readonly string[]> {
  const prefixes = given.map((one) => one.trim().toLowerCase());
  const rows = await store.rows<{ id: string }>(IDS, { prefixes: prefixes.filter((one) => one !== '') });
  const ids = prefixes.map((prefix, at) => {
    const fitting = prefix === '' ? [] : rows.map(({ id }) => id).filter((id) => id.startsWith(prefix));
    const [only, ...more] = fitting.includes(prefix) ? [prefix] : fitting;
    const finding = given[at] ?? '';
    if (only === undefined) throw failure('OF_FINDING_UNKNOWN.unknown', { finding, store: store.target });
    if (more.length > 0) {
      const named = fitting.slice(0, NAMED).join(', ');
      throw failure('OF_FINDING_UNKNOWN.several', {
        finding,
        count: fitting.length,
        ids: fitting.length > NAMED ? `${named}, …` : named,
      });
    }
    return only;
  });
  return [...new Set(ids)];
}
