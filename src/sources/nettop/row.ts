import { ABSENT, type NettopColumns } from './header.js';

/** A port: a number, a service name, or `*`. */
const PORT = String.raw`([0-9]{1,5}|\*|[a-z][a-z0-9-]*)`;

/** `tcp4 10.0.0.2:50000<->192.0.2.1:443`, `udp6 *.5353<->*.*`: a colon before the port for IPv4, a dot for IPv6. */
export const CONNECTION = `^(tcp|udp|quic)(4 [^ <>]+:${PORT}<->[^ <>]+:${PORT}|6 [^ <>]+[.]${PORT}<->[^ <>]+[.]${PORT})$`;

/**
 * A process may call itself `tcp6 a.1<->b.2`, to which nettop adds its pid. The name is cut at 15 characters and
 * process rows have neither interface nor state, so that is what such a row is taken for.
 */
export const NAMED_LIKE_CONNECTION = '^.{1,15}[.][0-9]{1,10}$';

export const PROCESS = '^.+[.][0-9]{1,10}$';
export const TIME = '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?$';

const CONNECTION_PATTERN = new RegExp(CONNECTION);
const NAMED_LIKE_CONNECTION_PATTERN = new RegExp(NAMED_LIKE_CONNECTION, 's');
const PROCESS_PATTERN = new RegExp(PROCESS, 's');
const TIME_PATTERN = new RegExp(TIME);

/** A row as the pre-scan needs it; rows.sql reads the same by the same patterns. */
export interface NettopRow {
  readonly kind: 'process' | 'connection';
  readonly subject: string;
  readonly interface: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Seconds since midnight; undefined without a time column. */
  readonly time: number | undefined;
}

/** Reads a row under a header; undefined for what rows.sql rejects as malformed. */
export function parseRow(line: string, columns: NettopColumns): NettopRow | undefined {
  const cells = line.split(',');
  // Only the subject can hold commas of its own: nettop does not quote.
  const extra = cells.length - columns.width;
  if (extra < 0) return undefined;
  const cell = (column: number): string =>
    column === ABSENT ? '' : (cells[column - 1 + (column > columns.subject ? extra : 0)] ?? '');
  const subject = cells.slice(columns.subject - 1, columns.subject + extra).join(',');
  const time = cell(columns.time);
  if (columns.time !== ABSENT && !TIME_PATTERN.test(time)) return undefined;
  if (![columns.bytesIn, columns.bytesOut].every((column) => /^[0-9]*$/.test(cell(column)))) return undefined;
  const bare = columns.interface !== ABSENT && cell(columns.interface) === '' && cell(columns.state) === '';
  const isConnection =
    CONNECTION_PATTERN.test(subject) && !(bare && NAMED_LIKE_CONNECTION_PATTERN.test(subject));
  if (!isConnection && !PROCESS_PATTERN.test(subject)) return undefined;
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return {
    kind: isConnection ? 'connection' : 'process',
    subject,
    interface: cell(columns.interface),
    bytesIn: Number(cell(columns.bytesIn)),
    bytesOut: Number(cell(columns.bytesOut)),
    time: columns.time === ABSENT ? undefined : (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
  };
}
