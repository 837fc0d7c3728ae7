import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { landFile, type LandOptions } from '../../src/landing/land-file.js';
import { type Store } from '../../src/store/store.js';
import { openStore } from '../../src/service/open-store.js';
import type { Source } from '../../src/sources/source.js';
import { describeEngines } from '../support/engines.js';
import { TEST_SOURCES } from '../support/line-source.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-ledger-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(name: string, bytes: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const land = (store: Store, path: string, options: LandOptions = {}) =>
  landFile(store, { path, shown: path, explicit: true }, { sources: TEST_SOURCES, ...options });

/** What a reader of the store sees: rows of tries that count. */
async function countedFlows(store: Store): Promise<number> {
  const [row] = await store.rows<{ flows: string }>(
    'SELECT count() AS flows FROM flow_observations WHERE attempt IN (SELECT attempt FROM counted_attempts)',
  );
  return Number(row?.flows);
}

async function ledger(store: Store): Promise<{ lines: number; accepted: number; rejected: number }[]> {
  const rows = await store.rows<Record<'lines' | 'accepted' | 'rejected', string>>(
    'SELECT lines, accepted, rejected FROM counted_attempts ORDER BY file, lines',
  );
  return rows.map((row) => ({
    lines: Number(row.lines),
    accepted: Number(row.accepted),
    rejected: Number(row.rejected),
  }));
}

describeEngines('ledger', ({ id, open, newTarget }) => {
  it('balances: lines in are lines accepted and rejected', async () => {
    const store = await open();
    await land(store, write('balance', 'ok a\nbad\n\nok b\n'));
    expect(await ledger(store)).toEqual([{ lines: 4, accepted: 2, rejected: 2 }]);
    expect(
      await store.rows(
        'SELECT kind, reason, toUInt8(sum(lines)) AS lines FROM landed GROUP BY ALL ORDER BY kind',
      ),
    ).toEqual([
      { kind: 'reject', reason: 'not_ok', lines: 2 },
      { kind: 'flow', reason: '', lines: 2 },
    ]);
  });

  it('counts content once, however often and under whatever name it is read', async () => {
    const store = await open();
    const text = 'ok a\nok b\nbad\n';
    const first = await land(store, write('once.1', text));
    const second = await land(store, write('once.2', text));
    expect(first).toMatchObject({ known: false, lines: 3, accepted: 2, rejected: 1 });
    expect(second).toMatchObject({ known: true, lines: 3, accepted: 2, rejected: 1 });
    expect(await countedFlows(store)).toBe(2);
  });

  it('counts the same lines of two hosts twice', async () => {
    const store = await open();
    await land(store, write('one.log', 'ok a\n'));
    await land(store, write('two.log', 'ok a\n'));
    expect(await countedFlows(store)).toBe(2);
  });

  it('takes a file that has grown as new content', async () => {
    const store = await open();
    await land(store, write('growing', 'ok a\n'));
    expect(await land(store, write('growing', 'ok a\nok b\n'))).toMatchObject({ known: false, lines: 2 });
  });

  it('does not count a try that broke off, and counts the next one', async () => {
    const store = await open();
    const path = write('broken', 'ok a\nok b\n');
    const failing: Store = {
      ...store,
      command: async (sql, params, settings) => {
        if (params?.['state'] === 'done') throw new Error('power cut');
        await store.command(sql, params, settings);
      },
    };
    await expect(land(failing, path)).rejects.toThrow('power cut');
    expect(await countedFlows(store)).toBe(0);
    expect(await land(store, path)).toMatchObject({ known: false, accepted: 2 });
    expect(await countedFlows(store)).toBe(2);
    const [tries] = await store.rows(`SELECT uniqExact(attempt) AS attempts FROM batches`);
    expect(tries).toEqual({ attempts: '2' });
  });

  it('uses nothing of an adapter that loses lines', async () => {
    const lossy: Source = {
      id: 'test-lossy',
      title: 'Loses a line',
      carries: { process: false, signing: false, bytes: false, duration: false, open_connections: false },
      namesHost: true,
      recognise: () => ({ variant: 'any' }),
      plan: () => ({ sql: `SELECT 'flow' AS kind FROM {lines} WHERE line != 'lost'`, params: {} }),
    };
    const store = await open();
    const path = write('lossy', 'kept\nlost\n');
    await expect(land(store, path, { sources: [lossy] })).rejects.toMatchObject({
      code: 'OF_LEDGER_UNBALANCED',
      exitCode: 4,
      message: expect.stringMatching(/2 lines in the file, 1 accounted for/) as string,
    });
    expect(await countedFlows(store)).toBe(0);
  });

  it('compares compressed files by their bytes', async () => {
    const store = await open();
    await land(store, write('plain.a', 'ok a\n'));
    expect(await land(store, write('plain.a.gz', gzipSync('ok a\n')))).toMatchObject({ known: false });
  });

  it('keeps what was acknowledged when the store is opened again', async () => {
    const target = newTarget();
    const path = write('again', 'ok a\nok b\n');
    await land(await open(target), path);
    const store = await open(target);
    expect(await countedFlows(store)).toBe(2);
    expect(await land(store, path)).toMatchObject({ known: true });
  });

  it.runIf(id === 'clickhouse')('counts a batch once that two processes land at the same time', async () => {
    const target = newTarget();
    const path = write('both', Array.from({ length: 20_000 }, (_, at) => `ok ${at}\n`).join(''));
    const stores = await Promise.all([openStore(target), openStore(target)]);
    const landed = await Promise.all(stores.map((store) => land(store, path)));
    for (const result of landed) expect(result).toMatchObject({ lines: 20_000, accepted: 20_000 });
    expect(await countedFlows(stores[0])).toBe(20_000);
    await Promise.all(stores.map((store) => store.close()));
  });
});
