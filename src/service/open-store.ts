import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OutflowError } from '../ground/errors.js';
import { isServer, openTarget, type StoreOptions } from '../store/open-target.js';
import type { Store } from '../store/store.js';
import { MIGRATIONS } from './tables.js';

/**
 * Opens the store named by `target`, with the tables of all rooms; without one a temporary store.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE, OF_STORE_BUSY, OF_STORE_NEWER
 */
export function openStore(target?: string, options: StoreOptions = {}): Promise<Store> {
  return openTarget(target, MIGRATIONS, options);
}

/**
 * Opens a store that exists. A mistyped directory must not become a new store in which nothing was found.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE and those of {@link openStore}
 */
export function openExistingStore(target: string, options: StoreOptions = {}): Promise<Store> {
  if (!isServer(target) && !existsSync(join(target, 'chdb')))
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      `there is no store at ${target}. Check the path, or make one with outflow ingest PATH… --store ${target}.`,
    );
  return openStore(target, options);
}
