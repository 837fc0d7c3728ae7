import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startClickHouse } from './clickhouse-server.js';

const present = {
  c: ['cc', 'gcc', 'clang'].some((compiler) => spawnSync(compiler, ['--version']).status === 0),
  python: spawnSync('python3', ['-c', 'import ctypes']).status === 0,
};

describe('ClickHouse server for tests', () => {
  for (const launcher of ['c', 'python'] as const) {
    it.skipIf(!present[launcher])(`serves both ports through the ${launcher} launcher and ends`, async () => {
      const server = await startClickHouse({ launcher, lifetimeSeconds: 60 });
      if (typeof server === 'string') throw new Error(server);
      const response = await fetch(`${server.url}/?query=SELECT%20tcpPort()`);
      expect((await response.text()).trim()).toBe(String(server.tcpPort));
      await server.stop();
      await expect(fetch(server.url)).rejects.toThrow();
    });
  }
});
