import { cutEnd, cutMiddle, padRight } from '../cells.js';
import { printable } from '../../ground/printable.js';
import { WITHHOLDABLE } from '../../simulate/event.js';
import { DIFFICULTIES } from '../../simulate/scenarios/scenario.js';
import type { Target, ValidationReport } from '../../simulate/validation/report.js';
import type { IncidentScore, Reached, Score } from '../../simulate/validation/score.js';

export const SHORT: Readonly<Record<Reached, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'info',
  approved: 'approved',
  nothing: '-',
};

const TITLE_WIDTH = 46;
const CELL_WIDTH = 10;
const LISTED_FALSE = 40;

/** The report for people: what was found, what was missed, what woke somebody for nothing. */
export function renderValidation(report: ValidationReport): string {
  const lines = [
    `${report.hosts} hosts, ${report.days} days, seeds ${report.seeds.join(', ')}`,
    '',
    ...summaryLines(report),
    '',
    'Attacks: severity reached, one column per seed and source set',
    ...matrix(
      report,
      (incident) =>
        incident.kind === 'attack' && incident.difficulty !== 'hard' && incident.difficulty !== 'blind',
    ),
    '',
    'Known limits: hard and blind attacks leave little or nothing in this telemetry',
    ...matrix(report, (incident) => incident.difficulty === 'hard' || incident.difficulty === 'blind'),
    ...report.not_simulated.map(
      (scenario) => `${scenario.id}  ${scenario.title}: not simulated; ${scenario.reason}`,
    ),
    '',
    'Hard benign cases: severity reached (* above what is expected)',
    ...matrix(report, (incident) => incident.kind === 'benign'),
    '',
    ...falseLines(report),
    ...twinLines(report),
    '',
    ...report.targets.map(targetLine),
    report.passed ? 'All targets met.' : 'Some targets are missed.',
  ];
  return `${lines.join('\n')}\n`;
}

function summaryLines(report: ValidationReport): string[] {
  const lines: string[] = [];
  for (const summary of report.summaries) {
    lines.push(summary.sources.join(' + '));
    for (const difficulty of DIFFICULTIES) {
      const { found, total } = summary.recall[difficulty];
      if (total > 0)
        lines.push(
          `  ${padRight(difficulty, 8)} ${found} of ${total} found at medium or above (${percent(found / total)})`,
        );
    }
    lines.push(`  benign   ${summary.benign.ok} of ${summary.benign.total} at their expected level`);
    lines.push(
      `  false    ${summary.false_findings} at medium or above in ${summary.host_days} host-days (${summary.false_per_host_day.toFixed(4)} per host-day)`,
    );
    const own = report.scores.filter((score) => score.sources.join('+') === summary.sources.join('+'));
    lines.push(`  ranking  ${own.map(rankingText).join('; ')}`);
  }
  return lines;
}

function rankingText(score: Score): string {
  const { ranking } = score;
  const auc = ranking.auc === null ? 'n/a' : ranking.auc.toFixed(3);
  const precision = ranking.precision_at['25'] === null ? 'n/a' : percent(ranking.precision_at['25']);
  const rank = ranking.mean_rank === null ? 'n/a' : ranking.mean_rank.toFixed(1);
  return `seed ${score.seed}: AUC ${auc}, ${precision} true in the first 25, mean place of ${ranking.relevant} true among ${ranking.total} is ${rank}`;
}

function matrix(report: ValidationReport, wanted: (incident: IncidentScore) => boolean): string[] {
  const { scores } = report;
  const rows = new Map<string, IncidentScore>();
  for (const score of scores)
    for (const incident of score.incidents.filter(wanted)) rows.set(incident.id, incident);
  const ids = [...rows.keys()].sort();
  const head = scores.map((score) => padRight(`${score.seed}/${initials(score)}`, CELL_WIDTH)).join(' ');
  const body = ids.map((id) => {
    const incident = rows.get(id)!;
    const cells = scores.map((score) => padRight(cell(score, id, wanted), CELL_WIDTH)).join(' ');
    return `${id}  ${padRight(incident.difficulty ?? incident.expected, 6)}  ${padRight(cutEnd(incident.title, TITLE_WIDTH), TITLE_WIDTH)}  ${cells}`.trimEnd();
  });
  return [`${' '.repeat(13 + TITLE_WIDTH + 2)}${head}`.trimEnd(), ...body];
}

/** A fleet-wide case shows the worst of its hosts. */
function cell(score: Score, id: string, wanted: (incident: IncidentScore) => boolean): string {
  const own = score.incidents.filter((incident) => incident.id === id && wanted(incident));
  const worst =
    own.find((incident) => !incident.ok) ??
    own.reduce<IncidentScore | undefined>(
      (top, incident) => (top === undefined || incident.risk > top.risk ? incident : top),
      undefined,
    );
  if (worst === undefined) return '';
  return `${SHORT[worst.reached]}${worst.ok ? '' : worst.kind === 'benign' ? '*' : ' !'}`;
}

export function initials({ sources }: Pick<Score, 'sources'>): string {
  return sources
    .map((source) =>
      source
        .split('-')
        .map((word) => word.charAt(0))
        .join(''),
    )
    .join('+');
}

function falseLines(report: ValidationReport): string[] {
  const all = report.scores.flatMap((score) => score.false_findings.map((finding) => ({ score, finding })));
  if (all.length === 0) return ['No false findings at medium or above.'];
  const lines = all
    .sort(
      (left, right) =>
        right.finding.risk - left.finding.risk || (left.finding.id < right.finding.id ? -1 : 1),
    )
    .slice(0, LISTED_FALSE)
    .map(({ score, finding }) => {
      const what = finding.benign_case ?? 'ordinary';
      const process = cutMiddle(printable(finding.process), 60);
      return `${score.seed}/${initials(score)}  ${padRight(finding.severity, 8)} ${padRight(String(finding.risk), 3)} ${padRight(what, 8)} ${padRight(printable(finding.host), 12)} ${process}  [${finding.indicators.join(' ')}]`;
    });
  if (all.length > LISTED_FALSE)
    lines.push(`… and ${all.length - LISTED_FALSE} more (--format json has all)`);
  return ['False findings at medium or above', ...lines];
}

function twinLines(report: ValidationReport): string[] {
  if (report.twins.length === 0) return [];
  const head = `${' '.repeat(TITLE_WIDTH + 7)}${['all', ...WITHHOLDABLE.map((field) => `-${field}`)].map((name) => padRight(name, CELL_WIDTH)).join(' ')}`;
  const rows = report.twins.map((twin) => {
    const cells = [twin.base, ...WITHHOLDABLE.map((field) => twin.without[field])].map((reached) =>
      padRight(reached === undefined ? '' : SHORT[reached], CELL_WIDTH),
    );
    return `${twin.scenario}  ${padRight(cutEnd(twin.title, TITLE_WIDTH), TITLE_WIDTH)}  ${cells.join(' ')}`.trimEnd();
  });
  const sets = [...new Set(report.twins.map((twin) => twin.sources.join(' + ')))].join('; ');
  return ['', `Twins: must scenarios with one field missing everywhere (${sets})`, head.trimEnd(), ...rows];
}

export function targetLine(target: Target): string {
  const show = (value: number): string =>
    /^(?:recall|share)/.test(target.name)
      ? percent(value)
      : target.name.startsWith('false')
        ? value.toFixed(4)
        : String(value);
  const reached = target.reached === null ? 'nothing played' : show(target.reached);
  return `${target.met ? 'met   ' : 'MISSED'}  ${target.name}: ${reached} (target ${show(target.target)})`;
}

export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}
