import type { Approval } from '../config/schema.js';
import { isUnder } from '../ground/domain.js';
import { isSameHost } from '../ground/host-name.js';
import type { ApprovalFacts, ApprovalPlace } from './facts.js';
import { matchesWildcard } from '../ground/wildcard.js';

/** Peer groups of a host, by id and name. */
export type GroupOf = (hostId: string, hostName: string) => readonly string[];

/** What approvals and facts that name no analytic are about: they are of before there were several. */
export const FIRST_ANALYTIC = 'AN0082';

/** The approval speaks about this program on this host and about what was found, whatever its bounds. */
export function isAbout(approval: Approval, facts: ApprovalFacts, groupOf: GroupOf): boolean {
  return (
    (approval.analytic ?? FIRST_ANALYTIC) === (facts.analytic ?? FIRST_ANALYTIC) &&
    bindsProgram(approval, facts) &&
    bindsHost(approval, facts, groupOf)
  );
}

/** What the telemetry does not say fits no binding: an approval of `*` does not cover a program nobody saw. */
function bindsProgram(approval: Approval, facts: ApprovalFacts): boolean {
  const { executable, signing_id, team_id, cdhash, parent, actor } = approval;
  return (
    isPath(facts.executable, executable) &&
    isPath(facts.parent ?? '', parent) &&
    (signing_id === undefined || facts.signingId === signing_id) &&
    (team_id === undefined || facts.teamId === team_id) &&
    (cdhash === undefined || facts.cdhash.toLowerCase() === cdhash.toLowerCase()) &&
    (actor === undefined || facts.actor === actor)
  );
}

const isPath = (path: string, pattern: string | undefined): boolean =>
  pattern === undefined || (path !== '' && matchesWildcard(path, pattern));

function bindsHost({ hosts, groups }: Approval, facts: ApprovalFacts, groupOf: GroupOf): boolean {
  if (hosts === undefined && groups === undefined) return true;
  if (hosts?.some((host) => isSameHost(host, facts.hostId) || isSameHost(host, facts.hostName)) === true)
    return true;
  if (groups === undefined || groups.length === 0) return false;
  const own = new Set(groupOf(facts.hostId, facts.hostName).map((group) => group.toLowerCase()));
  return groups.some((group) => own.has(group.toLowerCase()));
}

/** Without destinations an approval covers any; where the telemetry hides the place, it cannot be held against it. */
export function coversPlace({ destinations }: Approval, place: ApprovalPlace): boolean {
  return (
    destinations === undefined ||
    place.hidden ||
    destinations.some(
      (covered) =>
        isAnywhere(covered) ||
        isUnder((place.name || place.key).toLowerCase(), bareDomain(covered)) ||
        isUnder(place.key.toLowerCase(), bareDomain(covered)) ||
        place.ips.includes(covered),
    )
  );
}

/** `*` and what else consists of nothing but wildcards means any destination. */
export const isAnywhere = (destination: string): boolean => /^[*.]+$/.test(destination);

const bareDomain = (domain: string): string => domain.toLowerCase().replace(/^\*\./, '');
