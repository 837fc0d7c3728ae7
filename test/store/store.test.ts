import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dropLeftovers, makeScratch } from '../../src/store/scratch.js';
import { openStore } from '../../src/service/open-store.js';
import { startEngineProcess } from '../support/engine-process.js';
import { describeEngines } from '../support/engines.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-store-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const TABLES = `
  SELECT name FROM system.tables WHERE database = currentDatabase() AND NOT startsWith(name, '.inner') ORDER BY name`;

describeEngines('store', ({ id, open, newTarget }) => {
  it('has all tables after opening, and the same after opening again', async () => {
    const target = newTarget();
    const first = await open(target);
    const tables = await first.rows<{ name: string }>(TABLES);
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['batches', 'flow_observations', 'landing', 'process_observations', 'rejects']),
    );
    const second = await open(target);
    expect(await second.rows(TABLES)).toEqual(tables);
    const versions = await second.rows('SELECT version FROM schema_versions ORDER BY version, applied_at');
    expect(versions).toEqual(
      await second.rows('SELECT DISTINCT version FROM schema_versions ORDER BY version'),
    );
  });

  it('repairs an upgrade that broke off half way', async () => {
    const target = newTarget();
    const store = await open(target);
    await store.command('DROP TABLE landing_to_flow');
    await store.command('TRUNCATE TABLE schema_versions');
    const repaired = await open(target);
    expect(await repaired.rows(`EXISTS TABLE landing_to_flow`)).toEqual([{ result: 1 }]);
  });

  it('refuses a store that a newer Outflow wrote', async () => {
    const target = newTarget();
    const store = await open(target);
    await store.command(`INSERT INTO schema_versions VALUES (9999, '9999-later.sql', now64(3))`);
    await expect(open(target)).rejects.toMatchObject({
      code: 'OF_STORE_NEWER',
      exitCode: 4,
      message: expect.stringContaining('9999') as string,
    });
  });

  it('binds parameters as values, never as SQL', async () => {
    const store = await open();
    const hostile = `'; DROP TABLE batches; -- \\ \n\t\0 {x:String} 💧`;
    expect(await store.rows('SELECT {value:String} AS value', { value: hostile })).toEqual([
      { value: hostile },
    ]);
    expect(
      await store.rows('SELECT {values:Array(String)} AS values', { values: [hostile, 'it’s', ''] }),
    ).toEqual([{ values: [hostile, 'it’s', ''] }]);
  });

  it('gives 64-bit integers without loss', async () => {
    const store = await open();
    expect(await store.rows('SELECT toUInt64(18446744073709551615) AS n')).toEqual([
      { n: '18446744073709551615' },
    ]);
  });

  it('rejects with the words of the engine, on one line', async () => {
    const store = await open();
    await expect(store.rows('SELECT no_such_column')).rejects.toThrow(/no_such_column/);
    await expect(store.command('INSERT INTO no_such_table SELECT 1')).rejects.toThrow(/no_such_table/);
  });

  it('keeps a query within its memory by spilling to disk', async () => {
    const store = await open(undefined, { memoryBytes: 256e6 });
    const rows = await store.rows(
      `SELECT count() AS groups FROM (SELECT number, groupArray(toString(number)) FROM numbers(3000000) GROUP BY number)`,
    );
    expect(rows).toEqual([{ groups: '3000000' }]);
    await expect(
      store.rows('SELECT length(groupArray(toString(number))) FROM numbers(30000000)'),
    ).rejects.toThrow(/memory limit/i);
  });

  it.runIf(id === 'clickhouse')('is set up by two processes at the same time', async () => {
    const target = newTarget();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(target)));
    const tables = await stores[0]!.rows<{ name: string }>(TABLES);
    expect(tables.map(({ name }) => name)).toContain('landing_to_flow');
    for (const store of stores) await store.close();
  });

  it.runIf(id === 'clickhouse')('never shows credentials of its URL', async () => {
    const target = newTarget().replace('http://', 'http://default:@');
    const store = await open(target);
    expect(store.target).not.toContain('@');
  });
});

describe('store in a directory', () => {
  it('removes a temporary store', async () => {
    const store = await openStore();
    expect(existsSync(store.target)).toBe(true);
    await store.close();
    expect(existsSync(store.target)).toBe(false);
  });

  it('names the holder when another process has it, and opens once that one has ended', async () => {
    const target = join(directory, 'held');
    const holder = startEngineProcess('hold', [target]);
    await holder.said('opened');
    await expect(openStore(target)).rejects.toMatchObject({
      code: 'OF_STORE_BUSY',
      exitCode: 4,
      message: expect.stringContaining(`process ${holder.child.pid}`) as string,
    });
    holder.child.kill('SIGKILL');
    await holder.ended;
    const store = await openStore(target);
    expect(await store.rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
    await store.close();
  });

  it('drops the working tables that a run left behind, and none that one works in', async () => {
    const store = await openStore(join(directory, 'leftovers'));
    await store.command('CREATE DATABASE outflow_run_left');
    const { run, drop } = await makeScratch(store, () => Promise.resolve());
    const names = async () =>
      (
        await store.rows<{ name: string }>(
          "SELECT name FROM system.databases WHERE startsWith(name, 'outflow_run_') ORDER BY name",
        )
      ).map(({ name }) => name);
    await dropLeftovers(store);
    expect(await names()).toEqual([run]);
    await drop();
    expect(await names()).toEqual([]);
    await store.close();
  });

  it('refuses a second directory in one process, leaves nothing locked, and opens it when the first is closed', async () => {
    const store = await openStore(join(directory, 'first'));
    const target = join(directory, 'second');
    await expect(openStore(target)).rejects.toMatchObject({ code: 'OF_STORE_BUSY', exitCode: 4 });
    expect(existsSync(join(target, 'outflow.lock'))).toBe(false);
    expect(await store.rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
    await store.close();
    await (await openStore(target)).close();
  });

  it('refuses to open twice in one process, and leaves the first alone', async () => {
    const target = join(directory, 'twice');
    const store = await openStore(target);
    await expect(openStore(target)).rejects.toMatchObject({ code: 'OF_STORE_BUSY' });
    expect(await store.rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
    await store.close();
    expect(existsSync(join(target, 'outflow.lock'))).toBe(false);
  });

  it.each([
    ['a process that is gone', '999999999'],
    ['an earlier process with the same number', String(process.pid)],
    ['nobody', ''],
    ['nonsense', 'not a number'],
  ])('takes over a lock left by %s', async (_name, content) => {
    const target = join(directory, `stale-${content}`);
    mkdirSync(target);
    writeFileSync(join(target, 'outflow.lock'), content);
    const store = await openStore(target);
    await store.close();
  });

  it('is opened by exactly one of two processes that come at once', async () => {
    const target = join(directory, 'race');
    const processes = [startEngineProcess('hold', [target]), startEngineProcess('hold', [target])];
    const first = await Promise.race(
      processes.map(({ ended }, at) => ended.then((result) => ({ ...result, other: processes[1 - at]! }))),
    );
    expect(first).toMatchObject({ code: 4, output: expect.stringContaining('OF_STORE_BUSY') as string });
    await first.other.said('opened');
    first.other.child.kill('SIGKILL');
    await first.other.ended;
  });

  it('reports a place where no store can be', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    await expect(openStore(file)).rejects.toMatchObject({ code: 'OF_STORE_UNAVAILABLE', exitCode: 4 });
    await expect(openStore(join(file, 'below'))).rejects.toMatchObject({ code: 'OF_STORE_UNAVAILABLE' });
  });

  it.skipIf(process.getuid?.() === 0)('reports a directory it may not write to', async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await expect(openStore(closed)).rejects.toMatchObject({ code: 'OF_STORE_UNAVAILABLE' });
  });
});

describe('store at a URL', () => {
  it('reports a server that does not answer, without credentials', async () => {
    const error: unknown = await openStore('http://someone:secret@127.0.0.1:9').catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
      exitCode: 4,
      message: expect.stringContaining('http://127.0.0.1:9/outflow') as string,
    });
    expect((error as Error).message).not.toContain('secret');
    expect((error as Error).message).not.toContain('\n');
  });

  it('reports a server that is no ClickHouse', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end('<h1>Not found</h1>'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    await expect(openStore(`http://127.0.0.1:${port}/x`)).rejects.toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
    });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it.each(['http://', 'https://[bad/x'])('reports %s, which is no URL', async (target) => {
    await expect(openStore(target)).rejects.toMatchObject({ code: 'OF_STORE_UNAVAILABLE' });
  });
});
