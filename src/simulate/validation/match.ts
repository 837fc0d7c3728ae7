import type { Finding } from '../../ground/finding.js';
import type { TruthIncident } from '../truth.js';

/** Findings may begin or end a little off: activity is kept in buckets. */
const SLACK_MS = 3_600_000;

/** A destination that more hosts than this reach cannot tie a finding to one host's incident. */
const MOST_HOSTS = 3;

/** The kernel and `nettop` cut names; a cut name of this length still identifies its program here. */
const CUT_NAME = 15;

/**
 * A finding belongs to an incident when host and time agree and either its program (or one of its ancestors) took
 * part, or it names a destination of the incident that is not common in the fleet.
 */
export function belongsTo(finding: Finding, incident: TruthIncident): boolean {
  return (
    sameHost(finding, incident) &&
    overlaps(finding, incident) &&
    (sameProgram(finding, incident) || sameDestination(finding, incident))
  );
}

function sameHost(finding: Finding, incident: TruthIncident): boolean {
  const known = [incident.host.id, incident.host.name].map((name) => name.toLowerCase());
  return [finding.host.id, finding.host.name].some((name) => known.includes(name.toLowerCase()));
}

function overlaps(finding: Finding, incident: TruthIncident): boolean {
  return (
    Date.parse(finding.first_seen) <= Date.parse(incident.end) + SLACK_MS &&
    Date.parse(finding.last_seen) >= Date.parse(incident.start) - SLACK_MS
  );
}

function sameProgram(finding: Finding, incident: TruthIncident): boolean {
  const { executable, name, ancestry } = finding.process;
  if ([executable, ...ancestry].some((path) => path !== null && incident.processes.includes(path)))
    return true;
  // Sources without exec records know the short name only.
  return (
    executable === null &&
    name !== '' &&
    incident.senders.some((path) => {
      const base = path.slice(path.lastIndexOf('/') + 1);
      return base === name || (name.length >= CUT_NAME && base.startsWith(name));
    })
  );
}

function sameDestination(finding: Finding, incident: TruthIncident): boolean {
  return finding.destinations.some(
    (seen) =>
      seen.fleet_hosts <= MOST_HOSTS &&
      incident.destinations.some(
        (real) =>
          (real.name !== '' && withinDomain(real.name, seen.name)) ||
          seen.ip.some((ip) => real.ip.includes(ip)),
      ),
  );
}

/** Findings may name the registrable domain where the truth has the full host name. */
function withinDomain(real: string, seen: string | null): boolean {
  return seen !== null && seen !== '' && (real === seen || real.endsWith(`.${seen}`));
}
