import { randomUUID } from 'node:crypto';
import { loadSql, loadStatements } from '../engine/sql-file.js';
import type { Store } from '../engine/store.js';
import { SOURCES } from '../sources/registry.js';
import { nameIdentities, readCommandLines } from './identity.js';
import { SHARED_HOSTING } from './shared-hosting.js';

export interface Window {
  /** ISO 8601; observations from here on. */
  readonly since: string;
  /** ISO 8601; observations before this. */
  readonly until: string;
}

/** The working tables of one run; `drop` removes them. */
export interface Model {
  /** Database that holds the tables of model/sql/01-tables.sql. */
  readonly run: string;
  readonly drop: () => Promise<void>;
}

/** How far up the process tree an actor's origin is looked for. */
const ANCESTRY_LEVELS = 6;

const sql = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));

/**
 * Builds flows, processes, actors and activity from what has landed. The order follows the data: connections from
 * observations, identities of processes, who started them, then egress per hour and destination.
 */
export async function buildModel(
  store: Store,
  window: Window,
  onStep: (step: string) => void,
): Promise<Model> {
  const run = `outflow_run_${randomUUID().replaceAll('-', '')}`;
  const drop = (): Promise<void> => store.command('DROP DATABASE IF EXISTS {run:Identifier} SYNC', { run });
  const step = (name: string, params: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    store.command(sql(name), { run, ...params });
  await store.command('CREATE DATABASE {run:Identifier}', { run });
  try {
    for (const statement of loadStatements(new URL('./sql/01-tables.sql', import.meta.url))) {
      await store.command(statement, { run });
    }
    onStep('connections');
    await step('10-attempts');
    await step('11-hosts');
    await step('30-processes');
    await buildFlows(store, run, window, step);
    onStep('identities');
    await step('31-processes-of-flows');
    await nameIdentities(store, run);
    await step('33-open-ends');
    await step('35-owners');
    await readCommandLines(store, run);
    await step('40-ancestry-first');
    for (let level = 1; level < ANCESTRY_LEVELS; level++) await step('41-ancestry-next', { level });
    await step('42-actors');
    await step('43-connections', { shared_hosting: SHARED_HOSTING });
    onStep('activity');
    await step('50-activity');
    await step('51-pairs');
    return { run, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/**
 * Records of sources that name their process themselves go straight to `flows`. Anything else (several sources on one
 * host, processes named by pid) is first stitched into one row per socket and then resolved to its process.
 */
async function buildFlows(
  store: Store,
  run: string,
  window: Window,
  step: (name: string, params?: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<void> {
  const census = await store.rows<{ source: string; nameless: number }>(
    `SELECT source, max(process_id = 0) AS nameless FROM flow_observations
     WHERE attempt IN (SELECT attempt FROM {run:Identifier}.attempts) GROUP BY source`,
    { run },
  );
  const direct = census.length === 1 && census[0]!.nameless === 0;
  const target = { target_db: run, target: direct ? 'flows' : 'seen', ...window };
  await step('20-flows', target);
  await step('21-flow-sessions', target);
  if (direct) return;
  await step('22-shared-sockets');
  await step('23-stitch');
  const networkOnly = [...SOURCES.values()]
    .filter((source) => !source.carries.process)
    .map((source) => source.id);
  await step('24-network-only', { network_only: networkOnly });
  await step('32-resolve');
}
