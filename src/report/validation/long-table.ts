import { cutEnd, cutMiddle, padRight } from '../cells.js';
import { printable } from '../../ground/printable.js';
import { initials, percent, SHORT, targetLine } from './table.js';
import type { LongReport, LongRun, LongSummary, Share } from '../../simulate/validation/long/long-report.js';
import type {
  ApprovedBy,
  LongFalseFinding,
  LongIncident,
} from '../../simulate/validation/long/long-score.js';

const TITLE_WIDTH = 46;
const CELL_WIDTH = 15;
const LISTED_FALSE = 40;
const APPROVED_MARK: Readonly<Record<ApprovedBy, string>> = { company: ' c', suggestion: ' s' };

/** The report of the long exercise for people. */
export function renderLongValidation(report: LongReport): string {
  const { runs } = report;
  const isLimit = ({ difficulty }: LongIncident): boolean => difficulty === 'hard' || difficulty === 'blind';
  const lines = [
    `${report.hosts} hosts, ${report.days} days, ${report.learning_days} of them to learn, seeds ${report.seeds.join(', ')}`,
    '',
    ...report.summaries.flatMap((summary) => summaryLines(summary, report)),
    '',
    'Attacks: severity reached, and days until it was medium or above; one column per seed and source set',
    ...matrix(runs, (incident) => incident.kind === 'attack' && !isLimit(incident)),
    '',
    'Known limits: hard and blind attacks leave little or nothing in this telemetry',
    ...matrix(runs, isLimit),
    '',
    'Hard benign cases: severity reached at the end (* open), approved by the company (c) or a suggestion (s), expired (x)',
    ...matrix(runs, ({ kind }) => kind === 'benign'),
    '',
    ...falseLines('False findings raised after the learning days', runs, (run) => run.score.false_findings),
    ...falseLines('Found again because an approval expired', runs, (run) => run.score.after_expiry),
    ...suggestionLines(runs),
    ...expiryLines(runs),
    '',
    ...report.targets.map(targetLine),
    report.passed ? 'All targets met.' : 'Some targets are missed.',
  ];
  return `${lines.join('\n')}\n`;
}

function summaryLines(summary: LongSummary, report: LongReport): string[] {
  const of = ({ reached, total }: Share): string =>
    `${reached} of ${total}${total === 0 ? '' : ` (${percent(reached / total)})`}`;
  const learning = report.runs
    .filter(({ score }) => score.sources.join('+') === summary.sources.join('+'))
    .reduce((sum, { score }) => sum + score.false_while_learning.length, 0);
  return [
    summary.sources.join(' + '),
    `  must       ${of(summary.must)} raised at medium or above`,
    `  should     ${of(summary.should)}`,
    `  slow ramp  ${of(summary.ramp)}`,
    `  benign     ${of(summary.quiet)} approved cases are quiet; ${summary.unapproved.open} of ${summary.unapproved.total} not approved are open`,
    `  false      ${summary.false_findings} after learning in ${summary.host_days} host-days (${summary.false_per_host_day.toFixed(4)} per host-day); ${learning} while learning`,
  ];
}

function matrix(runs: readonly LongRun[], wanted: (incident: LongIncident) => boolean): string[] {
  const known = new Map<string, LongIncident>();
  for (const { score } of runs)
    for (const incident of score.incidents.filter(wanted)) known.set(incident.id, incident);
  const head = runs.map(({ score }) => padRight(`${score.seed}/${initials(score)}`, CELL_WIDTH)).join(' ');
  const rows = [...known.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, { difficulty, expected, title }]) => {
      const cells = runs
        .map(({ score }) => score.incidents.filter((incident) => incident.id === id && wanted(incident)))
        .map((own) => padRight(cellOf(own), CELL_WIDTH));
      return `${id}  ${padRight(difficulty ?? expected, 6)}  ${padRight(cutEnd(title, TITLE_WIDTH), TITLE_WIDTH)}  ${cells.join(' ')}`.trimEnd();
    });
  return [`${' '.repeat(13 + TITLE_WIDTH + 2)}${head}`.trimEnd(), ...rows];
}

/** A case on many hosts shows the worst of them, and on how many it is open. */
function cellOf(own: readonly LongIncident[]): string {
  const failed = own.filter(({ ok }) => !ok);
  const worst = [...(failed.length > 0 ? failed : own)].sort((left, right) => right.risk - left.risk)[0];
  if (worst === undefined) return '';
  const reached = SHORT[worst.reached];
  if (worst.kind === 'attack') {
    const delay = worst.delay_days === null ? '' : ` +${worst.delay_days}d`;
    return `${reached}${delay}${worst.ok ? '' : ' !'}`;
  }
  const approved = worst.approved_by === null ? '' : APPROVED_MARK[worst.approved_by];
  const many = own.length > 1 && failed.length > 0 ? ` ${failed.length}/${own.length}` : '';
  return `${reached}${worst.ok ? '' : '*'}${worst.lapsed ? ' x' : approved}${many}`;
}

function falseLines(
  title: string,
  runs: readonly LongRun[],
  pick: (run: LongRun) => readonly LongFalseFinding[],
): string[] {
  const all = runs.flatMap((run) => pick(run).map((finding) => ({ run, finding })));
  if (all.length === 0) return [`${title}: none`];
  const lines = all
    .sort(
      (left, right) =>
        right.finding.risk - left.finding.risk || (left.finding.id < right.finding.id ? -1 : 1),
    )
    .slice(0, LISTED_FALSE)
    .map(({ run, finding }) => {
      const what = finding.benign_case ?? finding.element ?? 'ordinary';
      const process = cutMiddle(printable(finding.process), 60);
      return `${run.score.seed}/${initials(run.score)}  ${padRight(finding.raised_on ?? '?', 10)} ${padRight(finding.severity, 8)} ${padRight(String(finding.risk), 3)} ${padRight(what, 8)} ${padRight(printable(finding.host), 12)} ${process}  [${finding.indicators.join(' ')}]`;
    });
  if (all.length > LISTED_FALSE)
    lines.push(`… and ${all.length - LISTED_FALSE} more (--format json has all)`);
  return [title, ...lines];
}

function suggestionLines(runs: readonly LongRun[]): string[] {
  const lines = runs.map(({ score, suggestions }) => {
    const { offered, accepted, mistakes } = suggestions;
    return `${score.seed}/${initials(score)}  ${offered} offered, ${accepted} accepted, ${mistakes.length} would have hidden an attack`;
  });
  const mistakes = runs.flatMap(({ score, suggestions }) =>
    suggestions.mistakes.map(
      ({ approval, incident, host }) =>
        `${score.seed}/${initials(score)}  ${incident} on ${printable(host)}: ${cutEnd(printable(approval), 80)}`,
    ),
  );
  return ['', 'Suggested approvals', ...lines, ...mistakes];
}

function expiryLines(runs: readonly LongRun[]): string[] {
  const lines = runs.flatMap(({ score, expired }) =>
    expired.map(({ scenario, host, expires, expected, open }) => {
      const words = expected === 'judged' ? 'goes on and is judged' : 'was done and stays approved';
      return `${score.seed}/${initials(score)}  ${scenario} on ${padRight(printable(host), 12)} until ${expires}: ${words}; ${open ? 'open' : 'quiet'}`;
    }),
  );
  return lines.length === 0 ? [] : ['', 'Approvals that expired', ...lines];
}
