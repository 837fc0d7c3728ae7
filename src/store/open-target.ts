import { failure, OutflowError } from '../ground/errors.js';
import { openDirectory } from './adapters/chdb.js';
import { connectServer } from './adapters/server.js';
import { memorySettings } from './memory.js';
import { migrate } from './migrate.js';
import type { Migration } from './migration.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** Upper bound for the engine's working memory in bytes; it spills to disk beyond its share. Default 700 MiB. */
  readonly memoryBytes?: number | undefined;
}

/** The default keeps the whole process, code pages and JavaScript heap included, below 1.5 GB. */
export const DEFAULT_MEMORY_BYTES = 700 * 1024 * 1024;

/** Whether a target names a server rather than a directory. */
export const isServer = (target: string): boolean => /^https?:\/\//.test(target);

/**
 * Opens the store named by `target`: an `http(s)://` URL is a ClickHouse server, anything else a directory for chDB,
 * nothing a temporary one. Tables are created or upgraded.
 *
 * @param migrations of all rooms, by version
 * @throws OutflowError OF_STORE_UNAVAILABLE, OF_STORE_BUSY, OF_STORE_NEWER
 */
export async function openTarget(
  target: string | undefined,
  migrations: readonly Migration[],
  options: StoreOptions = {},
): Promise<Store> {
  const memory = memorySettings(options.memoryBytes ?? DEFAULT_MEMORY_BYTES);
  const store =
    target !== undefined && isServer(target)
      ? await connectServer(target, memory)
      : openDirectory(target, memory);
  try {
    await migrate(store, migrations);
    return store;
  } catch (error) {
    await store.close();
    throw error instanceof OutflowError
      ? error
      : failure('OF_STORE_UNAVAILABLE.unusable', { store: store.target }, error);
  }
}
