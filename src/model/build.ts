import { loadSql } from '../engine/sql-file.js';
import type { Store } from '../engine/store.js';
import { SOURCES } from '../sources/registry.js';
import { nameIdentities, readCommandLines } from './identity.js';
import { modelStep, withTables, type Run } from './run.js';
import { SHARED_HOSTING } from './shared-hosting.js';

export interface Window {
  /** ISO 8601 as the engine reads it (`2026-11-24 00:00:00.000`); observations from here on. */
  readonly since: string;
  /** The same; observations before this. */
  readonly until: string;
}

/** How far up the process tree an actor's origin is looked for. */
export const ANCESTRY_LEVELS = 6;

/** Later than anything and earlier: hosts are told apart by all their records, also those outside the window. */
const ALWAYS = { hosts_since: '1970-01-01 00:00:00', hosts_until: '2299-12-31 00:00:00' };

const TELEMETRY = loadSql(new URL('../coverage/sql/telemetry.sql', import.meta.url));

/**
 * Builds connections, processes, actors and activity from all that has landed. The order follows the data: connections
 * from observations, identities of processes, who started them, then egress per hour and destination.
 */
export async function buildModel(store: Store, window: Window, onStep: (step: string) => void): Promise<Run> {
  return withTables(store, async (run) => {
    const step = (name: string, params = {}): Promise<void> => modelStep(store, run, name, params);
    onStep('connections');
    await step('10-attempts');
    await step('11-hosts', ALWAYS);
    const direct = await observeFlows(store, run, window);
    await resolveFlows(store, run, window, direct, {
      records_db: store.database,
      records: 'process_observations',
    });
    onStep('identities');
    await nameActors(store, run);
    onStep('activity');
    await step('50-activity');
    await step('51-pairs');
    await measureConnections(store, run);
  });
}

/**
 * Records of sources that name their process themselves go straight to `flows`. Anything else (several sources on one
 * host, processes named by pid) is first stitched into one row per socket, to be resolved to its process later.
 *
 * @returns whether all records name their process
 */
export async function observeFlows(
  store: Store,
  run: string,
  window: Window,
  more?: (target: string) => Promise<void>,
): Promise<boolean> {
  const step = (name: string, params = {}): Promise<void> => modelStep(store, run, name, params);
  const census = await store.rows<{ source: string; nameless: number }>(
    `SELECT source, max(nameless) AS nameless
     FROM
     (
         SELECT source, max(process_id = 0) AS nameless FROM flow_observations
         WHERE attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
           AND ts >= {since:DateTime64(6, 'UTC')} AND ts < {until:DateTime64(6, 'UTC')}
         GROUP BY source
         UNION ALL
         SELECT source, max(process_id = 0) AS nameless FROM {run:Identifier}.carry GROUP BY source
     )
     GROUP BY source`,
    { run, ...window },
  );
  const direct = census.length === 1 && census[0]!.nameless === 0;
  const target = { target_db: run, target: direct ? 'flows' : 'seen', ...window };
  await step('20-flows', target);
  await step('21-flow-sessions', target);
  await more?.(target.target);
  if (direct) return true;
  await step('22-shared-sockets');
  await step('23-stitch');
  const networkOnly = [...SOURCES.values()]
    .filter((source) => !source.carries.process)
    .map((source) => source.id);
  await step('24-network-only', { network_only: networkOnly });
  return false;
}

/** One row per process instance, and the process of every connection. */
export async function resolveFlows(
  store: Store,
  run: string,
  window: Window,
  direct: boolean,
  /** Where the records are that processes are read from. */
  records: { readonly records_db: string; readonly records: string },
): Promise<void> {
  await modelStep(store, run, '30-processes', records);
  if (!direct) await modelStep(store, run, '32-resolve');
  await modelStep(store, run, '31-processes-of-flows', { ...window });
}

/** Who every process is: its identity, its ancestry, its actor; then the connections as detection reads them. */
export async function nameActors(store: Store, run: string): Promise<void> {
  const step = (name: string, params = {}): Promise<void> => modelStep(store, run, name, params);
  await nameIdentities(store, run);
  await step('33-open-ends');
  await step('35-owners');
  await readCommandLines(store, run);
  await step('40-ancestry-first');
  for (let level = 1; level < ANCESTRY_LEVELS; level++) await step('41-ancestry-next', { level });
  await step('42-actors');
  await step('43-connections', { shared_hosting: SHARED_HOSTING });
}

/** What the connections say of peers, processes and hosts. */
export async function measureConnections(store: Store, run: string): Promise<void> {
  await modelStep(store, run, '52-peers');
  await modelStep(store, run, '53-traffic');
  await store.command(TELEMETRY, { run });
}
