import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { firstLine, OutflowError } from '../errors.js';
import { lockDirectory } from './directory-lock.js';
import { memorySettings } from './memory.js';
import { migrate } from './migrate.js';

type ClientConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;

/** The client would print whole queries with their parameters; errors reach the user through the catalogue instead. */
const SILENT = { level: ClickHouseLogLevel.OFF };

export type SqlParams = Readonly<Record<string, unknown>>;

/** An open store: ClickHouse SQL over chDB in this process, or over HTTP to a server. Same client, same SQL. */
export interface Store {
  readonly engine: 'chdb' | 'clickhouse';
  /** Directory or URL without credentials, for messages. */
  readonly target: string;
  /** Database of the tables. */
  readonly database: string;
  /** Made for this run and removed by `close`. */
  readonly temporary: boolean;
  /** Runs a statement that returns no rows. */
  readonly command: (sql: string, params?: SqlParams, settings?: ClickHouseSettings) => Promise<void>;
  /** Runs a query and returns its rows; for results that are small by construction. */
  readonly rows: <Row>(sql: string, params?: SqlParams, settings?: ClickHouseSettings) => Promise<Row[]>;
  /**
   * Inserts small sets of rows; every key must be a column. The engine is asked afterwards how many arrived, because
   * an insert that wrote nothing reports no error.
   */
  readonly insert: (table: string, rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>;
  /** Runs `INSERT … SELECT … FROM input(…) FORMAT LineAsString` with `lines` as the body (servers only). */
  readonly insertLines: (
    sql: string,
    params: SqlParams,
    lines: Readable,
    settings?: ClickHouseSettings,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface StoreOptions {
  /** Upper bound for the engine's working memory in bytes; it spills to disk beyond its share. Default 700 MiB. */
  readonly memoryBytes?: number;
}

/** The default keeps the whole process, code pages and JavaScript heap included, below 1.5 GB. */
export const DEFAULT_MEMORY_BYTES = 700 * 1024 * 1024;

/**
 * Opens the store named by `target`: an `http(s)://` URL is a ClickHouse server, anything else a directory for chDB,
 * nothing a temporary one. Tables are created or upgraded.
 *
 * @throws OutflowError OF_STORE_UNAVAILABLE, OF_STORE_BUSY, OF_STORE_NEWER
 */
export async function openStore(target?: string, options: StoreOptions = {}): Promise<Store> {
  const memory = memorySettings(options.memoryBytes ?? DEFAULT_MEMORY_BYTES);
  const store =
    target !== undefined && /^https?:\/\//.test(target)
      ? await connectServer(target, memory)
      : openDirectory(target, memory);
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error instanceof OutflowError
      ? error
      : new OutflowError(
          'OF_STORE_UNAVAILABLE',
          `store ${store.target} cannot be used: ${firstLine(error)}. Check the path or URL and its permissions.`,
          error,
        );
  }
}

function openDirectory(target: string | undefined, memory: ClickHouseSettings): Store {
  const temporary = target === undefined;
  const directory = temporary ? mkdtempSync(join(tmpdir(), 'outflow-')) : resolve(target);
  try {
    makeDirectory(directory);
  } catch (error) {
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      `store ${directory} cannot be created: ${firstLine(error)}. Choose a directory you may write to.`,
      error,
    );
  }
  const unlock = lockDirectory(directory);
  const removeLeftovers = (): void => {
    unlock();
    if (temporary) rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', removeLeftovers);
  // The two packages each carry the same Connection interface under their own names; TypeScript compares the names.
  const connection = createChdbConnection({ path: join(directory, 'chdb') }) as unknown as ClientConnection;
  const client = createClient({ connection, log: SILENT });
  return {
    ...statements(client, memory),
    engine: 'chdb',
    target: directory,
    database: 'default',
    temporary,
    insertLines: () => Promise.reject(new Error('chDB reads files itself')),
    close: async () => {
      await client.close();
      process.removeListener('exit', removeLeftovers);
      removeLeftovers();
    },
  };
}

/** The text is not repeated in the message: it may hold a password. */
function parseUrl(target: string): URL {
  try {
    return new URL(target);
  } catch (error) {
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      'the store URL cannot be understood. Write it as https://user:password@host:8443/database.',
      error,
    );
  }
}

/** Node's recursive mkdir never returns below file systems that refuse new entries with ENOENT (/proc). */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(directory));
  mkdirSync(directory);
}

async function connectServer(target: string, memory: ClickHouseSettings): Promise<Store> {
  const url = parseUrl(target);
  const database = url.pathname.replace(/^\/+|\/+$/g, '') || 'outflow';
  url.pathname = '';
  const shown = `${url.protocol}//${url.host}/${database}`;
  const options = {
    url: url.href,
    request_timeout: 3_600_000,
    log: SILENT,
    clickhouse_settings: {
      send_progress_in_http_headers: 1,
      http_headers_progress_interval_ms: '20000',
    } satisfies ClickHouseSettings,
  };
  const bootstrap = createClient({ ...options, database: 'default' });
  try {
    await bootstrap.command({
      query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      query_params: { database },
    });
  } catch (error) {
    throw new OutflowError(
      'OF_STORE_UNAVAILABLE',
      `store ${shown} does not answer: ${firstLine(error)}. Check that ClickHouse runs there and the credentials in the URL.`,
      error,
    );
  } finally {
    await bootstrap.close();
  }
  const client = createClient({ ...options, database });
  return {
    ...statements(client, memory),
    engine: 'clickhouse',
    target: shown,
    database,
    temporary: false,
    insertLines: async (query, query_params, values, settings) => {
      const { stream } = await client.exec({
        query,
        query_params: { ...query_params },
        values,
        clickhouse_settings: { ...PINNED, ...memory, ...settings },
      });
      stream.resume();
      await new Promise<void>((done, fail) => stream.once('end', done).once('error', fail));
    },
    close: () => client.close(),
  };
}

function statements(
  client: ClickHouseClient,
  memory: ClickHouseSettings,
): Pick<Store, 'command' | 'rows' | 'insert'> {
  const merged = (settings?: ClickHouseSettings): ClickHouseSettings => ({
    ...PINNED,
    ...memory,
    ...settings,
  });
  return {
    command: async (query, params = {}, settings) => {
      await client.command({ query, query_params: { ...params }, clickhouse_settings: merged(settings) });
    },
    rows: async <Row>(query: string, params: SqlParams = {}, settings?: ClickHouseSettings) => {
      const result = await client.query({
        query,
        query_params: { ...params },
        clickhouse_settings: merged(settings),
        format: 'JSONEachRow',
      });
      return result.json<Row>();
    },
    insert: async (table, values) => {
      const [database = '', name = ''] = table.includes('.') ? table.split('.', 2) : ['', table];
      const count = async (): Promise<number> => {
        const result = await client.query({
          query:
            database === ''
              ? 'SELECT count() AS n FROM {name:Identifier}'
              : 'SELECT count() AS n FROM {database:Identifier}.{name:Identifier}',
          query_params: { database, name },
          format: 'JSONEachRow',
        });
        const [row] = await result.json<{ n: string }>();
        return Number(row?.n ?? 0);
      };
      const before = await count();
      await client.insert({
        table,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: merged({ input_format_skip_unknown_fields: 0 }),
      });
      const written = (await count()) - before;
      if (written !== values.length)
        throw new Error(`${table}: ${written} of ${values.length} rows were written`);
    },
  };
}

/**
 * Acknowledged means on disk: no asynchronous inserts (the tables pin `fsync_after_insert` and
 * `fsync_part_directory`). 64-bit integers come as strings, since JavaScript numbers end at 2^53, and a name means a
 * column before it means an alias, as in standard SQL.
 */
const PINNED: ClickHouseSettings = {
  async_insert: 0,
  wait_for_async_insert: 1,
  output_format_json_quote_64bit_integers: 1,
  date_time_output_format: 'iso',
  prefer_column_name_to_alias: 1,
  // This rewrite is quadratic in nested SELECTs: it took two thirds of the analysis of the larger statements.
  optimize_and_compare_chain: 0,
  max_partitions_per_insert_block: '0',
};
