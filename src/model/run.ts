import { randomUUID } from 'node:crypto';
import { loadSql, loadStatements } from '../engine/sql-file.js';
import type { Store } from '../engine/store.js';

/** Databases of working tables begin with this; a kept store drops those that an interrupted run left behind. */
export const RUN_PREFIX = 'outflow_run_';

/** The working tables of one run (model/sql/01-tables.sql), in a database of their own; `drop` removes them. */
export interface Run {
  /** Database that holds the tables. */
  readonly run: string;
  readonly drop: () => Promise<void>;
}

const sql = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));

/** Makes a run's database, fills it, and drops it again if that fails. */
export async function withTables(store: Store, fill: (run: string) => Promise<void>): Promise<Run> {
  const run = `${RUN_PREFIX}${randomUUID().replaceAll('-', '')}`;
  const drop = (): Promise<void> => store.command('DROP DATABASE IF EXISTS {run:Identifier} SYNC', { run });
  await store.command('CREATE DATABASE {run:Identifier}', { run });
  try {
    for (const statement of loadStatements(new URL('./sql/01-tables.sql', import.meta.url))) {
      await store.command(statement, { run });
    }
    await fill(run);
    return { run, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Runs a step of model/sql in a run's database. */
export function modelStep(
  store: Store,
  run: string,
  name: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return store.command(sql(name), { run, ...params });
}

/**
 * Drops the working tables of runs that broke off. A directory belongs to one process; on a server other runs may be
 * at work, so only what nobody has touched for a day is dropped.
 */
export async function dropLeftovers(store: Store): Promise<void> {
  const rows = await store.rows<{ name: string }>(
    `SELECT d.name AS name FROM system.databases AS d
     LEFT JOIN system.tables AS t ON t.database = d.name
     WHERE startsWith(d.name, {prefix:String})
     GROUP BY d.name
     HAVING {alone:UInt8} OR max(t.metadata_modification_time) < now() - INTERVAL 1 DAY
     ORDER BY name`,
    { prefix: RUN_PREFIX, alone: store.engine === 'chdb' ? 1 : 0 },
  );
  for (const { name } of rows)
    await store.command('DROP DATABASE IF EXISTS {name:Identifier} SYNC', { name });
}
