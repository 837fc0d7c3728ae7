import { textTable } from '../text-table.js';
import { wrap } from '../cells.js';
import { painter, type Paint } from '../paint.js';
import { printable } from '../../ground/printable.js';
import { formatCount, formatPlural } from '../../ground/units.js';
import type { Backtest } from '../../tuning/backtest.js';
import type { Confirmed, Counts, ListedFinding, ListedSide } from '../../tuning/compare.js';
import type { SettingChange } from '../../tuning/settings.js';
import type { Terminal } from '../terminal.js';

/** Rows of a list; JSON has all of them. */
const LISTED = 30;
/** Indicators that explain a row. */
const REASONS = 4;

/** What a proposal would have changed, for people. */
export function showBacktest(result: Backtest, { width, color }: Terminal): string {
  const paint = painter(color);
  return [
    ...head(result, width, paint),
    '',
    ...dayTable(result, width, paint),
    '',
    ...confirmedLines(result, width, paint),
    ...list('Newly found', result.new, width, paint),
    ...list('Lost', result.lost, width, paint),
    '',
  ].join('\n');
}

/** One line a setting: `detection.upload_ratio  2 -> 3`; printable. */
export function settingLines(settings: readonly SettingChange[]): string[] {
  return settings.length === 0
    ? ['  nothing differs from what is in force']
    : settings.map(({ setting, before, after }) =>
        printable(`  ${setting}  ${valueText(before)} -> ${valueText(after)}`),
      );
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function head({ range, settings }: Backtest, width: number, paint: Paint): string[] {
  const span = `${range.since} to ${range.until}`;
  const facts = [
    formatPlural(range.days_with_data, 'day'),
    formatPlural(range.hosts, 'host'),
    ...(range.judged_again > 0
      ? [`${formatPlural(range.judged_again, 'day')} judged again under what is in force now`]
      : []),
  ];
  const gone =
    range.not_replayed.length === 0
      ? []
      : wrap(
          `Not replayed, because their weeks are past their retention: ${range.not_replayed.join(', ')}.`,
          width,
        );
  return [
    paint('strong', `What would have been found from ${span}`),
    facts.join(', '),
    ...settingLines(settings),
    ...gone,
  ];
}

function dayTable(result: Backtest, width: number, paint: Paint): string[] {
  const row = (name: string, { now, proposed, new: fresh, lost }: Counts): string[] => [
    name,
    ...[now, proposed, fresh, lost].map(formatCount),
  ];
  const { standing, days, totals, alerts_per_day: rate } = result;
  const rows = [
    ...(standing === null ? [] : [row('before', standing)]),
    ...days.map((day) => row(day.day, day)),
    row('in all', totals),
    ['a day', String(rate.now), String(rate.proposed), '', ''],
  ];
  const moved = [
    ...(totals.earlier > 0 ? [`${formatCount(totals.earlier)} would have been raised earlier`] : []),
    ...(totals.later > 0 ? [`${formatCount(totals.later)} later`] : []),
  ];
  return [
    ...textTable(['raised', 'now', 'proposed', 'new', 'lost'], rows, width, paint),
    ...wrap(
      'Findings at medium or above that no approval covers, each on the first judged day it is.' +
        (standing === null ? '' : ' "before" were raised before the range.') +
        (moved.length === 0 ? '' : ` ${moved.join(', ')}.`),
      width,
    ),
  ];
}

function confirmedLines({ confirmed, lost }: Backtest, width: number, paint: Paint): string[] {
  const { in_range: all, now, proposed } = confirmed;
  const outside =
    confirmed.outside_range === 0
      ? ''
      : ` ${formatPlural(confirmed.outside_range, 'other')} had no activity in this range.`;
  if (all === 0) {
    return wrap(
      `No yardstick: nobody has confirmed a finding of this range (closed as true positive, or escalated).${outside}`,
      width,
    );
  }
  return [
    ...wrap(
      `Confirmed incidents: ${formatCount(proposed)} of ${formatCount(all)} would be at medium or above, ${formatCount(now)} are now.${outside}`,
      width,
    ),
    ...lossLines(confirmed, lost, width, paint),
  ];
}

function lossLines(
  { lost }: Confirmed,
  listed: readonly ListedFinding[],
  width: number,
  paint: Paint,
): string[] {
  if (lost.length === 0) return [];
  const named = lost.map((id) => {
    const one = listed.find((entry) => entry.id === id);
    return one === undefined ? id : `${id} (${printable(one.program)} on ${printable(hostOf(one))})`;
  });
  const text = `LOST: ${formatPlural(lost.length, 'confirmed incident')} would no longer be raised: ${named.join(', ')}.`;
  return wrap(text, width).map((line) => paint('alarm', line));
}

function list(title: string, findings: readonly ListedFinding[], width: number, paint: Paint): string[] {
  if (findings.length === 0) return ['', `${title}: none.`];
  const rows = findings
    .slice(0, LISTED)
    .map((one) => [
      hostOf(one),
      one.program,
      placeOf(one),
      `${riskText(one.before)} -> ${riskText(one.after)}`,
      one.verdict?.replace('_', ' ') ?? '',
    ]);
  const more = findings.length - LISTED;
  const [names = '', ...lines] = textTable(
    ['host', 'program', 'destination', 'risk', 'people said'],
    rows,
    width,
    paint,
  );
  return [
    '',
    paint('strong', `${title} (${formatCount(findings.length)})`),
    names,
    ...lines.flatMap((line, at) => [
      line,
      ...wrap(whyText(findings[at]!), width - 2).map((why) => `  ${why}`),
    ]),
    ...(more > 0 ? [`and ${formatCount(more)} more, use --format json`] : []),
  ];
}

const hostOf = ({ host }: ListedFinding): string => host.name || host.id;

function placeOf({ destination }: ListedFinding): string {
  if (destination === null) return 'sent nothing';
  const { name, port } = destination;
  return `${name === '' ? 'unknown' : name.includes(':') ? `[${name}]` : name}${port > 0 ? `:${port}` : ''}`;
}

const riskText = ({ risk, reported }: ListedSide): string =>
  reported || risk === 0 ? `${risk}` : `(${risk})`;

/** The indicators that changed most, else what else makes the difference; printable. */
export function whyText({ before, after, changed }: ListedFinding): string {
  if (after.approval !== before.approval) {
    return after.approval === null ? 'not approved any more' : `approved as "${printable(after.approval)}"`;
  }
  if (changed.length === 0) return `a risk of ${after.risk} is ${after.severity}`;
  return changed
    .slice(0, REASONS)
    .map((one) => `${one.indicator} ${one.before}->${one.after}`)
    .join(', ');
}
