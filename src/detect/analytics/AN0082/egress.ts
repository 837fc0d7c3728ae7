import { isPlace } from '../../../knowledge/destination-traits.js';
import { isUploader } from '../../../knowledge/uploader-traits.js';
import type { DetectContext } from '../../indicator.js';
import {
  excused,
  isHidden,
  isOwn,
  isUpload,
  isUsualDestination,
  isUsualPair,
  isWorkService,
  othersDay,
} from '../../normal.js';
import type { Destination, Subject } from '../../subject.js';

/** Web browsers upload all day to anywhere: an amount means less, and a new place means next to nothing. */
const BROWSER_FACTOR = 10;

/** What an explicit upload on a command line moves before its amount is worth a line: one archive of a few documents. */
const INTENDED_BYTES = 64_000;

export interface Upload {
  /** Bytes of the largest day. */
  readonly bytes: number;
  /** What is normal: the largest day of other hosts, 0 where program or place is unusual. */
  readonly expected: number;
  readonly threshold: number;
}

/**
 * The upload of a subject to one destination, when it is one and not what this software or this fleet always does.
 * Places that only this host reaches count together, so that spreading over hosts or addresses does not hide an amount.
 */
export function unusualUpload(
  subject: Subject,
  destination: Destination,
  context: DetectContext,
): Upload | undefined {
  const { detection } = context.config;
  if (!countsAsUpload(subject, destination, context)) return undefined;
  const usual = isUsualPair(subject, destination, context);
  const expected = usual ? (othersDay(subject) ?? subject.otherDayMaxima.at(-1) ?? 0) : 0;
  const browser = subject.uploader?.browser === true;
  const floor = hasUploadOrder(subject) ? INTENDED_BYTES : leastVolume(subject, destination, context);
  const threshold = Math.max(floor, expected * detection.volume_over_others);
  const bytes = browser || usual ? destination.maxDayOut : sumOfUnusual(subject, context);
  return bytes >= threshold ? { bytes, expected, threshold } : undefined;
}

/** Bytes of a day from which an upload counts: less for general tools, more for browsers and for what work runs on. */
function leastVolume(subject: Subject, destination: Destination, context: DetectContext): number {
  const { volume_day_bytes, tool_volume_day_bytes } = context.config.detection;
  if (subject.uploader?.browser === true || isWorkService(destination, context))
    return volume_day_bytes * BROWSER_FACTOR;
  if (isPlace(destination.service?.kind, 'drop')) return INTENDED_BYTES;
  if (subject.role === undefined) return volume_day_bytes;
  // A request is a few hundred bytes, a report some kilobytes: a tool that only sends has something else to send.
  const oneWay =
    destination.inKnown && isUpload(destination, ONE_WAY) && !isUsual(subject, destination, context);
  return oneWay ? tool_volume_day_bytes / 10 : tool_volume_day_bytes;
}

/** Sent bytes for each received one from which a general tool's traffic can only be an upload. */
export const ONE_WAY = 20;

/** A program other than a browser that sends to a place made for leaving things. */
export function dropsSomething(subject: Subject, destination: Destination): boolean {
  return subject.uploader?.browser !== true && isPlace(destination.service?.kind, 'drop');
}

/** An upload that is not excused and not to the organisation itself. */
export function countsAsUpload(subject: Subject, destination: Destination, context: DetectContext): boolean {
  return (
    !destination.internal &&
    isUpload(destination, context.config.detection.upload_ratio) &&
    !excused(subject, 'volume', destination, context) &&
    !isOwn(subject, destination) &&
    !isManaged(subject, destination)
  );
}

/**
 * Device management and endpoint security, proven by signature, send logs with general tools to where their owner
 * wants them; a bare address, a drop or storage anyone can rent is not such a place.
 */
function isManaged(subject: Subject, destination: Destination): boolean {
  if (subject.role === undefined || !isUploader(subject.driver?.group, 'manages')) return false;
  const kind = destination.service?.kind;
  return (destination.named || isHidden(destination)) && !isPlace(kind, 'drop') && !isPlace(kind, 'rented');
}

/** Software proven by its signature that exists to send large files: that it does is no news, only where to. */
export function sendsForALiving(subject: Subject): boolean {
  return subject.uploader?.certain === true && isUploader(subject.uploader.group, 'sends_files');
}

/** The command line itself asks for an upload. */
export function hasUploadOrder(subject: Subject): boolean {
  return (
    subject.intent?.strength === 'explicit' &&
    (subject.intent.verb === 'upload' || subject.intent.verb === 'pipe')
  );
}

/** Bytes a day really leave: enough that a long or regular connection is more than a sign of life. */
export function carriesData(destination: Destination, context: DetectContext): boolean {
  return destination.maxDayOut >= context.config.detection.volume_day_bytes;
}

/** A place this program, or many hosts, use anyway. */
export function isUsual(subject: Subject, destination: Destination, context: DetectContext): boolean {
  return isUsualPair(subject, destination, context) || isUsualDestination(destination, context);
}

function sumOfUnusual(subject: Subject, context: DetectContext): number {
  return subject.destinations
    .filter((other) => countsAsUpload(subject, other, context) && !isUsualPair(subject, other, context))
    .reduce((sum, other) => sum + other.maxDayOut, 0);
}
