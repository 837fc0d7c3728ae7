/** The words people read for the codes of the contract, and the short texts both human formats share. */
import { FIRST_ANALYTIC } from '../approvals/scope.js';
import type { DetectResult, Finding, FindingDestination, OtherAnalytic } from '../ground/finding.js';
import { isPressingSeverity, type Disposition, type Severity } from '../ground/vocabulary.js';
import { ANALYTICS, INDICATORS } from '../detect/analytics/registry.js';
import type { Unit } from '../detect/indicator.js';
import { printable } from '../ground/printable.js';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatRate,
  formatTime,
} from '../ground/units.js';

/** From the worst to the least, the order in which people read. */
export const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** Neither closed nor approved: somebody has it to do. */
export function isLive(finding: Finding): boolean {
  return finding.state !== 'closed' && finding.state !== 'approved';
}

/** Whether a finding deserves its details at once: medium or above, and nobody has acknowledged or settled it. */
export function isPressing(finding: Finding): boolean {
  return isLive(finding) && finding.state !== 'acknowledged' && isPressingSeverity(finding.severity);
}

/** `closed as true positive`, `escalated, assigned to NAME`; '' for an open finding that nobody has; printable. */
export function stateText({ state, history }: Finding): string {
  const disposition = state === 'closed' ? dispositionText(history?.disposition ?? null) : '';
  const assignee = history?.assignee ?? null;
  return [
    ...(state === 'open' ? [] : [state + disposition]),
    ...(assignee === null ? [] : [`assigned to ${printable(assignee)}`]),
  ].join(', ');
}

/** ` as benign`; the evidence closes without one. */
function dispositionText(disposition: Disposition | null): string {
  return disposition === null ? ' by the evidence' : ` as ${disposition.replace('_', ' ')}`;
}

/** `name:port`, the first address where no name is known; printable. */
export function destinationText(destination: FindingDestination): string {
  const place = destination.name ?? destination.ip[0] ?? null;
  const port = destination.port > 0 ? `:${destination.port}` : '';
  if (place === null) return port === '' ? 'destination unknown' : `destination unknown${port}`;
  return printable(place.includes(':') ? `[${place}]` : place) + port;
}

/** The destination that took most (the contract orders them so) and how many more there are. */
export function mainDestination(finding: Finding): { readonly text: string; readonly more: number } {
  const [first] = finding.destinations;
  if (first === undefined) return { text: 'no connection seen', more: 0 };
  return { text: destinationText(first), more: finding.destinations.length - 1 };
}

/** Host name as people know it, else its id; printable. */
export function hostText(finding: Finding): string {
  return printable(finding.host.name || finding.host.id || 'unknown host');
}

/** Process name, else the last part of its path; printable. */
export function processText(finding: Finding): string {
  const { name, executable } = finding.process;
  return printable(name || (executable ?? '').split('/').at(-1) || 'unknown process');
}

/** `2026-03-04 22:10 to 2026-03-05 00:10 UTC, still open`. */
export function seenText(finding: Finding): string {
  const first = formatTime(finding.first_seen);
  const last = formatTime(finding.last_seen);
  if (first === null || last === null) return 'time unknown';
  return `${first === last ? first : `${first} to ${last}`} UTC${finding.open ? ', still open' : ''}`;
}

/** The first analytic, and every other one that found something or is told of with it, by id. */
export function analyticsOf(findings: readonly Finding[]): readonly string[] {
  const seen = findings.flatMap(({ analytic, also = [] }) => [analytic, ...also.map((one) => one.analytic)]);
  return [...new Set([FIRST_ANALYTIC, ...seen])].sort();
}

/** `AN0377`; '' for the first analytic, which found whatever says nothing else; printable. */
export function otherAnalytic({ analytic }: Finding): string {
  return analytic === FIRST_ANALYTIC ? '' : printable(analytic);
}

/** `also AN0377 (medium, risk 51, finding 0123456789abcdef): what it saw`; printable. */
export function alsoText({ analytic, severity, risk, id, title }: OtherAnalytic): string {
  return `also ${printable(analytic)} (${severity}, risk ${Math.round(risk)}, finding ${printable(id)}): ${printable(title)}`;
}

/** How the numbers of an indicator are read, by the unit it declares. */
const BY_UNIT: Readonly<Record<Unit, (value: number) => string>> = {
  bytes: formatBytes,
  bytes_per_second: formatRate,
  seconds: formatDuration,
  hours: (hours) => `${formatNumber(hours)} h`,
  hosts: formatNumber,
  count: formatNumber,
  ratio: formatNumber,
  points: (points) => `${formatCount(points)} points`,
  port: String,
  text: formatNumber,
};

const UNITS: ReadonlyMap<string, Unit> = new Map(INDICATORS.map(({ id, unit }) => [id, unit]));

/** A mutable element of an analytic in the unit that the analytic declares; printable. */
export function tunableValue(analytic: string, name: string, value: number | string): string {
  if (typeof value === 'string') return printable(value);
  const units = ANALYTICS.find(({ id }) => id === analytic)?.tunableUnits;
  return BY_UNIT[units?.[name] ?? 'count'](value);
}

/** An indicator's observed, expected or threshold value in the unit of that indicator; printable. */
export function indicatorValue(indicatorId: string, value: number | string | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return printable(value);
  return BY_UNIT[UNITS.get(indicatorId) ?? 'count'](value);
}

/** `only records from 2026-03-02 00:00 to before 2026-03-03 00:00`; '' where all counted. */
export function cutText({ cut }: DetectResult['run']): string {
  if (cut === undefined) return '';
  const since = formatTime(cut.since);
  const until = formatTime(cut.until);
  return `only records${since === null ? '' : ` from ${since}`}${until === null ? '' : ` to before ${until}`}`;
}
