import { textTable } from '../text-table.js';
import { painter, type Paint } from '../paint.js';
import { printable } from '../../ground/printable.js';
import { formatBytes, formatCount, formatPlural } from '../../ground/units.js';
import type { Drift, DriftEntry } from '../../baseline/drift.js';
import type { BaselineList, BuiltBaseline } from '../../service/baseline.js';
import type { Terminal } from '../terminal.js';

const LISTED = 20;

/** All versions, one a line. */
export function renderVersions({ baselines: versions }: BaselineList, { width, color }: Terminal): string {
  if (versions.length === 0) {
    return 'No baseline yet. detect --store learns one a week once there are enough days; outflow baseline build makes one now.\n';
  }
  const rows = versions.map((one) => [
    one.version,
    one.name === '' ? one.kind : one.name,
    `${one.learned_from} to ${one.learned_until}`,
    formatCount(one.days),
    formatCount(one.hosts),
    formatCount(one.actors),
    one.applies_from,
    formatPlural(one.cited_by.days, 'day'),
    formatPlural(one.cited_by.findings.length, 'finding'),
  ]);
  const head = [
    'version',
    'name',
    'learned from',
    'days',
    'hosts',
    'actors',
    'applies from',
    'judged',
    'cited by',
  ];
  return `${textTable(head, rows, width, painter(color)).join('\n')}\n`;
}

/** The version that was frozen, and how much it leaves out. */
export function renderBuilt({ version, excluded }: BuiltBaseline): string {
  const left =
    excluded.length === 0
      ? ''
      : `Left out: what ${formatPlural(excluded.length, 'subject')} did while it was a finding.\n`;
  return `${version}\n${left}`;
}

/** What changed between two versions. */
export function renderDrift(drift: Drift, { width, color }: Terminal): string {
  const paint = painter(color);
  const { added, grown, vanished } = drift;
  const summary = `${formatCount(added.length)} new, ${formatCount(grown.length)} grown, ${formatCount(vanished.length)} vanished`;
  return `${[
    paint('strong', `From ${printable(drift.from)} to ${printable(drift.to)}: ${summary}`),
    ...section('New uploaders', added, width, paint),
    ...section('Grown: the usual or the p95 day more than doubled', grown, width, paint),
    ...section('Vanished', vanished, width, paint),
  ].join('\n')}\n`;
}

function section(title: string, entries: readonly DriftEntry[], width: number, paint: Paint): string[] {
  if (entries.length === 0) return [];
  const rows = entries
    .slice(0, LISTED)
    .map(({ actor, before, after, host_names }) => [
      actor,
      formatCount((after ?? before)?.hosts ?? 0),
      change(before?.day_out_p50, after?.day_out_p50),
      change(before?.day_out_p95, after?.day_out_p95),
      formatBytes((after ?? before)?.bytes_out ?? 0),
      host_names.join(', '),
    ]);
  const more = entries.length - rows.length;
  return [
    '',
    paint('strong', title),
    ...textTable(['actor', 'hosts', 'usual day', 'p95 day', 'bytes out', 'on'], rows, width, paint),
    ...(more > 0 ? [paint('quiet', `+${formatCount(more)} more, use --format json`)] : []),
  ];
}

function change(before: number | undefined, after: number | undefined): string {
  if (before === undefined) return formatBytes(after ?? 0);
  return after === undefined ? formatBytes(before) : `${formatBytes(before)} to ${formatBytes(after)}`;
}
