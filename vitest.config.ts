import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testsByNeed, type Need } from './test/support/test-needs.js';

const tests = testsByNeed();

const timeouts = { testTimeout: 120_000, hookTimeout: 120_000 } as const;
/** Native addons crash worker threads, so tests of an engine run in processes of their own. */
const withEngine = { ...timeouts, pool: 'forks' } as const;

const NO_ENGINE = fileURLToPath(new URL('./test/support/no-engine.ts', import.meta.url));

const include = (need: Need): string[] => [...tests[need]];

// A project for each thing that has to stand before its tests run: of a selection, only what it needs is made.
export default defineConfig({
  test: {
    poolOptions: {
      // Each may hold an engine with a gigabyte.
      forks: { maxForks: 2 },
      // These keep nothing in a module between tests, and loading the sources for each is most of their time.
      threads: { maxThreads: 2, isolate: false },
    },
    projects: [
      {
        test: {
          ...timeouts,
          name: 'fast',
          pool: 'threads',
          include: include('nothing'),
          alias: [{ find: /^(?:chdb\/connection|@clickhouse\/client)$/, replacement: NO_ENGINE }],
        },
      },
      {
        test: {
          ...withEngine,
          name: 'engine',
          include: include('engine'),
          globalSetup: ['test/support/server-setup.ts'],
        },
      },
      {
        test: {
          ...withEngine,
          name: 'command',
          include: include('command'),
          globalSetup: ['test/support/build-setup.ts', 'test/support/server-setup.ts'],
        },
      },
    ],
  },
});
