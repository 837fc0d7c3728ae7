import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { ANALYTICS } from './analytics/registry.js';

const TABLE = `
  CREATE TABLE {run:Identifier}.candidates (host_id LowCardinality(String), actor_id UInt64, analytic LowCardinality(String))
  ENGINE = MergeTree ORDER BY (host_id, actor_id, analytic)`;

/** Finds the subjects that each analytic wants to see. */
export async function findCandidates(store: Store, run: string, config: Config): Promise<void> {
  await store.command(TABLE, { run });
  for (const { id, candidates } of ANALYTICS) {
    // The SELECT is an analytic's own file, never data.
    await store.command(
      `INSERT INTO {run:Identifier}.candidates SELECT host_id, actor_id, {analytic:String} FROM (${candidates.sql})`,
      { run, analytic: id, ...candidates.params(config) },
    );
  }
}
