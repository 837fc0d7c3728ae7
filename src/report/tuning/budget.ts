import { textTable } from '../text-table.js';
import { wrap } from '../cells.js';
import { painter, type Paint } from '../paint.js';
import { printable } from '../../ground/printable.js';
import { formatCount, formatPlural } from '../../ground/units.js';
import type { Budget, Recommendation } from '../../tuning/budget.js';
import type { CurvePoint } from '../../tuning/curve.js';
import { settingLines } from './backtest.js';
import type { Terminal } from '../terminal.js';

/** Rows of the curve; JSON has all points. */
const ROWS = 16;

/** What an alert budget would cost, for people. */
export function showBudget(result: Budget, { width, color }: Terminal): string {
  const paint = painter(color);
  const { range, severity, alerts_per_day: budget } = result;
  return [
    paint('strong', `At most ${budget} new findings a day at ${severity} or above`),
    `measured from ${range.since} to ${range.until}: ${formatPlural(range.days_with_data, 'day')}, ${formatPlural(range.hosts, 'host')}`,
    ...notReplayed(range.not_replayed, width),
    '',
    ...yardstick(result, width),
    '',
    ...curveTable(result, width, paint),
    '',
    ...(result.recommended === null
      ? nothingFits(result, width)
      : recommendation(result.recommended, result, width, paint)),
    '',
  ].join('\n');
}

/** Where the proposal went, and what can be done with it. */
export function showProposal(file: string, target: string, written: boolean): string {
  if (!written) return 'Nothing to propose: no file was written.\n';
  const store = printable(target);
  const out = printable(file);
  return [
    `\nWritten to ${out}; nothing is in force until you use it:\n`,
    `  outflow tune backtest --store ${store} --proposed ${out}   see what it finds and loses\n`,
    `  outflow detect --store ${store} --config ${out}   judge by it from now on\n`,
  ].join('');
}

/** What a proposed file says of where it comes from. */
export function budgetComment(result: Budget, store: string): string[] {
  const { range, recommended, severity } = result;
  if (recommended === null) return [];
  const [low, high] = recommended.certainty.alerts_per_day;
  return [
    `Proposed by outflow tune budget --alerts-per-day ${result.alerts_per_day} for ${severity} or above.`,
    `From ${range.since} to ${range.until} of ${store}: ${formatPlural(range.days_with_data, 'day')}, ${formatPlural(range.hosts, 'host')}.`,
    `Expected: ${recommended.alerts_per_day} alerts a day (${low} to ${high}); ${result.now?.alerts_per_day ?? 'unknown'} as it was.`,
    `Confirmed incidents kept: ${recommended.confirmed_kept} of ${result.confirmed.in_range}.`,
    ...settingLines(recommended.settings).map((line) => line.trim()),
  ];
}

function notReplayed(days: readonly string[], width: number): string[] {
  return days.length === 0
    ? []
    : wrap(`Not replayed, because their weeks are past their retention: ${days.join(', ')}.`, width);
}

function yardstick({ confirmed, risks }: Budget, width: number): string[] {
  if (confirmed.in_range > 0) {
    return wrap(
      `Yardstick: ${formatPlural(confirmed.in_range, 'confirmed incident')}, closed as true positive or escalated.`,
      width,
    );
  }
  const spread = risks
    .filter(({ findings }) => findings > 0)
    .map(({ from, findings }) => `${from}s: ${formatCount(findings)}`)
    .join(', ');
  return wrap(
    `No yardstick: nobody has confirmed a finding of this range (closed as true positive, or escalated), so that only risk says what is worth keeping. Findings by risk: ${spread || 'none'}.`,
    width,
  );
}

function curveTable(result: Budget, width: number, paint: Paint): string[] {
  const { recommended, now, severity, confirmed } = result;
  const marked = [recommended, now, result.fewest].filter((point) => point !== null);
  const points = thinned(result.frontier, ROWS - marked.length);
  const rows = [...points, ...marked.filter((one) => !points.some((point) => same(point, one)))]
    .sort((a, b) => a.alerts - b.alerts || a.factor - b.factor || a.level - b.level)
    .map((point) => [
      String(point.alerts_per_day),
      formatCount(point.busiest_day),
      confirmed.in_range === 0
        ? '–'
        : `${formatCount(point.confirmed_kept)} of ${formatCount(confirmed.in_range)}`,
      formatCount(point.findings_kept),
      formatCount(point.risk_kept),
      String(point.level),
      `x${point.factor}`,
      [
        ...(recommended !== null && same(point, recommended) ? ['recommended'] : []),
        ...(now !== null && same(point, now) ? ['now'] : []),
      ].join(', '),
    ]);
  const head = [
    'a day',
    'busiest',
    'confirmed kept',
    'findings',
    'risk kept',
    `${severity} from`,
    'amounts',
    '',
  ];
  return textTable(head, rows, width, paint);
}

/** Evenly chosen, first and last included. */
function thinned(points: readonly CurvePoint[], most: number): readonly CurvePoint[] {
  if (points.length <= most) return points;
  const wanted = new Set(
    Array.from({ length: most }, (_, at) => Math.round((at * (points.length - 1)) / (most - 1))),
  );
  return points.filter((_, at) => wanted.has(at));
}

const same = (a: CurvePoint, b: CurvePoint): boolean => a.factor === b.factor && a.level === b.level;

function recommendation(
  recommended: Recommendation,
  { confirmed }: Budget,
  width: number,
  paint: Paint,
): string[] {
  const { certainty, confirmed_lost: lost } = recommended;
  const [low, high] = certainty.alerts_per_day;
  return [
    paint('strong', 'Recommended'),
    ...settingLines(recommended.settings),
    ...wrap(
      `Expect ${recommended.alerts_per_day} a day, in 95 of 100 cases between ${low} and ${high}` +
        (confirmed.in_range > 0
          ? `; ${formatCount(recommended.confirmed_kept)} of ${formatCount(confirmed.in_range)} confirmed incidents stay.`
          : '.'),
      width,
    ),
    ...(lost.length === 0
      ? []
      : wrap(
          `LOST: ${formatPlural(lost.length, 'confirmed incident')} would no longer be raised: ${lost.join(', ')}.`,
          width,
        ).map((line) => paint('alarm', line))),
    ...wrap(['How sure: chosen on the days it is measured on.', ...certainty.doubts].join(' '), width),
  ];
}

function nothingFits({ fewest, confirmed, alerts_per_day: budget }: Budget, width: number): string[] {
  if (fewest === null) return [];
  const kept =
    confirmed.in_range === 0
      ? ''
      : `, with ${formatCount(fewest.confirmed_kept)} of ${formatCount(confirmed.in_range)} confirmed incidents kept`;
  return wrap(
    `No settings of the curve fit ${budget} a day: the fewest are ${fewest.alerts_per_day}${kept}. Approve what is known instead (outflow inventory suggest), or raise the budget.`,
    width,
  );
}
