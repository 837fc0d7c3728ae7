import { visitLines } from '../physical-lines.js';

/** Fields of the canonical record, in the order flow.sql expects them. */
const FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'proto',
  'service',
  'duration',
  'orig_bytes',
  'resp_bytes',
  'conn_state',
  'local_orig',
  'local_resp',
  'missed_bytes',
  'history',
  'orig_ip_bytes',
  'resp_ip_bytes',
  'orig_shunted_bytes',
  'resp_shunted_bytes',
] as const;

/** Without these a row is no connection; `conn_state`, `history` or a byte count tells it from other Zeek logs. */
const REQUIRED = ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'proto'] as const;
const TELLING = ['conn_state', 'history', 'orig_bytes', 'orig_ip_bytes'] as const;

/** No Zeek log has as many columns; the engine answers '' for a position beyond the row. */
const ABSENT = 60_000;

/** Beyond this many changes of header in one file, later rows are rejected: such a file is not a log. */
const MOST_CHANGES = 1_000;

/** Separators and markers are a few characters; what is longer was not written by Zeek and is not kept whole. */
const LONGEST_MARKER = 64;

/** Logs of connections: `conn` and Corelight's reduced form at the end, the others while they last. */
export const FINAL_PATHS = ['conn', 'conn_red'] as const;
export const INTERIM_PATHS = ['conn_long', 'open_conn', 'open_conns'] as const;

/** How to read the rows under one `#fields` header. */
export interface TsvLayout {
  readonly kind: 'conn' | 'other';
  readonly path: string;
  readonly separator: string;
  readonly unset: string;
  readonly empty: string;
  readonly columns: number;
  /** 1-based column of each canonical field. */
  readonly positions: readonly number[];
}

/** Reads `#` lines one after another; a `#fields` line completes a layout. */
export class TsvHeaderReader {
  private separator = '\t';
  private unset = '-';
  private empty = '(empty)';
  private path = '';

  /** Returns the layout of the rows that follow when this line is a `#fields` line. */
  read(line: string): TsvLayout | undefined {
    if (line.startsWith('#separator ')) {
      const text = line
        .slice('#separator '.length)
        .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      // A new file of a concatenation begins here: nothing of the one before holds any longer.
      this.separator = text === '' ? '\t' : text.slice(0, LONGEST_MARKER);
      this.unset = '-';
      this.empty = '(empty)';
      this.path = '';
      return undefined;
    }
    const [name, ...values] = line.split(this.separator);
    if (name === '#unset_field') this.unset = (values[0] ?? '-').slice(0, LONGEST_MARKER);
    else if (name === '#empty_field') this.empty = (values[0] ?? '(empty)').slice(0, LONGEST_MARKER);
    else if (name === '#path') this.path = (values[0] ?? '').replaceAll('-', '_');
    else if (name === '#fields') return this.layout(values);
    return undefined;
  }

  private layout(names: readonly string[]): TsvLayout {
    const dotted = names.map((name) => name.replace(/^id_(?=(?:orig|resp)_[hp]$)/, 'id.'));
    const known: readonly string[] = [...FINAL_PATHS, ...INTERIM_PATHS, ''];
    const isConn =
      known.includes(this.path) &&
      REQUIRED.every((name) => dotted.includes(name)) &&
      TELLING.some((name) => dotted.includes(name));
    return {
      kind: isConn ? 'conn' : 'other',
      path: isConn ? this.path : '',
      separator: this.separator,
      unset: this.unset,
      empty: this.empty,
      columns: names.length,
      positions: FIELDS.map((name) => dotted.indexOf(name) + 1 || ABSENT),
    };
  }
}

/** The layouts of a file and where each begins to hold. */
export interface TsvLayouts {
  readonly layouts: readonly TsvLayout[];
  /** Row (0-based) from which on, and index (1-based) of the layout; 0 = rows that no header explains. */
  readonly changes: readonly { readonly row: number; readonly layout: number }[];
  /** One layout holds for every row: the order of lines does not matter. */
  readonly uniform: boolean;
}

/** Finds every header of a file, without decoding its rows. */
export async function readLayouts(path: string): Promise<TsvLayouts> {
  const reader = new TsvHeaderReader();
  const layouts: TsvLayout[] = [];
  const indexes = new Map<string, number>();
  const changes: { row: number; layout: number }[] = [];
  const change = (row: number, layout: number): void => {
    if ((changes.at(-1)?.layout ?? -1) === layout || changes.length > MOST_CHANGES) return;
    changes.push({ row, layout: changes.length === MOST_CHANGES ? 0 : layout });
  };
  await visitLines(
    path,
    // A byte order mark (0xef) may stand before any `#` (0x23): files are concatenated.
    (firstByte) => firstByte === 0x23 || firstByte === 0xef || changes.length === 0,
    (line, row) => {
      if (!line.startsWith('#')) {
        if (line !== '' && changes.length === 0) change(row, 0);
        return;
      }
      const layout = reader.read(line);
      if (layout === undefined) return;
      const key = JSON.stringify(layout);
      let index = indexes.get(key);
      if (index === undefined) {
        layouts.push(layout);
        index = layouts.length;
        indexes.set(key, index);
      }
      change(row, index);
    },
  );
  return { layouts, changes, uniform: changes.length <= 1 };
}
