import { isUnder } from '../ground/domain.js';
import { isIPv4, isIPv6, BlockList } from 'node:net';
import { isAppleDomain } from '../knowledge/apple.js';
import { isPlace } from '../knowledge/destination-traits.js';
import { liesIn } from '../knowledge/path-traits.js';
import type { Excusable } from '../knowledge/uploader-data.js';
import { isUnvouched } from '../ground/vocabulary.js';
import type { DetectContext } from './indicator.js';
import type { Destination, Subject } from './subject.js';

/** Other hosts that reach a destination before it is usual in the fleet. */
const USUAL_HOSTS = 3;

/**
 * Whether this feature of the subject is normal for the software it is (an inventory seed). A seed excuses named
 * features towards the places it names, never the program as a whole.
 */
export function excused(
  subject: Subject,
  feature: Excusable,
  destination: Destination,
  context: DetectContext,
): boolean {
  const { uploader } = subject;
  if (uploader === undefined || !uploader.excuses.has(feature)) return false;
  if (isPlace(destination.service?.kind, 'never_excused')) return false;
  const { dailyBytesOut, durationSeconds } = uploader.limits;
  if (
    (feature === 'volume' || feature === 'rate') &&
    dailyBytesOut !== undefined &&
    subject.maxDayOut > dailyBytesOut
  )
    return false;
  if (
    feature === 'duration' &&
    durationSeconds !== undefined &&
    destination.maxDuration > durationSeconds * 2
  )
    return false;
  if (
    uploader.destinations.length > 0 &&
    (feature === 'volume' || feature === 'rate' || uploader.destinationBound)
  ) {
    return (
      !isNameable(destination, context) ||
      isOwn(subject, destination) ||
      isUsualPair(subject, destination, context)
    );
  }
  if (uploader.destinations.length === 0 && feature === 'volume' && !uploader.carrier && !uploader.delegate) {
    // Software that stores where its user likes has one such place; a second one is a question.
    return isUsualPair(subject, destination, context) || isMainPlace(subject, destination);
  }
  if (uploader.carrier || uploader.delegate) {
    return (
      feature !== 'volume' ||
      isUsualPair(subject, destination, context) ||
      destination.fleetHosts > USUAL_HOSTS
    );
  }
  return true;
}

function isMainPlace(subject: Subject, destination: Destination): boolean {
  return subject.destinations.every((other) => other.bytesOut <= destination.bytesOut);
}

/**
 * The program is software the inventory knows: by its signature, or by name and place where nobody reported the signer.
 * Missing telemetry must not make the known look unknown.
 */
export function isKnownSoftware(subject: Subject): boolean {
  return subject.uploader !== undefined && (subject.uploader.certain || subject.signer === 'unknown');
}

/** A place the subject's own software is known to send to: Apple's code to Apple, and what the inventory states. */
export function isOwn(subject: Subject, destination: Destination): boolean {
  const { uploader } = subject;
  if (subject.signer === 'apple' || (subject.signer === 'apple_platform' && subject.role === undefined)) {
    if (isAppleDomain(destination.remoteName || destination.key)) return true;
  }
  if (uploader === undefined) return false;
  const { service } = destination;
  if (service?.owner?.uploaders.includes(uploader.id) === true && !isPlace(service.kind, 'rented'))
    return true;
  const name = destination.remoteName || destination.key;
  return uploader.destinations.some((place) =>
    place.includes('/') ? destination.ips.some((ip) => inBlock(ip, place)) : isUnder(name, place),
  );
}

/**
 * The fleet's other hosts send there with the same program. Two of them do for software the inventory knows. Anything
 * else must be on a twentieth of the fleet, and code that nobody vouches for in a place where nobody installs on a
 * tenth: a campaign that infects a handful of Macs must not vouch for itself.
 */
export function isUsualPair(subject: Subject, destination: Destination, context: DetectContext): boolean {
  // A general tool goes anywhere: that others used it towards hidden places too says nothing.
  if (subject.role !== undefined && isHidden(destination)) return false;
  const others = destination.actorHosts - 1;
  if (subject.uploader !== undefined) return others >= 2 && others >= (subject.actorHosts - 1) / 10;
  return isDubious(subject)
    ? others >= spreadOf(context)
    : others >= Math.max(2, context.fleetHosts * 0.05 - 1);
}

function isDubious(subject: Subject): boolean {
  if (subject.drift !== undefined || subject.tool?.policy === 'deny') return true;
  return isUnvouched(subject.signer) && liesIn(subject.pathClass, 'landing');
}

/** Other hosts from which something is part of this fleet and no handful's affair: a tenth, at least three. */
function spreadOf(context: DetectContext): number {
  return Math.max(USUAL_HOSTS, context.fleetHosts * 0.1);
}

/**
 * A place that bears the name of the program or its vendor, for programs a vendor signed: rare, but where it belongs.
 * Anyone can register a domain, so this only makes a rare place less odd; an amount stays an amount.
 */
export function isFirstParty(subject: Subject, destination: Destination): boolean {
  if (!destination.named || (subject.signer !== 'developer_id' && subject.signer !== 'app_store'))
    return false;
  const label = destination.key.split('.')[0]?.replace(/[^a-z0-9]/g, '') ?? '';
  if (label.length < 5 || subject.process === undefined) return false;
  const names = `${subject.process.signingId} ${subject.process.executable}`
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '');
  return names.includes(label);
}

/** Services work itself runs on, and which the fleet uses: code hosts, package registries. */
export function isWorkService(destination: Destination, context: DetectContext): boolean {
  return isPlace(destination.service?.kind, 'work') && isUsualDestination(destination, context);
}

/** Many hosts reach it, with whatever program. */
export function isUsualDestination(destination: Destination, context: DetectContext): boolean {
  if (isHidden(destination)) return false;
  return destination.internal || destination.fleetHosts - 1 >= spreadOf(context);
}

/** More goes out than comes in. Where what came in is not known, an amount alone has to do. */
export function isUpload(destination: Destination, ratio: number): boolean {
  return (
    destination.outKnown && (!destination.inKnown || destination.bytesOut >= ratio * destination.bytesIn)
  );
}

/** The telemetry says, or would have said, what the place is called. Without names, whose place it is cannot be told. */
function isNameable(destination: Destination, context: DetectContext): boolean {
  return destination.named || (!isHidden(destination) && context.telemetry.names >= 0.5);
}

/** The telemetry does not say where it went. */
export function isHidden(destination: Destination): boolean {
  return destination.key.startsWith('unknown:');
}

const blocks = new Map<string, BlockList>();

function inBlock(ip: string, cidr: string): boolean {
  let list = blocks.get(cidr);
  if (list === undefined) {
    const [network = '', prefix = ''] = cidr.split('/', 2);
    list = new BlockList();
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
    blocks.set(cidr, list);
  }
  if (isIPv4(ip)) return list.check(ip);
  return isIPv6(ip) && list.check(ip, 'ipv6');
}

/**
 * The largest day that 95 of 100 other hosts with this actor stay below; undefined with fewer than three of them.
 * The judged host is left out. Of the window and the frozen baseline the larger counts: a quiet week of the others makes
 * nobody else's day large.
 */
export function othersDay(subject: Subject): number | undefined {
  const known = [subject.otherDayMaxima, subject.knownDayMaxima ?? []]
    .map(typicalMaximum)
    .filter((day) => day !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function typicalMaximum(days: readonly number[]): number | undefined {
  return days.length < 3 ? undefined : days[Math.min(days.length - 1, Math.floor(days.length * 0.95))];
}
