import type { Store } from '../store/store.js';

/** How long a holder may take; after that it is taken for dead. Appending takes milliseconds. */
const STALE_MS = 10_000;
const RETRY_MS = 20;

/** The end of the queue of each store of this process. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `append` while nobody else appends to `table` of this store: neither in this process, nor, on a server, in
 * another one. A table that exists is the only thing a server lets one program alone create. Where a holder died, its
 * lock is ignored after ten seconds: two programs may then append at once, which the history allows for.
 */
export async function whileAlone<T>(
  store: Store,
  table: string,
  append: () => Promise<T>,
  staleMs = STALE_MS,
): Promise<T> {
  const key = `${store.target}\n${table}`;
  const run = (): Promise<T> => (store.exclusive ? append() : whileLocked(store, table, append, staleMs));
  const turn = (queues.get(key) ?? Promise.resolve()).then(run, run);
  queues.set(key, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === turn) queues.delete(key);
  }
}

async function whileLocked<T>(
  store: Store,
  table: string,
  append: () => Promise<T>,
  staleMs: number,
): Promise<T> {
  const lock = `${table}_lock`;
  await take(store, lock, staleMs);
  try {
    return await append();
  } finally {
    await store.command('DROP TABLE IF EXISTS {lock:Identifier}', { lock });
  }
}

async function take(store: Store, lock: string, staleMs: number): Promise<void> {
  let holder = '';
  let since = Date.now();
  for (;;) {
    try {
      await store.command('CREATE TABLE {lock:Identifier} (held UInt8) ENGINE = Memory', { lock });
      return;
    } catch (error) {
      if (!alreadyExists(error)) throw error;
    }
    const current = await holderOf(store, lock);
    if (current !== holder) [holder, since] = [current, Date.now()];
    if (Date.now() - since >= staleMs) return;
    // Not all at the same moment again.
    await new Promise((wake) => setTimeout(wake, RETRY_MS * (0.5 + Math.random())));
  }
}

/** Tells one holding of the lock from the next. */
async function holderOf(store: Store, lock: string): Promise<string> {
  const [row] = await store.rows<{ uuid: string }>(
    'SELECT toString(uuid) AS uuid FROM system.tables WHERE database = currentDatabase() AND name = {lock:String}',
    { lock },
  );
  return row?.uuid ?? '';
}

function alreadyExists(error: unknown): boolean {
  return error instanceof Error && /already exists|TABLE_ALREADY_EXISTS/.test(error.message);
}
