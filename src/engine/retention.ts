import type { Config } from '../config/schema.js';
import type { Store } from './store.js';

/**
 * What is kept how long, each by the day it arrived or was built on: records of long ago that are loaded today, for an
 * investigation, stay as long as today's. The ledger (with what its tries touched, which the days are chained by) and
 * people's decisions are kept for ever; both are small.
 */
export const RETENTION = {
  /** Rejected lines as they were read; lines that were accepted are never kept raw. */
  raw_days: ['rejects'],
  observation_days: ['process_observations', 'flow_observations'],
  rollup_days: [
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
  ],
  finding_days: ['evaluations'],
} as const satisfies Record<keyof Config['retention'], readonly string[]>;

/** When a row of each table arrived; the others know on which day they were built. */
const ARRIVED: ReadonlySet<string> = new Set(['rejects', 'process_observations', 'flow_observations']);

/** Tells the engine how long to keep what; tables that know already are left alone. */
export async function applyRetention(store: Store, retention: Config['retention']): Promise<void> {
  const tables = await store.rows<{ name: string; engine_full: string }>(
    'SELECT name, engine_full FROM system.tables WHERE database = {database:String}',
    { database: store.database },
  );
  const engines = new Map(tables.map((table) => [table.name, table.engine_full]));
  for (const [key, names] of Object.entries(RETENTION)) {
    const days = retention[key as keyof typeof RETENTION];
    for (const name of names) {
      const column = ARRIVED.has(name) ? 'landed_on' : 'built_on';
      if (engines.get(name)?.includes(`TTL ${column} + toIntervalDay(${days})`) === true) continue;
      // Names and the number come from this program and its validated configuration; a TTL takes no parameters.
      await store.command(
        `ALTER TABLE {name:Identifier} MODIFY TTL ${column} + INTERVAL ${days} DAY`,
        { name },
        { materialize_ttl_after_modify: 0 },
      );
    }
  }
}
