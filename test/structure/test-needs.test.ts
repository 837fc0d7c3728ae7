import { describe, expect, it } from 'vitest';
import { testsByNeed } from '../support/test-needs.js';

const tests = testsByNeed();

describe('what tests need', () => {
  it('is nothing for pure functions, an engine for a store, the build for the command', () => {
    expect(tests.nothing).toContain('test/ground/units.test.ts');
    // By its helper alone.
    expect(tests.engine).toContain('test/sources/unified-log-apps.test.ts');
    // By a process that it starts.
    expect(tests.engine).toContain('test/store/store.test.ts');
    expect(tests.engine).toContain('test/support/clickhouse-server.test.ts');
    expect(tests.command).toContain('test/cli/detect.test.ts');
  });

  it('leaves no test out, and names none twice', () => {
    const all = [...tests.nothing, ...tests.engine, ...tests.command];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(90);
    expect(tests.nothing.length).toBeGreaterThan(50);
  });

  it('is held to: a test of the fast ones opens no engine', async () => {
    // A name that is only known at run time is what the way to an engine cannot be read off.
    const name = 'open-store';
    const { openStore } = (await import(
      new URL(`../../src/service/${name}.js`, import.meta.url).href
    )) as typeof import('../../src/service/open-store.js');
    for (const target of [undefined, 'http://127.0.0.1:1/none']) {
      await expect(openStore(target)).rejects.toThrow(/test-needs\.ts found no way/);
    }
  });
});
