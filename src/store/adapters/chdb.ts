import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createClient, type ClickHouseSettings } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { failure, firstLine } from '../../ground/errors.js';
import { lockDirectory } from '../directory-lock.js';
import type { LineFile, SqlParams, Store } from '../store.js';
import { SILENT, statements } from './statements.js';

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;

/** ClickHouse in this process over a directory, or over a temporary one: the engine reads files itself. */
export function openDirectory(target: string | undefined, memory: ClickHouseSettings): Store {
  const temporary = target === undefined;
  const directory = temporary ? mkdtempSync(join(tmpdir(), 'outflow-')) : resolve(target);
  try {
    makeDirectory(directory);
  } catch (error) {
    throw failure('OF_STORE_UNAVAILABLE.notCreated', { store: directory }, error);
  }
  const unlock = lockDirectory(directory);
  const removeLeftovers = (): void => {
    unlock();
    if (temporary) rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', removeLeftovers);
  const closed = (): void => {
    process.removeListener('exit', removeLeftovers);
    removeLeftovers();
  };
  let connection: ClientConnection;
  try {
    // The two packages each carry the same Connection interface under their own names; TypeScript compares the names.
    connection = createChdbConnection({ path: join(directory, 'chdb') }) as unknown as ClientConnection;
  } catch (error) {
    closed();
    throw firstLine(error).includes('only one active data directory')
      ? failure('OF_STORE_BUSY.engine', { store: directory }, error)
      : failure('OF_STORE_UNAVAILABLE.unusable', { store: directory }, error);
  }
  const client = createClient({ connection, log: SILENT });
  const run = statements(client, memory);
  return {
    ...run,
    engine: 'chdb',
    target: directory,
    database: 'default',
    temporary,
    exclusive: true,
    insertLines: (sql, params, file, settings) => insertFromFile(run.command, sql, params, file, settings),
    close: async () => {
      await client.close();
      closed();
    },
  };
}

/** Node's recursive mkdir never returns below file systems that refuse new entries with ENOENT (/proc). */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  mkdirSync(directory);
}

async function insertFromFile(
  command: Store['command'],
  sql: string,
  params: SqlParams,
  { path: given, compression, truncated, open }: LineFile,
  settings: ClickHouseSettings = {},
): Promise<void> {
  const spool = mkdtempSync(join(tmpdir(), 'outflow-landing-'));
  try {
    // The engine would take `*`, `{a,b}` or `::` in a file name for a pattern or an archive, so it gets a plain one.
    const path = join(spool, 'lines');
    if (truncated) await pipeline(open(), createWriteStream(path));
    else symlinkSync(resolve(given), path);
    await command(
      sql.replace(
        '{lines}',
        () => `file({path:String}, 'LineAsString', 'line String', {compression:String})`,
      ),
      { ...params, path, compression: truncated ? 'none' : compression },
      // chDB would map the file, and all of it would count as memory of this process.
      { ...settings, storage_file_read_method: 'pread' },
    );
  } finally {
    rmSync(spool, { recursive: true, force: true });
  }
}
