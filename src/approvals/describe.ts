import type { Approval } from '../config/schema.js';
import { formatBytes, formatDuration } from '../ground/units.js';
import { isAnywhere } from './scope.js';

/** How an approval binds its program: `Team ID ABCDE12345, com.example.sync`. Untrusted text. */
export function programText(approval: Approval): string {
  const { team_id, signing_id, cdhash, executable, parent, actor, analytic } = approval;
  return [
    team_id === undefined ? '' : `Team ID ${team_id}`,
    signing_id ?? '',
    cdhash === undefined ? '' : `cdhash ${cdhash.slice(0, 12)}…`,
    executable ?? '',
    parent === undefined ? '' : `started by ${parent}`,
    actor === undefined ? '' : `as ${actor}`,
    analytic === undefined ? '' : `as ${analytic} judges it`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** Where it holds: hosts and groups by name, or every host. Untrusted text. */
export function hostsText({ hosts, groups }: Approval): string {
  if (hosts === undefined && groups === undefined) return 'every host';
  const named = [...(hosts ?? []), ...(groups ?? []).map((group) => `group ${group}`)];
  return named.length === 0 ? 'no host' : named.join(', ');
}

/** Untrusted text. */
export function destinationsText({ destinations }: Approval): string {
  if (destinations === undefined || destinations.some(isAnywhere)) return 'anywhere';
  return destinations.length === 0 ? 'nowhere' : destinations.join(', ');
}

/** `2 GB a day, connections of 12 h 00 min`; `unbounded` without limits. */
export function boundsText({ max_bytes_out_per_day, max_duration_seconds }: Approval): string {
  const bounds = [
    max_bytes_out_per_day === undefined ? '' : `${formatBytes(max_bytes_out_per_day)} a day`,
    max_duration_seconds === undefined ? '' : `connections of ${formatDuration(max_duration_seconds)}`,
  ].filter((text) => text !== '');
  return bounds.length === 0 ? 'unbounded' : bounds.join(', ');
}
