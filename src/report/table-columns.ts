/** The columns of the findings table and how they share the width of a terminal. */
import type { Finding } from '../ground/finding.js';
import { columnsOf, cutMiddle, padLeft, padRight } from './cells.js';
import { hostText, isLive, mainDestination, processText } from './words.js';
import { SIGNER_WORDS } from '../ground/signer-words.js';
import { formatBytes, formatDuration, formatRate, formatTime } from '../ground/units.js';

export const GAP = '  ';

export type ColumnName =
  | 'severity'
  | 'risk'
  | 'confidence'
  | 'host'
  | 'process'
  | 'destination'
  | 'out'
  | 'longest'
  | 'rate'
  | 'first'
  | 'last';

interface Column {
  readonly name: ColumnName;
  readonly head: string;
  readonly min: number;
  /** Most it may grow to; equal to `min` for columns of fixed width. */
  readonly max: number;
  readonly align: 'left' | 'right';
  readonly text: (finding: Finding, width: number) => string;
}

const COLUMNS: readonly Column[] = [
  { name: 'severity', head: 'SEVERITY', min: 8, max: 8, align: 'left', text: severityText },
  { name: 'risk', head: 'RISK', min: 4, max: 4, align: 'right', text: (finding) => finding.risk.toFixed(0) },
  {
    name: 'confidence',
    head: 'CONF',
    min: 4,
    max: 4,
    align: 'right',
    text: (finding) => finding.confidence.toFixed(2),
  },
  {
    name: 'host',
    head: 'HOST',
    min: 12,
    max: 22,
    align: 'left',
    text: (finding, width) => cutMiddle(hostText(finding), width),
  },
  { name: 'process', head: 'PROCESS (SIGNER)', min: 20, max: 44, align: 'left', text: processCell },
  { name: 'destination', head: 'DESTINATION', min: 18, max: 48, align: 'left', text: destinationCell },
  {
    name: 'out',
    head: 'OUT',
    min: 8,
    max: 8,
    align: 'right',
    text: (finding) => formatBytes(finding.bytes_out),
  },
  {
    name: 'longest',
    head: 'LONGEST',
    min: 11,
    max: 11,
    align: 'right',
    text: (finding) => formatDuration(finding.max_duration_s),
  },
  {
    name: 'rate',
    head: 'RATE',
    min: 9,
    max: 9,
    align: 'right',
    text: (finding) => formatRate(finding.sustained_rate_bps),
  },
  {
    name: 'first',
    head: 'FIRST SEEN',
    min: 16,
    max: 16,
    align: 'left',
    text: (finding) => formatTime(finding.first_seen) ?? 'unknown',
  },
  {
    name: 'last',
    head: 'LAST SEEN',
    min: 16,
    max: 16,
    align: 'left',
    text: (finding) => (finding.open ? 'still open' : (formatTime(finding.last_seen) ?? 'unknown')),
  },
];

/** Dropped in this order where the width is short; what is dropped moves to the lines below a finding. */
const DROP_ORDER: readonly (readonly ColumnName[])[] = [
  ['first', 'last'],
  ['rate'],
  ['longest'],
  ['confidence'],
  ['destination'],
  ['out'],
];

const NARROW = 60;
const NARROW_MIN: Partial<Record<ColumnName, number>> = { host: 8, process: 14 };

export interface Layout {
  readonly columns: readonly { readonly column: Column; readonly width: number }[];
  readonly has: (name: ColumnName) => boolean;
}

/** The columns that fit `width`, sized to what `findings` need. */
export function layOut(findings: readonly Finding[], width: number): Layout {
  let shown = width < NARROW ? COLUMNS.map(narrowed) : COLUMNS;
  for (const names of DROP_ORDER) {
    if (minimumWidth(shown) <= width) break;
    shown = shown.filter((column) => !names.includes(column.name));
  }
  const wanted = shown.map((column) => wantedWidth(column, findings));
  const widths = shown.map((column) => column.min);
  let spare = width - minimumWidth(shown);
  // One column at a time to whoever lacks most, so that no flexible column starves.
  while (spare > 0) {
    const lacks = widths.map((current, index) => (wanted[index] ?? 0) - current);
    const most = Math.max(...lacks);
    if (most <= 0) break;
    const index = lacks.indexOf(most);
    widths[index] = (widths[index] ?? 0) + 1;
    spare -= 1;
  }
  const names = new Set(shown.map((column) => column.name));
  return {
    columns: shown.map((column, index) => ({ column, width: widths[index] ?? column.min })),
    has: (name) => names.has(name),
  };
}

function narrowed(column: Column): Column {
  return { ...column, min: NARROW_MIN[column.name] ?? column.min };
}

/** The head line of the table. */
export function headRow(layout: Layout): string {
  return joinCells(layout, (column) => column.head);
}

/** The cells of one finding, each padded to its column. */
export function cellsOf(finding: Finding, layout: Layout): string[] {
  return layout.columns.map(({ column, width }) => pad(column, column.text(finding, width), width));
}

function joinCells(layout: Layout, text: (column: Column) => string): string {
  return layout.columns
    .map(({ column, width }) => pad(column, text(column), width))
    .join(GAP)
    .trimEnd();
}

function pad(column: Column, text: string, width: number): string {
  return column.align === 'right' ? padLeft(text, width) : padRight(text, width);
}

function minimumWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.min, 0) + GAP.length * (columns.length - 1);
}

function wantedWidth(column: Column, findings: readonly Finding[]): number {
  if (column.min === column.max) return column.min;
  // A fold, not a spread: a run may have more findings than a call takes arguments.
  return findings.reduce(
    (widest, finding) => Math.min(column.max, Math.max(widest, columnsOf(column.text(finding, column.max)))),
    Math.max(column.min, column.head.length),
  );
}

function severityText(finding: Finding): string {
  if (!isLive(finding)) return finding.state.toUpperCase();
  return finding.severity === 'informational' ? 'INFO' : finding.severity.toUpperCase();
}

function processCell(finding: Finding, width: number): string {
  const signer = ` (${SIGNER_WORDS[finding.process.signing.signer]})`;
  const room = width - columnsOf(signer);
  // A name cut to a few characters says less than a signer left to the lines below.
  return room < 8 ? cutMiddle(processText(finding), width) : cutMiddle(processText(finding), room) + signer;
}

function destinationCell(finding: Finding, width: number): string {
  const { text, more } = mainDestination(finding);
  const suffix = more > 0 ? ` +${more}` : '';
  return cutMiddle(text, width - suffix.length) + suffix;
}
