import { flow, padRight, wrap } from '../cells.js';
import { painter } from '../paint.js';
import { printable } from '../../ground/printable.js';
import { formatBytes, formatCount, formatDuration, formatPlural, formatRate } from '../../ground/units.js';
import { textTable } from '../text-table.js';
import type { ActorHabits, Habit } from '../../baseline/habits.js';
import type { BaselineHabits } from '../../service/baseline.js';
import type { Terminal } from '../terminal.js';

const LABEL = 12;
const CITED = 5;

/**
 * What is usual for each actor: fleet, groups and hosts in one table, then where it goes.
 *
 * @param asked what was looked for in the names
 */
export function renderHabits(
  { version, actors, found, cited_by }: BaselineHabits,
  asked: string,
  { width, color }: Terminal,
): string {
  if (found === 0) return `Baseline ${version} knows no actor with "${printable(asked)}" in its name.\n`;
  const paint = painter(color);
  const lines = [paint('strong', `Baseline ${printable(version)}`)];
  for (const actor of actors) {
    lines.push(
      '',
      ...wrap(printable(actor.actor), width).map((line) => paint('strong', line)),
      ...textTable(HEAD, rowsOf(actor), width, paint).map((line) => `  ${line}`),
      ...field(
        'goes to',
        actor.destinations.map(
          ({ destination, hosts, bytes_out }) =>
            `${printable(destination)} (${formatPlural(hosts, 'host')}, ${formatBytes(bytes_out)})`,
        ),
        width,
      ),
    );
  }
  if (found > actors.length)
    lines.push('', `+${formatCount(found - actors.length)} more actors; give more of the name`);
  const cited = cited_by.findings;
  lines.push(
    '',
    ...field('cited by', cited.length === 0 ? ['no finding of these actors'] : citedText(cited), width),
  );
  return `${lines.join('\n')}\n`;
}

const HEAD = [
  'who',
  'hosts',
  'days',
  'usual day',
  'p95 day',
  'largest',
  'p95 hour',
  'lasts',
  'rate',
  'conns',
  'UTC hours',
];

function rowsOf({ fleet, groups, hosts }: ActorHabits): string[][] {
  return [
    ['fleet', `${formatCount(fleet.sent_from)} of ${formatCount(fleet.ran_on)}`, ...numbersOf(fleet)],
    ...groups.map((one) => [
      `group ${one.group}`,
      `${formatCount(one.sent_from)} of ${formatCount(one.of_hosts)}`,
      ...numbersOf(one),
    ]),
    ...hosts.map((one) => [`host ${one.host}`, `+${formatCount(one.other_hosts)}`, ...numbersOf(one)]),
  ];
}

function numbersOf(habit: Habit): string[] {
  return [
    formatCount(habit.days),
    formatBytes(habit.day_out.p50),
    formatBytes(habit.day_out.p95),
    formatBytes(habit.day_out.max),
    formatBytes(habit.hour_out_p95),
    formatDuration(habit.duration_p95),
    formatRate(habit.rate_p95),
    formatCount(habit.connections_p95),
    formatHours(habit.hours),
  ];
}

/** `8-18, 22`; a dash where there are none. */
export function formatHours(hours: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const hour of hours) {
    const last = ranges.at(-1);
    if (last !== undefined && hour === last[1] + 1) last[1] = hour;
    else ranges.push([hour, hour]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ') || '-';
}

function citedText(findings: readonly string[]): string[] {
  const shown = findings.slice(0, CITED);
  return findings.length > CITED ? [...shown, `+${formatCount(findings.length - CITED)} more`] : shown;
}

function field(label: string, parts: readonly string[], width: number): string[] {
  return flow(parts, ' · ', width - LABEL).map(
    (line, index) => `  ${padRight(index === 0 ? label : '', LABEL - 2)}${line}`,
  );
}
