import type { Approval } from '../../../config/schema.js';
import { isAnywhere } from '../../../approvals/scope.js';
import { isSameHost } from '../../../ground/host-name.js';
import { matchesWildcard } from '../../../ground/wildcard.js';
import { actorOf, UNKNOWN_ACTOR } from '../../../model/actor.js';
import { foldPath } from '../../../model/fold-path.js';
import { COMMON_PARENTS } from '../../incident.js';
import type { TruthIncident } from '../../truth.js';

/**
 * Whether an approval would cover an incident: its host, its program, and `which` of its destinations, the one that got
 * most or any that is listed. Where the truth cannot tell (peer groups, hashes), it does: an approval that might hide an
 * attack counts as one that does.
 */
export function coversIncident(approval: Approval, incident: TruthIncident, which: 'main' | 'any'): boolean {
  return (
    coversHost(approval, incident) &&
    coversProgram(approval, incident) &&
    coversPlaces(approval, incident, which)
  );
}

function coversHost({ hosts, groups }: Approval, { host }: TruthIncident): boolean {
  if (hosts === undefined || (groups?.length ?? 0) > 0) return true;
  return hosts.some((name) => isSameHost(name, host.name) || isSameHost(name, host.id));
}

function coversProgram(approval: Approval, incident: TruthIncident): boolean {
  const { executable, signing_id, team_id, parent, actor } = approval;
  return (
    (executable === undefined || incident.senders.some((path) => matchesWildcard(path, executable))) &&
    ((signing_id === undefined && team_id === undefined) || isSigned(incident, signing_id, team_id)) &&
    (parent === undefined ||
      [...incident.processes, ...COMMON_PARENTS].some((path) => matchesWildcard(path, parent))) &&
    (actor === undefined ||
      actorsOf(incident).some((candidate) => actor === candidate || actor.startsWith(`${candidate} `)))
  );
}

function isSigned(
  incident: TruthIncident,
  signingId: string | undefined,
  teamId: string | undefined,
): boolean {
  return (incident.signers ?? []).some(
    (signer) =>
      (signingId === undefined || signer.signing_id === signingId) &&
      (teamId === undefined || signer.team_id === teamId),
  );
}

/** Without what qualifies them: `… running SCRIPT`, `… by PARENT`. */
function actorsOf({ signers, senders }: TruthIncident): readonly string[] {
  const signed = (signers ?? []).map(({ signer, signing_id, team_id }) =>
    actorOf({ signer, signingId: signing_id, teamId: team_id, executable: '', name: '' }),
  );
  return [
    ...signed.filter((actor) => actor !== UNKNOWN_ACTOR),
    ...senders.map((path) => `path:${foldPath(path)}`),
  ];
}

function coversPlaces({ destinations }: Approval, incident: TruthIncident, which: 'main' | 'any'): boolean {
  if (destinations === undefined || destinations.some(isAnywhere)) return true;
  const places = which === 'main' ? incident.destinations.slice(0, 1) : incident.destinations;
  return places.some(({ name, ip }) =>
    destinations.some((covered) => isBelow(bucket(name), covered) || ip.includes(covered)),
  );
}

const isBelow = (name: string, domain: string): boolean =>
  name !== '' && (name === domain || name.endsWith(`.${domain}`));

/** A bucket has one name in approvals, whatever region's address it is reached by. */
const bucket = (name: string): string =>
  name.toLowerCase().replace(/\.s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com$/, '.s3.amazonaws.com');
