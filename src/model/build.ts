import type { Window } from '../ground/window.js';
import type { Store } from '../store/store.js';
import { SOURCES } from '../sources/registry.js';
import { nameIdentities, readCommandLines } from './identity.js';
import { PEER_VISITS } from './peer-visits.js';
import { modelStep, withTables } from './run.js';
import type { Scratch } from '../store/scratch.js';
import { BUCKET_ENDPOINT, BUCKET_HOST } from '../knowledge/bucket-host.js';
import { SHARED_HOSTING } from '../knowledge/shared-hosting.js';

/** How far up the process tree an actor's origin is looked for. */
export const ANCESTRY_LEVELS = 6;

/** Sources that never use the key of a connection again. */
export const LASTING_KEYS = SOURCES.filter((source) => source.keysLast === true).map((source) => source.id);

/** Sensors on the wire: they know no process, and several of them may see one connection. */
const NETWORK_ONLY = SOURCES.filter((source) => !source.carries.process).map((source) => source.id);

/** Later than anything and earlier: hosts are told apart by all their records, also those outside the window. */
const ALWAYS = { hosts_since: '1970-01-01 00:00:00', hosts_until: '2299-12-31 00:00:00' };

/** The day in whose place the pieces of one window stand: they are never those of several. */
const EPOCH_DAY = '1970-01-01';

/**
 * Builds connections, processes, actors and activity from all that has landed. The order follows the data: connections
 * from observations, identities of processes, who started them, then egress per hour and destination.
 */
export async function buildModel(
  store: Store,
  window: Window,
  onStep: (step: string) => void,
): Promise<Scratch> {
  return withTables(store, async (run) => {
    const step = (name: string, params = {}): Promise<void> => modelStep(store, run, name, params);
    onStep('connections');
    await step('10-attempts');
    await step('11-hosts', ALWAYS);
    const way = await chooseWay(store, run, window);
    await observeFlows(store, run, window, way);
    if (!way.direct) await stitchFlows(store, run);
    await resolveFlows(store, run, window, way, {
      records_db: store.database,
      records: 'process_observations',
    });
    onStep('identities');
    await nameActors(store, run);
    onStep('activity');
    await step('50-activity');
    await step('50-pieces', {
      target_db: run,
      target: 'pieces',
      day: EPOCH_DAY,
      since: window.since,
      goes_on: 0,
    });
    await pairPieces(store, run, {
      pieces_db: run,
      pieces: 'pieces',
      since_day: EPOCH_DAY,
      until_day: EPOCH_DAY,
    });
    await measureConnections(store, run);
  });
}

/** Which way connections go on their way to `flows`. */
export interface Way {
  /** All records name their process themselves: nothing has to be stitched or resolved. */
  readonly direct: boolean;
  /** The table connections are put into first. */
  readonly table: 'flows' | 'seen';
}

/**
 * Records of sources that name their process themselves go straight to `flows`. Anything else (several sources on one
 * host, processes named by pid) is first stitched into one row per socket, to be resolved to its process later.
 */
export async function chooseWay(store: Store, run: string, window: Window): Promise<Way> {
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
  return { direct, table: direct ? 'flows' : 'seen' };
}

/** The connections that the records of a window tell of. */
export async function observeFlows(store: Store, run: string, window: Window, { table }: Way): Promise<void> {
  const target = { target_db: run, target: table, lasting: LASTING_KEYS, ...window };
  await modelStep(store, run, '20-flows', target);
  await modelStep(store, run, '21-flow-sessions', target);
}

/** Records of one socket that do not share a key become one connection. */
export async function stitchFlows(store: Store, run: string): Promise<void> {
  const params = { network_only: NETWORK_ONLY };
  await modelStep(store, run, '22-shared-sockets');
  await modelStep(store, run, '22-sensed-twice', params);
  await modelStep(store, run, '23-stitch', params);
  await modelStep(store, run, '23-stitch-sensors', params);
  await modelStep(store, run, '24-network-only', params);
}

/** One row per process instance, and the process of every connection. */
export async function resolveFlows(
  store: Store,
  run: string,
  window: Window,
  { direct }: Way,
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
  await step('43-connections', {
    network_only: NETWORK_ONLY,
    shared_hosting: SHARED_HOSTING,
    bucket_endpoint: BUCKET_ENDPOINT,
    bucket_host: BUCKET_HOST,
  });
}

/** Which pieces make up the pairs of a run. */
interface Pieces {
  readonly pieces_db: string;
  /** A table of the shape of `pieces` (sql/01-tables.sql). */
  readonly pieces: string;
  /** `YYYY-MM-DD`, both inclusive. */
  readonly since_day: string;
  readonly until_day: string;
}

/** What each host and actor sent where, out of pieces of one window or of many days. */
export function pairPieces(store: Store, run: string, pieces: Pieces): Promise<void> {
  return modelStep(store, run, '51-pairs', { ...pieces });
}

/** What the connections say of peers and processes. */
export async function measureConnections(store: Store, run: string): Promise<void> {
  await modelStep(store, run, '52-peers', PEER_VISITS);
  await modelStep(store, run, '53-traffic');
}
