import { sendsForALiving } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isHidden, isKnownSoftware, isUsualDestination } from '../../../normal.js';

/** Ports of everyday services, by transport: web, mail, name and time service, SSH, calls and push (IANA, vendor documents). */
const EVERYDAY = new Set([
  22, 53, 80, 123, 143, 443, 465, 587, 853, 993, 995, 3478, 3479, 3480, 3481, 5222, 5223, 5228, 8080, 8443,
  19302,
]);
/** Services that move whole files in the clear, or remote screens: usual on a LAN, odd towards the internet. */
const TELLING = new Map([
  [20, 'FTP'],
  [21, 'FTP'],
  [23, 'Telnet'],
  [69, 'TFTP'],
  [139, 'SMB'],
  [445, 'SMB'],
  [548, 'AFP'],
  [873, 'rsync'],
  [5900, 'VNC'],
  [9001, 'Tor'],
]);

/** The remote port, when it is none of an everyday service. */
export const indicator: Indicator = {
  id: 'unusual_port',
  group: 'destination',
  unit: 'port',
  countsAgainstApproval: false,
  techniques: ['T1571'],
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.port === 0 || destination.internal) return undefined;
    if (EVERYDAY.has(destination.port) || isUsualDestination(destination, context)) return undefined;
    if (sendsForALiving(subject) || (isKnownSoftware(subject) && (subject.uploader?.excuses.size ?? 0) > 0))
      return undefined;
    // With the address hidden, a system daemon's port may as well lead across the room.
    if (isHidden(destination) && subject.signer === 'apple_platform' && subject.role === undefined)
      return undefined;
    const port = destination.ingress * 2 > destination.connections ? 0 : destination.port;
    if (port === 0) return undefined;
    const service = TELLING.get(port);
    return {
      points: service === undefined ? 8 : 9,
      observed: port,
      expected: null,
      threshold: null,
      text: `It used port ${port}/${destination.transport || 'tcp'}${service === undefined ? ', which no everyday service uses' : ` (${service})`}.`,
    };
  },
};
