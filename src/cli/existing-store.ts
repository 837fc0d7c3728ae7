import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Store } from '../store/store.js';
import { openStore } from '../service/open-store.js';
import { OutflowError } from '../ground/errors.js';

/**
 * Opens a store that exists. A mistyped directory must not become a new store in which nothing was found.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE and those of openStore
 */
export function openExistingStore(target: string): Promise<Store> {
  if (!/^https?:\/\//.test(target) && !existsSync(join(target, 'chdb')))
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      `there is no store at ${target}. Check the path, or make one with outflow ingest PATH… --store ${target}.`,
    );
  return openStore(target);
}

/** Does `work` with a store and closes it, whatever happens. */
export async function thenClose<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
