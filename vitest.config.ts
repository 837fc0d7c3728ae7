import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { testsByNeed, type Need } from './test/support/test-needs.js';

const tests = testsByNeed();

/** Native addons crash worker threads, so tests run in forked processes. */
const common = { pool: 'forks', testTimeout: 120_000, hookTimeout: 120_000 } as const;

const NO_ENGINE = fileURLToPath(new URL('./test/support/no-engine.ts', import.meta.url));

const include = (need: Need): string[] => [...tests[need]];

// A project for each thing that has to stand before its tests run: of a selection, only what it needs is made.
export default defineConfig({
  test: {
    pool: 'forks',
    // Each may hold an engine with a gigabyte.
    poolOptions: { forks: { maxForks: 2 } },
    projects: [
      {
        test: {
          ...common,
          name: 'fast',
          include: include('nothing'),
          alias: [{ find: /^(?:chdb\/connection|@clickhouse\/client)$/, replacement: NO_ENGINE }],
          // These keep nothing in a module between tests, and loading the sources is most of their time.
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'engine',
          include: include('engine'),
          globalSetup: ['test/support/server-setup.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'command',
          include: include('command'),
          globalSetup: ['test/support/build-setup.ts', 'test/support/server-setup.ts'],
        },
      },
    ],
  },
});
