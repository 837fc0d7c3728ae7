import type { Store } from './store.js';

/**
 * Puts the rows that a scratch database has for a day in the place of the stored ones, in one step.
 *
 * @param scratch database with a table of the same name and shape (scratch.ts)
 * @param day `YYYY-MM-DD`, the partition
 */
export async function replacePartition(
  store: Store,
  scratch: string,
  table: string,
  day: string,
): Promise<void> {
  const [staged] = await store.rows<{ n: string }>(
    'SELECT count() AS n FROM {scratch:Identifier}.{table:Identifier}',
    { scratch, table },
  );
  // Names in these clauses cannot be parameters; both are the program's own, never data.
  const statement =
    Number(staged?.n) > 0
      ? `ALTER TABLE ${table} REPLACE PARTITION {day:String} FROM ${scratch}.${table}`
      : `ALTER TABLE ${table} DROP PARTITION {day:String}`;
  await store.command(statement, { day });
}
