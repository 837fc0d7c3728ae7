import type { Readable } from 'node:stream';
import type { ClickHouseSettings } from '@clickhouse/client';
import type { Compression } from '../ground/compressed-file.js';

export type SqlParams = Readonly<Record<string, unknown>>;

/** A file of lines as it lands. */
export interface LineFile {
  readonly path: string;
  readonly compression: Compression;
  /** Damaged compression: only what comes before the damage is read. */
  readonly truncated: boolean;
  /** The decompressed bytes, up to the damage where there is one. */
  readonly open: () => Readable;
}

/** An open store: ClickHouse SQL over chDB in this process, or over HTTP to a server. Same client, same SQL. */
export interface Store {
  /** For people only: what differs between the engines is told by the other properties. */
  readonly engine: 'chdb' | 'clickhouse';
  /** Directory or URL without credentials, for messages. */
  readonly target: string;
  /** Database of the tables. */
  readonly database: string;
  /** Made for this run and removed by `close`. */
  readonly temporary: boolean;
  /** Nobody but this process has it open. */
  readonly exclusive: boolean;
  /** Runs a statement that returns no rows. */
  readonly command: (sql: string, params?: SqlParams, settings?: ClickHouseSettings) => Promise<void>;
  /** Runs a query and returns its rows; for results that are small by construction. */
  readonly rows: <Row>(sql: string, params?: SqlParams, settings?: ClickHouseSettings) => Promise<Row[]>;
  /**
   * Inserts small sets of rows; every key must be a column. The engine is asked afterwards how many arrived, because
   * an insert that wrote nothing reports no error.
   */
  readonly insert: (table: string, rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>;
  /**
   * Runs an `INSERT … SELECT …` that reads `FROM {lines}`, exactly once: the lines of a file as a table of one column,
   * `line String`.
   */
  readonly insertLines: (
    sql: string,
    params: SqlParams,
    file: LineFile,
    settings?: ClickHouseSettings,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}
