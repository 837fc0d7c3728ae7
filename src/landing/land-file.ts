import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ClickHouseSettings } from '@clickhouse/client';
import { failure, OutflowError } from '../ground/errors.js';
import { recogniseSource, SOURCES } from '../sources/registry.js';
import type { FileHead, LandingPlan, Source } from '../sources/source.js';
import type { InputPath } from './discover.js';
import { measureFile, readHead, readLines, unreadable, type FileContent } from './input-file.js';
import { compressionOf, openUntilDamage, type Compression } from '../ground/compressed-file.js';
import type { SqlParams, Store } from '../store/store.js';

export interface LandOptions {
  /** Source id for every file, instead of recognising it by content. */
  readonly source?: string | undefined;
  /** Host for sources that name none, instead of the file name up to its first dot. */
  readonly host?: string | undefined;
  /** IANA zone of sources that log local time without an offset; default UTC. */
  readonly timezone?: string | undefined;
  /** The formats that are known; default all sources. */
  readonly sources?: readonly Source[];
}

export interface Landed {
  readonly file: string;
  readonly source: string;
  readonly lines: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Number of the try that counts. */
  readonly attempt: string;
  /** This content was in the store already; nothing was added. */
  readonly known: boolean;
  readonly truncated: boolean;
}

export interface Skipped {
  readonly file: string;
  readonly reason: 'unknown_format' | 'empty';
}

/**
 * Lands one file: recognises it, runs its adapter's SELECT into `landing`, and enters the result in the ledger. A file
 * whose content is in the ledger is not read again.
 *
 * @throws OutflowError OF_INPUT_UNREADABLE, OF_INPUT_UNKNOWN_FORMAT, OF_INPUT_NO_HOST, OF_LEDGER_UNBALANCED
 */
export async function landFile(
  store: Store,
  input: InputPath,
  options: LandOptions,
): Promise<Landed | Skipped> {
  let compression: Compression;
  let head: FileHead;
  try {
    compression = compressionOf(input.path);
    head = await readHead(input.path, compression);
  } catch (error) {
    throw error instanceof OutflowError ? error : unreadable(input.shown, error);
  }
  if (head.lines.every((line) => line === '')) return { file: input.shown, reason: 'empty' };

  const { sources = SOURCES, source: wanted } = options;
  const chosen = recogniseSource(
    head,
    sources.filter(({ id }) => wanted === undefined || id === wanted),
  );
  if (chosen === undefined) {
    if (!input.explicit && options.source === undefined)
      return { file: input.shown, reason: 'unknown_format' };
    const said = { file: input.shown, known: sources.map(({ id }) => id).join(', ') };
    throw options.source === undefined
      ? failure('OF_INPUT_UNKNOWN_FORMAT.file', said)
      : failure('OF_INPUT_UNKNOWN_FORMAT.asked', { ...said, source: options.source });
  }
  const { source, variant } = chosen;
  const host = options.host ?? hostFromName(input.shown);
  if (!source.namesHost && host === '') {
    throw failure('OF_INPUT_NO_HOST', { file: input.shown, source: source.id });
  }
  const plan = await source.plan({
    variant,
    path: input.path,
    head,
    host,
    date: dateOf(input.path),
    timezone: options.timezone ?? 'UTC',
    readLines: () => readLines(input.path, compression),
  });

  const landing: Landing = { store, input, compression, source, plan };
  const early = await landEarly(landing);
  const content = early?.content ?? (await measureFile(input.path, compression));
  const batch = createHash('sha256')
    .update(JSON.stringify([content.hash, source.id, source.namesHost ? '' : host]))
    .digest('hex');
  const [entry] = await store.rows<LedgerEntry>(LEDGER_ENTRY, { batch });
  if (entry?.state === 'done') {
    return {
      file: input.shown,
      source: source.id,
      lines: Number(entry.lines),
      accepted: Number(entry.accepted),
      rejected: Number(entry.rejected),
      attempt: entry.attempt,
      known: true,
      truncated: content.truncated,
    };
  }
  let attempt = early?.attempt ?? attemptId(batch);
  const file = basename(input.shown);
  const record = (
    state: string,
    counts: { lines: number; accepted: number; rejected: number },
  ): Promise<void> =>
    store.command(LEDGER_RECORD, {
      batch,
      attempt,
      state,
      source: source.id,
      file,
      bytes: content.bytes,
      ...counts,
    });
  await record('begun', { lines: content.lines, accepted: 0, rejected: 0 });
  if (early?.attempt === undefined) await insert(landing, attempt, content);
  const { otherwise } = plan;
  let sum = await landedBy(store, attempt, otherwise?.reason);
  if (otherwise !== undefined && sum.unsettled) {
    // The first try was never finished; it is not said to have broken off either.
    await store.command(
      'ALTER TABLE batches DELETE WHERE attempt = {attempt:UInt64} SETTINGS mutations_sync = 1',
      {
        attempt,
      },
    );
    attempt = attemptId(batch);
    await record('begun', { lines: content.lines, accepted: 0, rejected: 0 });
    await insert({ ...landing, plan: otherwise.plan }, attempt, content);
    sum = await landedBy(store, attempt);
  }

  const { landed, rejected } = sum;
  if (landed !== content.lines) {
    throw failure('OF_LEDGER_UNBALANCED', {
      file: input.shown,
      lines: content.lines,
      landed,
      source: source.id,
      variant,
    });
  }
  const counts = { lines: landed, accepted: landed - rejected, rejected };
  await record('done', counts);
  return {
    file: input.shown,
    source: source.id,
    ...counts,
    attempt,
    known: false,
    truncated: content.truncated,
  };
}

interface LandedSum {
  readonly landed: number;
  readonly rejected: number;
  /** Lines landed for the reason that asks for the plan's other way. */
  readonly unsettled: boolean;
}

async function landedBy(store: Store, attempt: string, reason = ''): Promise<LandedSum> {
  const [row] = await store.rows<{ lines: string; rejected: string; unsettled: string }>(
    `SELECT sum(lines) AS lines, sumIf(lines, kind = 'reject') AS rejected, countIf(reason = {reason:String}) AS unsettled
     FROM landed WHERE attempt = {attempt:UInt64}`,
    { attempt, reason },
  );
  return {
    landed: Number(row?.lines ?? 0),
    rejected: Number(row?.rejected ?? 0),
    unsettled: reason !== '' && Number(row?.unsettled ?? 0) > 0,
  };
}

interface LedgerEntry {
  state: 'begun' | 'done';
  attempt: string;
  lines: string;
  accepted: string;
  rejected: string;
}

const LEDGER_ENTRY = `
  SELECT toString(max(state)) AS state, minIf(attempt, state = 'done') AS attempt, argMax(lines, state) AS lines,
         argMax(accepted, state) AS accepted, argMax(rejected, state) AS rejected
  FROM batches WHERE batch_id = {batch:String} GROUP BY batch_id`;

const LEDGER_RECORD = `
  INSERT INTO batches
  SELECT {batch:String}, {attempt:UInt64}, {state:String}, {source:String}, {file:String}, {bytes:UInt64},
         {lines:UInt64}, {accepted:UInt64}, {rejected:UInt64}, now64(3)`;

/** The file name up to its first dot: `MBP-7F2A.log.ndjson` and `MBP-7F2A.eslogger.jsonl` are one host. */
function hostFromName(shown: string): string {
  return shown === '-' ? '' : (basename(shown).split('.', 1)[0] ?? '');
}

/** `2026-11-24` or `20261124` in the file name, else the day the file was last written (UTC). */
function dateOf(path: string): string {
  const named = /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(basename(path));
  return named === null
    ? statSync(path).mtime.toISOString().slice(0, 10)
    : `${named[1] ?? ''}-${named[2] ?? ''}-${named[3] ?? ''}`;
}

/**
 * Each try at a batch has its own number, so that rows of a try that broke off are never counted. It is not derived
 * from the content alone: two processes may try the same batch on one server at once. Of several tries that are done,
 * the lowest number counts (`counted_attempts`); nothing may be ordered by it.
 */
function attemptId(batch: string): string {
  const digest = createHash('sha256').update(`${batch}:${randomUUID()}`).digest();
  return digest.readBigUInt64LE(0).toString();
}

/** The line without the carriage return of Windows line ends and without a byte order mark. */
const TIDY_LINE = String.raw`
  substring(line, 1 + 3 * startsWith(line, '\xEF\xBB\xBF'),
            length(line) - 3 * startsWith(line, '\xEF\xBB\xBF') - endsWith(line, '\r'))`;

/**
 * Rewriting the plan of each nested step finds nothing to improve in an adapter's SELECT, and takes longer than landing
 * a small file.
 */
const ANALYSIS: ClickHouseSettings = { query_plan_enable_optimizations: 0 };

/** Files up to this size land faster on one thread than others take to start. */
const SMALL_BYTES = 4 << 20;

/** The columns of each adapter's SELECT, asked for once for each store. */
const COLUMNS = new WeakMap<Store, Map<string, readonly string[]>>();

async function columnsOf(store: Store, plan: LandingPlan, params: SqlParams): Promise<readonly string[]> {
  const known = COLUMNS.get(store) ?? new Map<string, readonly string[]>();
  COLUMNS.set(store, known);
  let columns = known.get(plan.sql);
  if (columns === undefined) {
    const described = await store.rows<{ name: string }>(
      `DESCRIBE (${plan.sql.replace('{lines}', `(SELECT '' AS line)`)})`,
      params,
      ANALYSIS,
    );
    columns = described.map((column) => column.name);
    known.set(plan.sql, columns);
  }
  return columns;
}

/** A file, how it is to be read, and where it goes. */
interface Landing {
  readonly store: Store;
  readonly input: InputPath;
  readonly compression: Compression;
  readonly source: Source;
  readonly plan: LandingPlan;
}

/** A clean file: what the engine is told before its content is known. */
const CLEAN = { truncated: false, untidy: false };

/**
 * A temporary store knows nothing yet that a file could repeat, so the engine reads the file while it is hashed and its
 * lines are counted. When it then turns out to be damaged or untidy, there is no `attempt`, and the caller lands it
 * again: rows of a try that the ledger does not list are never used.
 */
async function landEarly(
  landing: Landing,
): Promise<{ readonly content: FileContent; readonly attempt?: string } | undefined> {
  const { store, input, compression } = landing;
  if (!store.temporary || (await beginsUntidy(input.path, compression))) return undefined;
  const attempt = attemptId(input.path);
  const [measured, inserted] = await Promise.allSettled([
    measureFile(input.path, compression),
    insert(landing, attempt, CLEAN),
  ]);
  if (measured.status === 'rejected') throw measured.reason;
  const content = measured.value;
  if (content.truncated || content.untidy) return { content };
  if (inserted.status === 'rejected') throw inserted.reason;
  return { content, attempt };
}

/** Windows line ends or a byte order mark are seen at the beginning; where they come later the file is read twice. */
async function beginsUntidy(path: string, compression: Compression): Promise<boolean> {
  for await (const chunk of openUntilDamage(path, compression) as AsyncIterable<Buffer>) {
    return chunk.includes('\r\n') || chunk.indexOf(BYTE_ORDER_MARK) === 0;
  }
  return true;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** One thread reads, so that rows keep the order of lines. */
const IN_ORDER: ClickHouseSettings = { max_threads: 1, max_insert_threads: '1', max_parsing_threads: '1' };

/**
 * Two threads parse and two sort and write, in blocks of half the usual size: more of either would only need memory. Cutting a file into lines is cheap, so
 * doing that in parallel as well costs more than it gives.
 */
const SIDE_BY_SIDE: ClickHouseSettings = {
  max_insert_threads: '2',
  parallel_view_processing: 1,
  input_format_parallel_parsing: 0,
  max_block_size: '8192',
  // What a server cuts the request into before any of it is typed; typed rows are several times as large.
  max_insert_block_size: '16384',
  min_insert_block_size_rows: '131072',
  min_insert_block_size_bytes: String(32 * 1024 * 1024),
};

async function insert(
  { store, input, compression, source, plan }: Landing,
  attempt: string,
  content: Pick<FileContent, 'truncated' | 'untidy'>,
): Promise<void> {
  const params = { ...plan.params, attempt, source: source.id };
  const small = compression === 'none' && statSync(input.path).size <= SMALL_BYTES;
  const settings: ClickHouseSettings = {
    ...ANALYSIS,
    // The views would gather their rows over the whole statement, and so memory would grow with the file.
    materialized_views_squash_parallel_inserts: 0,
    ...(plan.ordered === true ? IN_ORDER : small ? { max_threads: 1 } : SIDE_BY_SIDE),
  };
  const lines = content.untidy ? `(SELECT ${TIDY_LINE} AS line FROM {lines})` : '{lines}';
  const select = plan.sql.replace('{lines}', () => lines);
  const columns = ['attempt', 'source', ...(await columnsOf(store, plan, params))].join(', ');
  try {
    await store.insertLines(
      `INSERT INTO landing (${columns}) SELECT {attempt:UInt64}, {source:String}, * FROM (${select})`,
      params,
      {
        path: input.path,
        compression,
        truncated: content.truncated,
        open: () => openUntilDamage(input.path, compression),
      },
      settings,
    );
  } catch (error) {
    throw failure('OF_INPUT_UNREADABLE.notLanded', { path: input.shown }, error);
  }
}
