/** The terminal output of `outflow detect`: what was read, the ranked findings, and what could not be seen. */
import type { DetectResult, Finding } from '../ground/finding.js';
import { groupBlindSpots } from './blind-spots.js';
import { cutEnd, cutMiddle, flow, padRight, wrap } from './cells.js';
import { type Paint, painter } from './paint.js';
import { printable } from '../ground/printable.js';
import { headRow, layOut } from './table-columns.js';
import { findingBlock, findingRows, limited } from './table-finding.js';
import { formatCount, formatDuration, formatPlural, formatTime } from '../ground/units.js';
import { rejectReasons, sightOf } from './sight.js';
import { analyticsOf, cutText, isLive, isPressing, WORST_FIRST } from './words.js';
import type { Terminal } from './terminal.js';

const MIN_WIDTH = 40;
const MAX_WIDTH = 200;
const COMPACT_ROWS = 12;
const COVERAGE_LINES = 12;
const NAMED_HOSTS = 3;
const LABEL = 10;

/** The result as text for a terminal, no line wider than `width`, nothing but `\n` and (if asked) SGR as control. */
export function renderTable(result: DetectResult, options: Terminal): string {
  const width = tableWidth(options);
  const paint = painter(options.color);
  const sections = [
    headerLines(result, width, paint),
    sightLines(result, width, paint),
    findingLines(result.findings, width, paint),
    coverageLines(result, width, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The columns that are used of a terminal. */
export function tableWidth({ width }: Terminal): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.floor(width) || MIN_WIDTH));
}

function headerLines(result: DetectResult, width: number, paint: Paint): string[] {
  const { input, run } = result;
  const analytics = analyticsOf(result.findings).map(printable).join(' and ');
  const title = cutEnd(
    `Outflow ${printable(run.version)} · ${analytics}, data leaving Macs by process`,
    width,
  );
  const read = [
    formatPlural(input.files, 'file'),
    formatPlural(input.lines, 'line'),
    `${formatCount(input.accepted)} accepted`,
    `${formatCount(input.rejected)} rejected`,
  ];
  const saw = [
    formatPlural(input.hosts, 'host'),
    formatPlural(input.processes, 'process', 'processes'),
    formatPlural(input.flows, 'flow'),
  ];
  const reasons = rejectReasons(input.rejects);
  const sources = Object.entries(input.by_source)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => `${printable(name)} ${formatPlural(counts.lines, 'line')}`);
  const skipped = input.skipped_files.map(({ file, reason }) => `${printable(file)} (${printable(reason)})`);
  return [
    paint('strong', title),
    ...field('read', read, width, paint),
    ...field('sources', sources, width, paint),
    ...field('rejected', reasons, width, paint, 6),
    ...field('not read', skipped, width, paint, 4),
    ...field('saw', saw, width, paint),
    ...field('window', windowParts(result), width, paint),
    ...field('findings', countBySeverity(result.findings), width, paint),
  ];
}

function field(label: string, parts: readonly string[], width: number, paint: Paint, cap = 12): string[] {
  const room = width - LABEL;
  const shown = parts.slice(0, cap).map((part) => cutMiddle(part, 2 * room));
  if (parts.length > cap) shown.push(`+${formatCount(parts.length - cap)} more`);
  return flow(shown, ' · ', room).map(
    (line, index) => paint('quiet', padRight(index === 0 ? label : '', LABEL)) + line,
  );
}

function windowParts({ run }: DetectResult): string[] {
  const { window } = run;
  const cut = cutText(run);
  const start = formatTime(window.start);
  const end = formatTime(window.end);
  if (start === null || end === null || window.start === null || window.end === null)
    return ['none: no event had a time', ...(cut === '' ? [] : [cut])];
  const seconds = (Date.parse(window.end) - Date.parse(window.start)) / 1000;
  return [`${start} to ${end} UTC`, formatDuration(seconds), ...(cut === '' ? [] : [cut])];
}

function countBySeverity(findings: readonly Finding[]): string[] {
  const live = findings.filter(isLive);
  const counts = WORST_FIRST.map((severity) => ({
    severity,
    count: live.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${formatCount(count)} ${severity}`);
  const settled = (['approved', 'closed'] as const)
    .map((state) => ({ state, count: findings.filter((finding) => finding.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${formatCount(count)} ${state}`);
  return findings.length === 0 ? ['none'] : [...counts, ...settled];
}

function sightLines(result: DetectResult, width: number, paint: Paint): string[] {
  const sight = sightOf(result);
  if (sight.kind === 'judged') return result.findings.length === 0 ? wrap(sight.headline, width) : [];
  const style = sight.kind === 'blind' ? 'alarm' : 'medium';
  const mark = sight.kind === 'blind' ? '!!! ' : '! ';
  const headline = sight.kind === 'blind' ? sight.headline : 'Part of the input was not usable.';
  return [
    ...wrap(mark + headline, width).map((line) => paint(style, line)),
    ...sight.reasons.flatMap((reason) => limited(reason, width - 4, 8).map((line) => `    ${line}`)),
  ];
}

function findingLines(findings: readonly Finding[], width: number, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const pressing = findings.filter(isPressing);
  const others = findings.filter((finding) => !isPressing(finding));
  const compact = others.slice(0, COMPACT_ROWS);
  const layout = layOut([...pressing, ...compact], width);
  const lines = [paint('quiet', headRow(layout))];
  pressing.forEach((finding, index) => {
    if (index > 0) lines.push('');
    lines.push(...findingBlock(finding, layout, width, paint));
  });
  if (pressing.length > 0 && compact.length > 0) lines.push('');
  lines.push(...compact.flatMap((finding) => findingRows(finding, layout, width, paint)));
  if (others.length > compact.length) {
    const more = `+${formatCount(others.length - compact.length)} more below medium or approved, use --format json`;
    lines.push(...wrap(more, width).map((line) => paint('quiet', line)));
  }
  lines.push(
    '',
    ...wrap(
      'Risk (0-100) sets the severity; confidence (0-1) says how complete the telemetry behind it is.',
      width,
    ).map((line) => paint('quiet', line)),
  );
  return lines;
}

function coverageLines(result: DetectResult, width: number, paint: Paint): string[] {
  if (result.coverage.length === 0) return [];
  const spots = groupBlindSpots(result.coverage);
  const title = paint('strong', 'What this telemetry cannot show');
  if (spots.length === 0)
    return [title, ...wrap('Every host reports process, signer, bytes and duration.', width)];
  const shown = spots.slice(0, COVERAGE_LINES);
  const lines = shown.flatMap(({ text, hosts }) => {
    const who = whichHosts(hosts, result.coverage.length);
    return limited(`${who}: ${printable(text)}`, width - 4, 3).map(
      (line, index) => (index === 0 ? '  - ' : '    ') + line,
    );
  });
  if (spots.length > shown.length) {
    lines.push(paint('quiet', cutEnd(`  +${spots.length - shown.length} more, use --format json`, width)));
  }
  return [title, ...lines];
}

function whichHosts(hosts: readonly string[], all: number): string {
  if (hosts.length === all && all > 1) return `all ${formatCount(all)} hosts`;
  if (hosts.length > NAMED_HOSTS) return formatPlural(hosts.length, 'host');
  return hosts.map((host) => cutMiddle(printable(host), 24)).join(', ');
}
