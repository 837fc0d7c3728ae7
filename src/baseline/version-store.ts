import { engineTime } from '../ground/engine-time.js';
import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { makeScratch } from '../store/scratch.js';
import { VERSION_TABLES, type BaselineVersion, type VersionTable } from './version.js';

const COLUMNS = `version, name, kind, toString(applies_from) AS applies_from, toString(learned_from) AS learned_from,
  toString(learned_until) AS learned_until, days, hosts, actors, fingerprint, settings, excluded, toUnixTimestamp64Milli(created_at) AS created_ms`;

/** All versions, those that apply earliest first; ties by creation and id. */
export async function listVersions(store: Store): Promise<readonly BaselineVersion[]> {
  const rows = await store.rows<BaselineVersion & { created_ms: string }>(
    `SELECT ${COLUMNS} FROM baseline_versions FINAL ORDER BY applies_from, created_at, version`,
  );
  return rows.map(({ created_ms, ...row }) => ({
    ...row,
    created_at: new Date(Number(created_ms)).toISOString(),
  }));
}

/**
 * One version by its id or by the name a person gave it; of several with that name the latest.
 *
 * @throws OutflowError OF_BASELINE_UNKNOWN
 */
export async function readVersion(store: Store, idOrName: string): Promise<BaselineVersion> {
  const versions = await listVersions(store);
  const found =
    versions.find(({ version }) => version === idOrName) ??
    (idOrName === '' ? undefined : versions.findLast(({ name }) => name === idOrName));
  if (found !== undefined) return found;
  throw failure(versions.length === 0 ? 'OF_BASELINE_UNKNOWN.none' : 'OF_BASELINE_UNKNOWN.unknown', {
    store: store.target,
    baseline: idOrName,
  });
}

/** Tables of {@link VERSION_TABLES} in a database of their own, for a version that is being put together. */
export async function withStaging<Result>(
  store: Store,
  use: (run: string) => Promise<Result>,
): Promise<Result> {
  const { run, drop } = await makeScratch(store, async (fresh) => {
    for (const table of VERSION_TABLES) {
      // The grammar takes no parameter after AS; the names are the constants above.
      await store.command(`CREATE TABLE {run:Identifier}.{table:Identifier} AS ${table}`, {
        run: fresh,
        table,
      });
    }
  });
  try {
    return await use(run);
  } finally {
    await drop();
  }
}

/**
 * Moves what was staged under '' to `version`, table by table, and enters the version last: one that broke off does not
 * exist and is put together again. Two programs that do the same at once replace the same by the same.
 */
export async function seal(store: Store, run: string, version: BaselineVersion): Promise<void> {
  for (const table of VERSION_TABLES) {
    const columns = (await columnsOf(store, table)).join(', ');
    await store.command(
      `INSERT INTO {run:Identifier}.{table:Identifier} (version, ${columns})
       SELECT {version:String}, ${columns} FROM {run:Identifier}.{table:Identifier} WHERE version = ''`,
      { run, table, version: version.version },
    );
    const [staged] = await store.rows<{ n: string }>(
      'SELECT count() AS n FROM {run:Identifier}.{table:Identifier} WHERE version = {version:String}',
      { run, table, version: version.version },
    );
    await store.command(
      staged?.n === '0'
        ? `ALTER TABLE ${table} DROP PARTITION {version:String}`
        : // No parameter is taken after FROM; `run` is random hexadecimal digits made here.
          `ALTER TABLE ${table} REPLACE PARTITION {version:String} FROM ${run}.${table}`,
      { version: version.version },
    );
  }
  await store.insert('baseline_versions', [
    { ...version, created_at: engineTime(new Date(version.created_at).toISOString()) },
  ]);
}

/** Columns that are content, in the order of the table. */
export async function columnsOf(store: Store, table: VersionTable): Promise<readonly string[]> {
  const rows = await store.rows<{ name: string }>(
    `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String}
       AND name NOT IN ('version', 'built_on') ORDER BY position`,
    { table },
  );
  return rows.map(({ name }) => name);
}
