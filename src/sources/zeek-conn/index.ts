import { loadSql } from '../../ground/sql-file.js';
import type { FileHead, LandingContext, LandingPlan, Recognised, Source } from '../source.js';
import { FINAL_PATHS, INTERIM_PATHS, readLayouts, TsvHeaderReader } from './tsv-layout.js';

const FLOW = loadSql(new URL('./flow.sql', import.meta.url));
const SQL = {
  json: FLOW.replace('{records}', loadSql(new URL('./records-json.sql', import.meta.url))),
  tsv: FLOW.replace('{records}', loadSql(new URL('./records-tsv.sql', import.meta.url))),
};

/** Objects of a mixed JSON stream looked at before giving up on finding a connection among them. */
const MOST_OBJECTS = 5_000;

/** Zeek's connection log, finished (`conn`) and interim (`conn_long`, `open_conn`), as TSV or JSON. */
export const source: Source = {
  id: 'zeek-conn',
  title: 'Zeek conn, conn_long and open_conn logs',
  carries: { process: false, signing: false, bytes: true, duration: true, open_connections: true },
  namesHost: true,
  keysLast: true,
  recognise,
  plan,
};

function recognise(head: FileHead): Recognised | undefined {
  if (hasTsvHeader(head.lines)) return { variant: 'tsv' };
  if (hasJsonConnection(head.lines)) return { variant: 'json' };
  if (hasJsonConnection(head.lines.map(messageIn))) return { variant: 'json-message' };
  return undefined;
}

function hasTsvHeader(lines: readonly string[]): boolean {
  const reader = new TsvHeaderReader();
  return lines.some((line) => line.startsWith('#') && reader.read(line)?.kind === 'conn');
}

function hasJsonConnection(lines: readonly string[]): boolean {
  return lines
    .filter((line) => line.startsWith('{'))
    .slice(0, MOST_OBJECTS)
    .some((line) => /"(?:conn_state|history|orig_pkts|missed_bytes)"/.test(line) && isJsonConnection(line));
}

/** The text that a shipper (Filebeat) carries in `message`; '' where there is none. */
function messageIn(line: string): string {
  if (!line.startsWith('{') || !line.includes('"message"')) return '';
  try {
    const { message } = JSON.parse(line) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}

/** The keys that make an object a Zeek connection, as records-json.sql reads them. */
function isJsonConnection(line: string): boolean {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return false;
  }
  const path = record['_path'] ?? record['@stream'] ?? '';
  const known: readonly unknown[] = ['', ...FINAL_PATHS, ...INTERIM_PATHS];
  return (
    known.includes(typeof path === 'string' ? path.replaceAll('-', '_') : path) &&
    'ts' in record &&
    typeof record['uid'] === 'string' &&
    typeof record['proto'] === 'string' &&
    ['orig_h', 'resp_h'].every((end) => `id.${end}` in record || `id_${end}` in record || end in idOf(record))
  );
}

/** Zeek's `id` where a tool (Zed) kept it as an object. */
function idOf({ id }: Readonly<Record<string, unknown>>): object {
  return typeof id === 'object' && id !== null ? id : {};
}

async function plan(context: LandingContext): Promise<LandingPlan> {
  const shared = { interim_paths: INTERIM_PATHS };
  if (context.variant !== 'tsv') {
    return {
      sql: SQL.json,
      params: {
        ...shared,
        ordered: false,
        enveloped: context.variant === 'json-message',
        known_paths: ['', ...FINAL_PATHS, ...INTERIM_PATHS],
      },
    };
  }
  const { layouts, changes, uniform } = await readLayouts(context.path);
  return {
    sql: SQL.tsv,
    ordered: !uniform,
    params: {
      ...shared,
      ordered: !uniform,
      change_rows: changes.map(({ row }) => String(uniform ? 0 : row)),
      change_layouts: changes.map(({ layout }) => String(layout)),
      kinds: layouts.map(({ kind }) => kind),
      paths: layouts.map(({ path }) => path),
      separators: layouts.map(({ separator }) => separator),
      unset: layouts.map(({ unset }) => unset),
      empty: layouts.map(({ empty }) => empty),
      widths: layouts.map(({ columns }) => String(columns)),
      positions: layouts.map(({ positions }) => positions.join(',')),
    },
  };
}
