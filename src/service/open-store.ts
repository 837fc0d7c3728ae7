import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../ground/errors.js';
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
 * Refuses a directory that is no store: a mistyped one must not become a new store in which nothing was found.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE
 */
export function refuseMissing(target: string): void {
  if (isMissing(target)) throw failure('OF_STORE_UNAVAILABLE.missing', { store: target });
}

/** Whether a directory is no store. Of a server only opening it tells. */
export const isMissing = (target: string): boolean => !isServer(target) && !existsSync(join(target, 'chdb'));
