import type { DetectContext } from './indicator.js';
import type { Judgement } from './analytic.js';
import { isHidden } from './normal.js';
import type { Destination } from './subject.js';
import type { ApprovalFacts, ApprovalPlace } from '../approvals/facts.js';

/** What approvals are held against, of a subject as it was judged. */
export function factsOf(judgement: Judgement, context: DetectContext): ApprovalFacts {
  const { subject, destination, elsewhere } = judgement;
  const { process } = subject;
  return {
    analytic: judgement.analytic,
    hostId: subject.hostId,
    hostName: context.telemetry.hostName,
    actor: subject.actor,
    ...(subject.qualification === undefined ? {} : { qualification: subject.qualification }),
    executable: process?.executable ?? '',
    signingId: process?.signingId ?? '',
    teamId: process?.teamId ?? '',
    cdhash: process?.cdhash ?? '',
    parent: process?.ancestors[0]?.executable ?? process?.parentExecutable ?? '',
    maxDayOut: subject.maxDayOut,
    maxDuration: subject.maxDuration,
    lastMs: subject.lastMs,
    execOnly: destination === undefined,
    places: [...(destination === undefined ? [] : [destination]), ...elsewhere].map(placeOf),
  };
}

function placeOf(place: Destination): ApprovalPlace {
  return {
    key: place.key,
    name: place.remoteName,
    ips: place.ips,
    hidden: isHidden(place),
    maxDayOut: place.maxDayOut,
    maxDuration: place.maxDuration,
  };
}
