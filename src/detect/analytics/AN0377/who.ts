import { dualUse } from '../../../knowledge/dual-use.js';
import type { DetectContext } from '../../indicator.js';
import type { Destination, Subject } from '../../subject.js';
import { type Tunnel, tunnelOf } from './command.js';
import { settingsOf } from './configuration.js';
import { ideOf } from './ide.js';
import { isTunnelService, maySpanTunnel } from './place.js';

/** The subject as a tunnel of an editor; undefined for anything else. */
export function asTunnel(subject: Subject, { config }: DetectContext): Tunnel | undefined {
  return tunnelOf(subject, settingsOf(config));
}

/**
 * A program that is no editor, and nothing else that is known to talk to tunnel services: browsers show what others share,
 * the command line of a code host opens its machines. At a tunnel service it may be a tunnel under another name.
 */
export function isStranger(subject: Subject): boolean {
  const { process, uploader, signer } = subject;
  if (process === undefined || uploader !== undefined) return false;
  if (signer === 'apple_platform' || signer === 'apple' || dualUse(process) !== undefined) return false;
  return !subject.processes.some((one) => ideOf(one) !== undefined);
}

/** Whether what the subject has with a destination can be a session of a tunnel. */
export function mayHoldTunnel(subject: Subject, destination: Destination, context: DetectContext): boolean {
  return asTunnel(subject, context) === undefined
    ? isTunnelService(destination) && !destination.internal && isStranger(subject)
    : maySpanTunnel(destination);
}

/**
 * Other hosts that hold tunnels with the same program are a team that works so: three of them and a tenth of the fleet, as
 * for anything usual (detect/normal.ts). A copy that nobody vouches for is never one.
 */
export function isTeamHabit(subject: Subject, { fleetHosts }: DetectContext): boolean {
  return subject.actorHosts - 1 >= Math.max(3, fleetHosts * 0.1);
}
