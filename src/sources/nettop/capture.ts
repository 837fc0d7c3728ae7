import { visitLines } from '../physical-lines.js';
import { parseHeader, withoutNoise, type NettopColumns } from './header.js';
import { parseRow, type NettopRow } from './row.js';

/** Rows (0-based) from which on something holds; every list is short however long the file. */
export interface NettopCapture {
  readonly headers: readonly NettopColumns[];
  /** Index (1-based) into `headers`; 0 = rows that no header explains. */
  readonly headerChanges: readonly { readonly row: number; readonly header: number }[];
  readonly days: readonly { readonly row: number; readonly date: string }[];
  /** The file in pieces that begin with a sample, and the number of samples before each. */
  readonly pieces: readonly { readonly row: number; readonly samples: number }[];
  /** First row of the second sample, if there is one. */
  readonly secondSample: number | undefined;
  /** Values are differences between samples (`-d`); those of the first sample are not. */
  readonly delta: boolean;
  readonly hasConnections: boolean;
  /** Subjects of processes with bytes that never show a connection although others do. */
  readonly processesWithoutConnections: readonly string[];
}

/** Rows in one piece, which bounds the engine's memory: cut at a sample where possible, in any case at the second. */
const PIECE_ROWS = 50_000;
const LONGEST_PIECE_ROWS = 200_000;

const MOST_HEADERS = 50;
const MOST_CHANGES = 1_000;
const MOST_SUBJECTS = 20_000;
const MOST_PROCESSES_WITHOUT_CONNECTIONS = 1_000;
const LONGEST_SUBJECT = 256;

/** Half a day back is the next day, since rows of one sample differ by milliseconds. */
const HALF_DAY_SECONDS = 43_200;

/**
 * Reads a capture once before it lands, keeping only what a single row does not tell: where headers change, midnight
 * passes, whether counters run or are differences, and whether process rows are sums of connection rows.
 *
 * `date` (`YYYY-MM-DD`) is the day of the first sample.
 */
export async function readCapture(path: string, date: string): Promise<NettopCapture> {
  const scan = new CaptureScan(date);
  await visitLines(
    path,
    () => true,
    (line, row) => scan.line(withoutNoise(line), row),
  );
  return scan.result();
}

class CaptureScan {
  private readonly headers: NettopColumns[] = [];
  private readonly headerChanges: { row: number; header: number }[] = [{ row: 0, header: 0 }];
  private readonly days: { row: number; date: string }[];
  private readonly pieces = [{ row: 0, samples: 0 }];
  private columns: NettopColumns | undefined;
  private samples = 0;
  private secondSample: number | undefined;
  private day = 0;
  private clock: { time: number; sample: number } | undefined;
  private owner = '';
  private readonly counters = new CounterTrend();
  private readonly connectionless = new Map<string, boolean>();
  private hasConnections = false;

  constructor(private readonly date: string) {
    this.days = [{ row: 0, date }];
  }

  line(line: string, row: number): void {
    const header = parseHeader(line);
    if (row - this.pieces.at(-1)!.row >= (header === undefined ? LONGEST_PIECE_ROWS : PIECE_ROWS)) {
      this.pieces.push({ row, samples: this.samples });
      this.owner = '';
    }
    if (header !== undefined) {
      this.header(header, row);
      return;
    }
    if (line === '' || this.columns === undefined) return;
    const parsed = parseRow(line, this.columns);
    if (parsed === undefined) this.owner = '';
    else this.row(parsed, row);
  }

  private header(columns: NettopColumns, row: number): void {
    this.samples++;
    if (this.samples === 2) this.secondSample = row;
    this.owner = '';
    this.counters.nextSample();
    if (columns.header === this.columns?.header) return;
    let index = this.headers.findIndex(({ header }) => header === columns.header) + 1;
    if (index === 0 && this.headers.length < MOST_HEADERS) index = this.headers.push(columns);
    if (this.headerChanges.length >= MOST_CHANGES) index = 0;
    // A file may begin with its header.
    if (row === 0) this.headerChanges.pop();
    if (this.headerChanges.length <= MOST_CHANGES) this.headerChanges.push({ row, header: index });
    this.columns = this.headers[index - 1];
  }

  private row(parsed: NettopRow, row: number): void {
    if (parsed.time !== undefined) this.passTime(parsed.time, row);
    if (parsed.kind === 'process') {
      this.owner = parsed.subject;
      if (parsed.bytesIn + parsed.bytesOut > 0 && this.connectionless.size < MOST_SUBJECTS) {
        if (!this.connectionless.has(parsed.subject)) this.connectionless.set(parsed.subject, true);
      }
    } else {
      this.hasConnections = true;
      if (this.connectionless.has(this.owner) || this.connectionless.size < MOST_SUBJECTS) {
        this.connectionless.set(this.owner, false);
      }
    }
    this.counters.see(`${this.owner}\n${parsed.subject}\n${parsed.interface}`, parsed);
  }

  private passTime(time: number, row: number): void {
    const before = this.clock;
    this.clock = { time, sample: this.samples };
    if (before === undefined || this.days.length > MOST_CHANGES) return;
    const passed = time - before.time;
    if (passed < -HALF_DAY_SECONDS) this.day++;
    // Around midnight, rows of one sample may step back into the day before.
    else if (passed > HALF_DAY_SECONDS && before.sample === this.samples && this.day > 0) this.day--;
    else return;
    const [year, month, day] = this.date.split('-').map(Number);
    const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (day ?? 1) + this.day));
    this.days.push({ row, date: date.toISOString().slice(0, 10) });
  }

  result(): NettopCapture {
    return {
      headers: this.headers,
      headerChanges: this.headerChanges,
      days: this.days,
      pieces: this.pieces,
      secondSample: this.secondSample,
      delta: this.counters.areDifferences(),
      hasConnections: this.hasConnections,
      processesWithoutConnections: [...this.connectionless]
        .filter(([subject, without]) => without && subject.length <= LONGEST_SUBJECT)
        .slice(0, MOST_PROCESSES_WITHOUT_CONNECTIONS)
        .map(([subject]) => subject),
    };
  }
}

/** Tells running counters, which rise, from differences, which fall as often as not. */
class CounterTrend {
  private readonly last = new Map<string, { out: number; in: number }>();
  private occurrences = new Map<string, number>();
  private changes = 0;
  private falls = 0;

  nextSample(): void {
    this.occurrences = new Map();
  }

  see(subject: string, { bytesOut, bytesIn }: NettopRow): void {
    // Several unconnected sockets of a process look the same; they are told apart by their place in the sample.
    const occurrence = this.occurrences.get(subject) ?? 0;
    if (this.occurrences.size < MOST_SUBJECTS) this.occurrences.set(subject, occurrence + 1);
    const key = `${subject}\n${occurrence}`;
    const before = this.last.get(key);
    // The most recently seen are kept.
    this.last.delete(key);
    this.last.set(key, { out: bytesOut, in: bytesIn });
    if (this.last.size > MOST_SUBJECTS) this.last.delete(this.last.keys().next().value ?? key);
    if (before === undefined || (before.out === bytesOut && before.in === bytesIn)) return;
    this.changes++;
    if (bytesOut < before.out || bytesIn < before.in) this.falls++;
  }

  /** A running counter falls only where it began again; more than one change in five is no such thing. */
  areDifferences(): boolean {
    return this.falls * 5 > this.changes;
  }
}
