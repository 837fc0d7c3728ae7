import type { Store } from '../../engine/store.js';

/** Tables with one partition a day (`seen_on`), built together and replaced together. */
export const DAY_TABLES = [
  'day_hosts',
  'day_processes',
  'day_carry',
  'day_connections',
  'day_activity',
  'day_pairs',
  'day_peers',
  'day_traffic',
  'day_owners',
  'day_ancestry',
  'day_identities',
  'day_telemetry',
  'day_habits',
] as const;

/**
 * Puts the rows a run has for a day in the place of the stored ones. One table changes in one step; when a run breaks
 * off between two tables, the day's fingerprint is not written and the day is built again.
 */
export async function replaceDay(store: Store, run: string, table: string, day: string): Promise<void> {
  const [staged] = await store.rows<{ n: string }>(
    'SELECT count() AS n FROM {run:Identifier}.{table:Identifier}',
    { run, table },
  );
  // Names in these clauses cannot be parameters; both are the program's own, never data.
  const statement =
    Number(staged?.n) > 0
      ? `ALTER TABLE ${table} REPLACE PARTITION {day:String} FROM ${run}.${table}`
      : `ALTER TABLE ${table} DROP PARTITION {day:String}`;
  await store.command(statement, { day });
}
