/** One finding in the terminal table: its row, and for those that press, the lines that explain it. */
import type { Finding, IndicatorResult } from '../ground/finding.js';
import { cutEnd, cutMiddle, fits, flow, padLeft, wrap } from './cells.js';
import type { Paint, Style } from './paint.js';
import { printable } from '../ground/printable.js';
import { cellsOf, type ColumnName, GAP, type Layout } from './table-columns.js';
import { formatBytes, formatDuration, formatPlural, formatPoints, formatRate } from '../ground/units.js';
import {
  alsoText,
  hostText,
  isLive,
  mainDestination,
  otherAnalytic,
  processText,
  seenText,
  stateText,
} from './words.js';
import { SIGNER_WORDS } from '../ground/signer-words.js';

const MAIN_REASONS = 5;
const SUMMARY_COLUMNS = 400;
const REASON_LINES = 3;
const ALSO_LINES = 2;
const SEPARATOR = ' · ';

function findingRow(finding: Finding, layout: Layout, paint: Paint): string {
  const style: Style = isLive(finding) ? finding.severity : 'quiet';
  return cellsOf(finding, layout)
    .map((cell, index) => (index === 0 ? paintWord(paint, style, cell) : cell))
    .join(GAP)
    .trimEnd();
}

/** Row, facts that found no column, summary and main reasons. */
export function findingBlock(finding: Finding, layout: Layout, width: number, paint: Paint): string[] {
  const indent = width >= 100 ? '          ' : '  ';
  const room = width - indent.length;
  const facts = flow(factsOf(finding, layout, room), SEPARATOR, room).map((line) => paint('quiet', line));
  const body = [
    ...facts,
    ...pathLines(finding, room).map((line) => paint('quiet', line)),
    ...limited(printable(finding.summary), room, Math.ceil(SUMMARY_COLUMNS / room)).map((line) =>
      paint('strong', line),
    ),
    ...reasonLines(finding.indicators, room, paint),
    ...alsoLines(finding, room, paint),
  ];
  return [findingRow(finding, layout, paint), ...body.map((line) => indent + line)];
}

/** The row alone, and which analytics see it where that is not the first one alone. */
export function findingRows(finding: Finding, layout: Layout, width: number, paint: Paint): string[] {
  const indent = '  ';
  const room = width - indent.length;
  const other = otherAnalytic(finding);
  const own = other === '' ? [] : limited(`${other}: ${printable(finding.title)}`, room, ALSO_LINES);
  return [
    findingRow(finding, layout, paint),
    ...[...own.map((line) => paint('quiet', line)), ...alsoLines(finding, room, paint)].map(
      (line) => indent + line,
    ),
  ];
}

function alsoLines({ also = [] }: Finding, room: number, paint: Paint): string[] {
  return also.flatMap((one) => limited(alsoText(one), room, ALSO_LINES)).map((line) => paint('quiet', line));
}

function factsOf(finding: Finding, layout: Layout, room: number): string[] {
  const facts: string[] = [];
  const other = otherAnalytic(finding);
  if (other !== '') facts.push(other);
  const state = stateText(finding);
  if (state !== '') facts.push(state);
  if (!fits(hostText(finding), cellWidth(layout, 'host'))) facts.push(hostText(finding));
  const named = `${processText(finding)} (${SIGNER_WORDS[finding.process.signing.signer]})`;
  if (!fits(named, cellWidth(layout, 'process'))) facts.push(named);
  const { text, more } = mainDestination(finding);
  const others = more > 0 ? ` +${more}` : '';
  if (!fits(text + others, cellWidth(layout, 'destination'))) facts.push(`to ${text}${others}`);
  if (!layout.has('out')) facts.push(`${formatBytes(finding.bytes_out)} out`);
  if (!layout.has('longest')) facts.push(`longest ${formatDuration(finding.max_duration_s)}`);
  if (!layout.has('rate')) facts.push(`${formatRate(finding.sustained_rate_bps)} sustained`);
  if (!layout.has('confidence')) facts.push(`confidence ${finding.confidence.toFixed(2)}`);
  facts.push(layout.has('first') ? formatPlural(finding.connections, 'connection') : seenText(finding));
  if (finding.user !== null) facts.push(`user ${printable(finding.user)}`);
  const { expected_bytes_out_day: expected, observed_bytes_out_day: observed } = finding.baseline;
  if (expected !== null) {
    facts.push(`largest day ${formatBytes(observed)}, expected ${formatBytes(expected)}`);
  }
  return facts.map((fact) => cutEnd(fact, 2 * room));
}

/** Width of a column, 0 where it was dropped. */
function cellWidth(layout: Layout, name: ColumnName): number {
  return layout.columns.find(({ column }) => column.name === name)?.width ?? 0;
}

function pathLines(finding: Finding, room: number): string[] {
  const { executable, parent, ancestry } = finding.process;
  const path = executable === null ? null : printable(executable);
  const starter = parent.executable ?? ancestry[0] ?? null;
  const startedBy = starter === null ? null : `started by ${printable(starter)}`;
  const known = [path, startedBy].filter((part) => part !== null);
  const together = known.join(' ');
  return fits(together, room)
    ? known.length === 0
      ? []
      : [together]
    : known.map((part) => cutMiddle(part, room));
}

function reasonLines(indicators: readonly IndicatorResult[], room: number, paint: Paint): string[] {
  const ranked = [...indicators].sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
  const main = ranked.slice(0, MAIN_REASONS);
  const pointsWidth = Math.min(
    8,
    Math.max(3, ...main.map((indicator) => formatPoints(indicator.points).length)),
  );
  const lines = main.flatMap((indicator) => {
    const points = padLeft(formatPoints(indicator.points), pointsWidth);
    const [first = '', ...more] = limited(
      printable(indicator.text),
      room - pointsWidth - GAP.length,
      REASON_LINES,
    );
    const hang = ' '.repeat(pointsWidth) + GAP;
    return [paint('strong', points) + GAP + first, ...more.map((line) => hang + line)];
  });
  const rest = ranked.slice(MAIN_REASONS);
  if (rest.length === 0) return lines;
  const points = rest.reduce((sum, indicator) => sum + indicator.points, 0);
  const note = `${' '.repeat(pointsWidth)}${GAP}${formatPlural(rest.length, 'more reason')}, ${formatPoints(points)}`;
  return [...lines, paint('quiet', cutEnd(note, room))];
}

/** `text` wrapped into at most `lines` lines, the last one cut where there is more. */
export function limited(text: string, width: number, lines: number): string[] {
  const wrapped = wrap(cutEnd(text, width * lines), width);
  if (wrapped.length <= lines) return wrapped;
  return [...wrapped.slice(0, lines - 1), cutEnd(wrapped.slice(lines - 1).join(' '), width)];
}

/** Paints the word of a padded cell and leaves the padding bare, so that a background does not run on. */
function paintWord(paint: Paint, style: Style, cell: string): string {
  const word = cell.trimEnd();
  return paint(style, word) + cell.slice(word.length);
}
