import { createHash } from 'node:crypto';
import type { Store } from '../store/store.js';
import { failure, firstLine } from '../ground/errors.js';
import { BASELINE_SCHEMA, endSchema, headerSchema, lineName, misfit } from './transfer-format.js';
import { listVersions, seal, withStaging } from './version-store.js';
import { VERSION_TABLES, type BaselineVersion, type VersionTable } from './version.js';

/** Rows written at once. */
const BATCH = 5_000;

type Row = Record<string, unknown>;

/**
 * Enters an exported version under its own id. Everything is checked first: nothing is entered of a file that does not
 * hold together. A version the store has already stays as it is.
 *
 * @param lines of the file, without line feeds
 * @param file for messages
 * @throws OutflowError OF_BASELINE_VERSION, OF_BASELINE_INVALID with file, line and reason
 */
export function importLines(
  store: Store,
  lines: AsyncIterable<string>,
  file: string,
): Promise<{ readonly version: string; readonly isNew: boolean }> {
  return withStaging(store, async (run) => {
    const shapes = await columnTypes(store);
    const hash = createHash('sha256');
    const pending = new Map<VersionTable, Row[]>(VERSION_TABLES.map((table) => [table, []]));
    const flush = async (table: VersionTable, least: number): Promise<void> => {
      const rows = pending.get(table) ?? [];
      if (rows.length < least) return;
      await store.insert(`${run}.${table}`, rows);
      pending.set(table, []);
    };
    let version: BaselineVersion | undefined;
    let ended = false;
    let number = 0;
    for await (const text of lines) {
      number += 1;
      const fail = (reason: string): never => invalid(file, number, reason);
      if (ended) fail('nothing is expected after the last line of a baseline');
      const value = parseLine(text, fail);
      if (version === undefined) version = headerOf(value, file, fail);
      else if ('end' in value) {
        checkEnd(value, number - 1, hash.digest('hex'), fail);
        ended = true;
        continue;
      } else {
        const { table, row } = rowOf(value, shapes, fail);
        pending.get(table)?.push(row);
        await flush(table, BATCH);
      }
      hash.update(`${text}\n`);
    }
    if (version === undefined || !ended)
      return invalid(file, Math.max(1, number), 'it breaks off: the last line of a baseline is missing');
    const known = (await listVersions(store)).find((one) => one.version === version.version);
    if (known !== undefined) {
      if (known.fingerprint === version.fingerprint) return { version: version.version, isNew: false };
      return invalid(file, 1, `the store has another baseline ${version.version}`);
    }
    for (const table of VERSION_TABLES) await flush(table, 1);
    await seal(store, run, version);
    return { version: version.version, isNew: true };
  });
}

function invalid(file: string, line: number, reason: string): never {
  throw failure('OF_BASELINE_INVALID.line', { file, line, reason });
}

function parseLine(text: string, fail: (reason: string) => never): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`no JSON: ${firstLine(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail('an object is expected');
  return value as Row;
}

function headerOf(value: Row, file: string, fail: (reason: string) => never): BaselineVersion {
  const { schema } = value;
  if (typeof schema !== 'string' || !schema.startsWith('outflow.baseline/'))
    return fail('no baseline: the first line has no schema outflow.baseline/1');
  if (schema !== BASELINE_SCHEMA) {
    throw failure('OF_BASELINE_VERSION', { file, schema: schema.slice(0, 40), known: BASELINE_SCHEMA });
  }
  const result = headerSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
  }
  const header = result.data;
  return {
    version: header.version,
    name: header.name,
    kind: 'imported',
    applies_from: header.applies_from,
    learned_from: header.learned_from,
    learned_until: header.learned_until,
    days: header.days,
    hosts: header.hosts,
    actors: header.actors,
    fingerprint: header.fingerprint,
    settings: JSON.stringify(header.settings),
    excluded: JSON.stringify(header.excluded),
    created_at: header.created_at,
  };
}

function rowOf(
  value: Row,
  shapes: ReadonlyMap<string, { table: VersionTable; columns: ReadonlyMap<string, string> }>,
  fail: (reason: string) => never,
): { table: VersionTable; row: Row } {
  const { table: name, ...row } = value;
  const shape = typeof name === 'string' ? shapes.get(name) : undefined;
  if (shape === undefined) return fail(`table: one of ${[...shapes.keys()].join(', ')} is expected`);
  for (const [column, type] of shape.columns) {
    if (!(column in row)) return fail(`${column} is missing`);
    const reason = misfit(type, row[column]);
    if (reason !== undefined) return fail(`${column}: ${reason}`);
  }
  const unknown = Object.keys(row).find((column) => !shape.columns.has(column));
  if (unknown !== undefined) return fail(`${unknown}: unknown`);
  return { table: shape.table, row: { version: '', ...row } };
}

function checkEnd(value: Row, lines: number, sha256: string, fail: (reason: string) => never): void {
  const result = endSchema.safeParse(value);
  if (!result.success) fail('the last line of a baseline has end, lines and sha256');
  else if (result.data.lines !== lines) fail(`${result.data.lines} lines were exported, ${lines} are here`);
  else if (result.data.sha256 !== sha256) fail('the lines above were changed after they were exported');
}

async function columnTypes(
  store: Store,
): Promise<ReadonlyMap<string, { table: VersionTable; columns: ReadonlyMap<string, string> }>> {
  const rows = await store.rows<{ table: VersionTable; name: string; type: string }>(
    `SELECT table, name, type FROM system.columns
     WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND name NOT IN ('version', 'built_on')
     ORDER BY table, position`,
    { tables: VERSION_TABLES },
  );
  return new Map(
    VERSION_TABLES.map((table) => [
      lineName(table),
      {
        table,
        columns: new Map(rows.filter((row) => row.table === table).map(({ name, type }) => [name, type])),
      },
    ]),
  );
}
