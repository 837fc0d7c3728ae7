import type { Config } from '../config/schema.js';
import { RETAINED_BY, type KeptTable } from './kept-table.js';
import type { Store } from './store.js';

/**
 * Tells the engine how long to keep what, each by the day it arrived or was built on: records of long ago that are loaded
 * today, for an investigation, stay as long as today's. Tables that know already are left alone; the ledger and people's
 * decisions are kept for ever.
 */
export async function applyRetention(
  store: Store,
  tables: readonly KeptTable[],
  retention: Config['retention'],
): Promise<void> {
  const rows = await store.rows<{ name: string; engine_full: string }>(
    'SELECT name, engine_full FROM system.tables WHERE database = {database:String}',
    { database: store.database },
  );
  const engines = new Map(rows.map((row) => [row.name, row.engine_full]));
  for (const { table, kind, since } of tables) {
    const key = RETAINED_BY[kind];
    if (key === undefined) continue;
    const days = retention[key];
    if (engines.get(table)?.includes(`TTL ${since} + toIntervalDay(${days})`) === true) continue;
    // Names and the number come from this program and its validated configuration; a TTL takes no parameters.
    await store.command(
      `ALTER TABLE {table:Identifier} MODIFY TTL ${since} + INTERVAL ${days} DAY`,
      { table },
      { materialize_ttl_after_modify: 0 },
    );
  }
}
