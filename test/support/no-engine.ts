/**
 * Stands for the packages that open an engine in tests that need none (vitest.config.ts): one that opens an engine all
 * the same fails, and says why.
 */
export * from '../../node_modules/@clickhouse/client/dist/index.js';

export function createClient(): never {
  return refuse();
}

export function createChdbConnection(): never {
  return refuse();
}

function refuse(): never {
  throw new Error('this test opens an engine, but test/support/test-needs.ts found no way from it to one');
}
