import { randomUUID } from 'node:crypto';
import type { Store } from './store.js';

/** Databases of working tables begin with this; a kept store drops those that an interrupted run left behind. */
export const SCRATCH_PREFIX = 'outflow_run_';

/** Databases that runs of this process work in. */
const live = new Set<string>();

/** A database for working tables; `drop` removes it with all of them. */
export interface Scratch {
  readonly run: string;
  readonly drop: () => Promise<void>;
}

/** Makes a database of working tables, fills it, and drops it again if that fails. */
export async function makeScratch(store: Store, fill: (run: string) => Promise<void>): Promise<Scratch> {
  const run = `${SCRATCH_PREFIX}${randomUUID().replaceAll('-', '')}`;
  const drop = async (): Promise<void> => {
    await store.command('DROP DATABASE IF EXISTS {run:Identifier} SYNC', { run });
    live.delete(run);
  };
  live.add(run);
  await store.command('CREATE DATABASE {run:Identifier}', { run });
  try {
    await fill(run);
    return { run, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/**
 * Drops the working tables of runs that broke off. A store held by this process alone has no others than those of runs that
 * go on here; where other programs may be at work, only what nobody has touched for a day is dropped.
 */
export async function dropLeftovers(store: Store): Promise<void> {
  const rows = await store.rows<{ name: string }>(
    `SELECT d.name AS name FROM system.databases AS d
     LEFT JOIN system.tables AS t ON t.database = d.name
     WHERE startsWith(d.name, {prefix:String})
     GROUP BY d.name
     HAVING {alone:UInt8} OR max(t.metadata_modification_time) < now() - INTERVAL 1 DAY
     ORDER BY name`,
    { prefix: SCRATCH_PREFIX, alone: store.exclusive ? 1 : 0 },
  );
  for (const { name } of rows.filter((row) => !live.has(row.name)))
    await store.command('DROP DATABASE IF EXISTS {name:Identifier} SYNC', { name });
}
