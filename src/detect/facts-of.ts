import type { DetectContext } from './indicator.js';
import { judge, type Judgement } from './analytics/AN0082/judge.js';
import { isHidden } from './normal.js';
import type { Destination, Subject } from './subject.js';
import type { ApprovalFacts, ApprovalPlace } from '../approvals/facts.js';

/** What approvals are held against, of a subject as it was judged. */
export function factsOf(judgement: Judgement, context: DetectContext): ApprovalFacts {
  const { subject, destination } = judgement;
  const { process } = subject;
  const others = subject.destinations.filter(
    (place) => place !== destination && wouldBeFound(subject, place, context),
  );
  return {
    hostId: subject.hostId,
    hostName: context.telemetry.hostName,
    actor: subject.actor,
    executable: process?.executable ?? '',
    signingId: process?.signingId ?? '',
    teamId: process?.teamId ?? '',
    cdhash: process?.cdhash ?? '',
    parent: process?.ancestors[0]?.executable ?? process?.parentExecutable ?? '',
    maxDayOut: subject.maxDayOut,
    maxDuration: subject.maxDuration,
    lastMs: subject.lastMs,
    execOnly: destination === undefined,
    places: [...(destination === undefined ? [] : [destination]), ...others].map(placeOf),
  };
}

/** Judged alone, the place would be a finding worth a look; a stray request is none. */
function wouldBeFound(subject: Subject, place: Destination, context: DetectContext): boolean {
  const alone = judge({ ...subject, destinations: [place] }, context);
  return alone !== undefined && !alone.execOnly && alone.risk >= context.config.severity.low;
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
