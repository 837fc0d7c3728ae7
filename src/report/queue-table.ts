/** The terminal output of `outflow findings`: the queue, one finding, and what was decided. */
import type { Finding } from '../ground/finding.js';
import type { Decision } from '../decisions/decision.js';
import type { DecisionHistory, FindingDetail, FindingQueue } from '../service/findings.js';
import { columnsOf, cutEnd, padRight, wrap } from './cells.js';
import { decisionText } from './decision-words.js';
import { type Paint, painter } from './paint.js';
import { printable } from '../ground/printable.js';
import { GAP, headRow, layOut } from './table-columns.js';
import { findingBlock, findingRows, limited } from './table-finding.js';
import { tableWidth } from './table.js';
import { formatCount, formatPlural, formatTime } from '../ground/units.js';
import type { Terminal } from './terminal.js';

const STATE = 'acknowledged'.length;
/** Below this an id and a state beside the row would leave it no room; they get a line of their own. */
const BESIDE = 100;
const LABEL = 10;
const HISTORY_LINES = 4;
/** Columns that what was decided needs beside when and by whom. */
const LEAST_TEXT = 30;

export interface Queue extends Omit<FindingQueue, 'schema'> {
  /** Characters of an id that tell it from all others of the store. */
  readonly idLength: number;
}

/** One row a finding, the worst first, and a line that says what else there is. */
export function renderQueue(queue: Queue, options: Terminal): string {
  const width = tableWidth(options);
  const paint = painter(options.color);
  const rows = queue.findings.length === 0 ? [] : queueRows(queue, width, paint);
  const lines = [...rows, ...wrap(queueSentence(queue), width).map((line) => paint('quiet', line))];
  return `${lines.join('\n')}\n`;
}

function queueRows({ findings, idLength }: Queue, width: number, paint: Paint): string[] {
  const beside = width >= BESIDE;
  const lead = beside ? idLength + STATE + 2 * GAP.length : 0;
  const layout = layOut(findings, width - lead);
  const label = (id: string, state: string): string =>
    [padRight(id, idLength), padRight(state, STATE)].join(GAP);
  const head = headRow(layout);
  return [
    paint('quiet', beside ? label('ID', 'STATE') + GAP + head : head),
    ...findings.flatMap((finding) => {
      const own = label(finding.id.slice(0, idLength), finding.state);
      // The state stands beside, so that the row may say how severe what is settled was.
      const [row = '', ...told] = findingRows({ ...finding, state: 'open' }, layout, width, paint);
      return beside ? [own + GAP + row, ...told] : [row, paint('quiet', `  ${own.trimEnd()}`), ...told];
    }),
  ];
}

function queueSentence({ findings, counts, judged }: Queue): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${formatCount(count)} ${state}`);
  const days = judged === null ? '' : `, judged from ${judged.first} to ${judged.last}`;
  if (all === 0) return `No findings in this store${days}.`;
  const shown =
    findings.length === 0 ? 'No finding fits' : `${formatPlural(findings.length, 'finding')} shown`;
  return `${shown}; ${formatCount(all)} in this store: ${parts.join(', ')}${days}.`;
}

/** Everything about one finding, and what was decided on it. */
export function renderFinding(
  { finding, decisions }: Omit<FindingDetail, 'schema'>,
  options: Terminal,
): string {
  const width = tableWidth(options);
  const paint = painter(options.color);
  const layout = layOut([finding], width);
  const lines = [
    paint('quiet', headRow(layout)),
    ...findingBlock(finding, layout, width, paint),
    '',
    ...factLines(finding, width),
    '',
    ...(decisions.length === 0 ? ['Nobody has decided on it.'] : decisionLines(decisions, width, paint)),
  ];
  return `${lines.join('\n')}\n`;
}

function factLines({ id, history }: Finding, width: number): string[] {
  const facts: [string, string][] = [['finding', printable(id)]];
  if (history !== undefined) {
    const { first_judged: first, last_judged: last, worst_judged: worst, raised_on: raised } = history;
    facts.push(
      ['judged', first === last ? `on ${first}` : `${first} to ${last}, the worst on ${worst}`],
      ['raised', raised === null ? 'never medium or above' : `medium or above since ${raised}`],
    );
    if (history.approval !== null) facts.push(['approval', printable(history.approval)]);
  }
  return facts.flatMap(([name, value]) =>
    limited(value, width - LABEL, 2).map((line, at) => padRight(at === 0 ? name : '', LABEL) + line),
  );
}

/** The decisions in their order, on which finding only where `subjects` asks for it, and whether they hold. */
export function renderDecisions(
  { decisions, verified }: Omit<DecisionHistory, 'schema'>,
  options: Terminal & { readonly subjects: boolean },
): string {
  const width = tableWidth(options);
  const lines = [
    ...(decisions.length === 0
      ? ['Nobody has decided anything.']
      : decisionLines(decisions, width, painter(options.color), options.subjects)),
    ...(verified === null ? [] : [verifiedSentence(verified)]),
  ];
  return `${lines.join('\n')}\n`;
}

function verifiedSentence({ decisions, head }: NonNullable<DecisionHistory['verified']>): string {
  return `The history is as it was written: ${formatPlural(decisions, 'decision')}${head === '' ? '' : `, head ${head}`}.`;
}

function decisionLines(
  decisions: readonly Decision[],
  width: number,
  paint: Paint,
  subjects = false,
): string[] {
  return decisions.flatMap((decision) => {
    const { at, who, kind, subject } = decision;
    const about = subjects && kind === 'finding' ? `${printable(subject)}${GAP}` : '';
    const head = `${formatTime(at) ?? at}${GAP}${about}${cutEnd(printable(who), 20)}${GAP}`;
    const hang = columnsOf(head);
    if (width - hang < LEAST_TEXT)
      return [
        paint('quiet', cutEnd(head.trimEnd(), width)),
        ...limited(decisionText(decision), width - 2, HISTORY_LINES).map((line) => `  ${line}`),
      ];
    const [first = '', ...more] = limited(decisionText(decision), width - hang, HISTORY_LINES);
    return [paint('quiet', head) + first, ...more.map((line) => ' '.repeat(hang) + line)];
  });
}
