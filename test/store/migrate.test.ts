import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.js';
import type { Migration } from '../../src/store/migration.js';
import type { Store } from '../../src/store/store.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-migrate-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function part(version: number, name: string): Migration {
  const path = join(directory, `${name}.sql`);
  writeFileSync(path, `CREATE TABLE IF NOT EXISTS ${name} (x UInt8) ENGINE = Memory;\n`);
  return { version, name, file: pathToFileURL(path), kept: false };
}

/** A store that keeps what it was told, and breaks off at one table. */
function storeThat(breaksAt?: string): { store: Store; made: string[]; noted: unknown[] } {
  const made: string[] = [];
  const noted: unknown[] = [];
  const command = (statement: string, values?: unknown): Promise<void> => {
    if (statement.startsWith('INSERT INTO schema_versions')) noted.push(values);
    const table = /EXISTS (\w+) \(x/.exec(statement)?.[1];
    if (table !== undefined && table === breaksAt) return Promise.reject(new Error('broken off'));
    if (table !== undefined) made.push(table);
    return Promise.resolve();
  };
  const store = { command, rows: () => Promise.resolve([]), temporary: false, target: 'x' };
  return { store: store as unknown as Store, made, noted };
}

it('notes a version when all rooms have done their part in it, and once', async () => {
  const parts = [part(1, 'a'), part(2, 'b'), part(2, 'c')];
  const broken = storeThat('c');
  await expect(migrate(broken.store, parts)).rejects.toThrow('broken off');
  expect(broken.noted).toEqual([{ version: 1, name: 'a' }]);
  const whole = storeThat();
  await migrate(whole.store, parts);
  expect(whole.made).toEqual(['a', 'b', 'c']);
  expect(whole.noted).toEqual([
    { version: 1, name: 'a' },
    { version: 2, name: 'b, c' },
  ]);
});
