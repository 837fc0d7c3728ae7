import type { Config } from '../config/schema.js';
import { failure } from '../ground/errors.js';
import type { Store } from '../store/store.js';
import { isMissing, openStore, refuseMissing } from './open-store.js';

export interface SessionOptions {
  /** Directory or URL of the store; undefined where each run has a temporary one. */
  readonly store: string | undefined;
  readonly memoryBytes: number | undefined;
  readonly config: Config;
  readonly actor: string;
  readonly clock: () => Date;
}

/** One store for all use cases: opened by the first that needs it, with one write at a time. */
export interface Session {
  readonly options: SessionOptions;
  /** The time of the clock, ISO 8601. */
  readonly now: () => string;
  /** Directory or URL without credentials; undefined until the store is open. */
  readonly target: () => string | undefined;
  /** Whether a call has made the store, in a directory that was none. */
  readonly created: () => boolean;
  /** Does `work` at once, beside whatever else goes on; the store has to exist. */
  readonly read: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
  /** Does `work` when all writes before it have ended; the store has to exist. */
  readonly write: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
  /** A write that has something to do before it opens the store, or without it. `creates`: it may make the store. */
  readonly turn: <T>(work: (open: (creates: boolean) => Promise<Store>) => Promise<T>) => Promise<T>;
  /** Reads piece by piece; counts as going on until the iteration ends. */
  readonly stream: <T>(read: (store: Store) => AsyncIterable<T>) => AsyncGenerator<T>;
  /** Waits for what goes on, then closes the store. All calls after it are refused. */
  readonly close: () => Promise<void>;
}

export function newSession(options: SessionOptions): Session {
  const going = new Set<Promise<unknown>>();
  let lastWrite: Promise<unknown> = Promise.resolve();
  let opening: Promise<Store> | undefined;
  let target: string | undefined;
  let created = false;
  let closing: Promise<void> | undefined;

  const open = async (creates: boolean): Promise<Store> => {
    if (options.store === undefined) throw failure('OF_USAGE.noStore');
    if (opening === undefined && !creates) refuseMissing(options.store);
    const missing = opening === undefined && isMissing(options.store);
    const mine = (opening ??= openStore(options.store, { memoryBytes: options.memoryBytes }));
    try {
      const store = await mine;
      target = store.target;
      created ||= missing;
      return store;
    } catch (error) {
      // Whoever comes next tries again.
      if (opening === mine) opening = undefined;
      throw error;
    }
  };

  const track = <T>(start: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) return Promise.reject(failure('OF_USAGE.closed'));
    const work = start();
    going.add(work);
    const ended = (): void => {
      going.delete(work);
    };
    work.then(ended, ended);
    return work;
  };

  const queued = <T>(work: () => Promise<T>): Promise<T> =>
    track(() => {
      const mine = lastWrite.then(work, work);
      lastWrite = mine;
      return mine;
    });

  return {
    options,
    now: () => options.clock().toISOString(),
    target: () => target,
    created: () => created,
    read: (work) => track(async () => work(await open(false))),
    write: (work) => queued(async () => work(await open(false))),
    turn: (work) => queued(() => work(open)),
    stream: async function* (read) {
      if (closing !== undefined) throw failure('OF_USAGE.closed');
      let end = (): void => undefined;
      void track(
        () =>
          new Promise<void>((done) => {
            end = done;
          }),
      );
      try {
        yield* read(await open(false));
      } finally {
        end();
      }
    },
    close: () =>
      (closing ??= (async () => {
        await Promise.allSettled(going);
        // One that could not be opened was told to whoever asked for it.
        const store = await opening?.catch(() => undefined);
        await store?.close();
      })()),
  };
}
