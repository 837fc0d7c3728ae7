import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject } from 'vitest';
import { type Store } from '../../src/store/store.js';
import { openStore } from '../../src/service/open-store.js';
import { type StoreOptions } from '../../src/store/open-target.js';
import { SERVER_SUITE } from './server-suite.js';

export interface TestEngine {
  readonly id: Store['engine'];
  /**
   * Opens a store: an empty one that is thrown away, or the one at `target`. chDB holds one store per process, so the
   * store opened before is closed first.
   */
  readonly open: (target?: string, options?: StoreOptions) => Promise<Store>;
  /** A fresh place for a store that outlives `open`: a directory, or the URL of a new database. */
  readonly newTarget: () => string;
}

/**
 * Declares the same tests for both engines: chDB in this process, and a real ClickHouse server over HTTP. The server
 * half is skipped where the machine cannot have one.
 *
 * @example
 * describeEngines('ledger', ({ open }) => {
 *   it('balances', async () => {
 *     const store = await open();
 *   });
 * });
 */
export function describeEngines(name: string, declare: (engine: TestEngine) => void): void {
  describe(`${name} (chDB)`, () => {
    declare(testEngine('chdb', newDirectory));
  });
  const url = serverUrl();
  describe.skipIf(url === '')(`${name} ${SERVER_SUITE}`, () => {
    declare(testEngine('clickhouse', () => newDatabase(url)));
  });
}

/** Base URL of the test server, '' when there is none. */
export function serverUrl(): string {
  const url = inject('clickhouseUrl');
  if (url === undefined)
    throw new Error('this project of vitest.config.ts lacks globalSetup: test/support/server-setup.ts');
  return url;
}

let targets = 0;

function newDirectory(): { target: string; remove: () => Promise<void> } {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-test-'));
  return {
    target: join(directory, 'store'),
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function newDatabase(url: string): { target: string; remove: () => Promise<void> } {
  const database = `test_${process.pid}_${++targets}`;
  return {
    target: `${url}/${database}`,
    remove: async () => {
      const response = await fetch(url, { method: 'POST', body: `DROP DATABASE IF EXISTS ${database} SYNC` });
      if (!response.ok) throw new Error(await response.text());
    },
  };
}

function testEngine(
  id: Store['engine'],
  make: () => { target: string; remove: () => Promise<void> },
): TestEngine {
  const removals: (() => Promise<void>)[] = [];
  let closeCurrent = (): Promise<void> => Promise.resolve();
  const newTarget = (): string => {
    const { target, remove } = make();
    removals.push(remove);
    return target;
  };
  afterAll(async () => {
    await closeCurrent();
    for (const remove of removals) await remove();
  });
  return {
    id,
    newTarget,
    open: async (target, options) => {
      await closeCurrent();
      const store = await openStore(target ?? (id === 'chdb' ? undefined : newTarget()), options);
      let closing: Promise<void> | undefined;
      closeCurrent = () => (closing ??= store.close());
      return { ...store, close: closeCurrent };
    },
  };
}
