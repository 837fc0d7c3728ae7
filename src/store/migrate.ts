import { failure } from '../ground/errors.js';
import { loadStatements } from '../ground/sql-file.js';
import type { Migration } from './migration.js';
import type { Store } from './store.js';

/**
 * Brings the tables to this version. Every statement is `IF NOT EXISTS`, so two processes may run it at once and a
 * crash half way is repaired by the next start.
 *
 * @throws OutflowError OF_STORE_NEWER when a later Outflow wrote the store
 */
export async function migrate(store: Store, migrations: readonly Migration[]): Promise<void> {
  await store.command(
    `CREATE TABLE IF NOT EXISTS schema_versions (version UInt32, name String, applied_at DateTime64(3, 'UTC'))
     ENGINE = ReplacingMergeTree ORDER BY version
     SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  );
  const applied = await store.rows<{ version: number }>('SELECT DISTINCT version FROM schema_versions');
  const versions = new Set(applied.map((row) => row.version));
  const known = migrations.filter(({ kept }) => !store.temporary || !kept);
  const newest = Math.max(...known.map((migration) => migration.version));
  const tooNew = Math.max(0, ...versions);
  if (tooNew > newest) {
    throw failure('OF_STORE_NEWER', { store: store.target, schema: tooNew, known: newest });
  }
  for (const version of new Set(known.map((migration) => migration.version))) {
    if (versions.has(version)) continue;
    const parts = known.filter((migration) => migration.version === version);
    for (const statement of parts.flatMap(({ file }) => loadStatements(file))) {
      await store.command(store.temporary ? forOneRun(statement) : statement);
    }
    // Once, when all rooms have done their part: one that breaks off half way is done again as a whole.
    await store.command('INSERT INTO schema_versions SELECT {version:UInt32}, {name:String}, now64(3)', {
      version,
      name: parts.map(({ name }) => name).join(', '),
    });
  }
}

/**
 * A temporary store is thrown away with its run. Nobody relies on its acknowledgements, and merging parts that are read
 * once costs more than it saves: only small ones (of small files) are merged, so that their number stays bounded. It is
 * read as a whole, so the days of its observations need no partitions.
 */
function forOneRun(statement: string): string {
  return statement
    .replace(/^PARTITION BY if\(.*\n/m, '')
    .replace(
      'SETTINGS fsync_after_insert = 1, fsync_part_directory = 1',
      'SETTINGS max_bytes_to_merge_at_max_space_in_pool = 4000000',
    );
}
