import { isEverydayPort, tellingService } from '../../../../knowledge/ports.js';
import { sendsForALiving } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isHidden, isKnownSoftware, isUsualDestination } from '../../../normal.js';

/** The remote port, when it is none of an everyday service. */
export const indicator: Indicator = {
  id: 'unusual_port',
  group: 'destination',
  unit: 'port',
  countsAgainstApproval: false,
  techniques: ['T1571'],
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.port === 0 || destination.internal) return undefined;
    if (isEverydayPort(destination.port) || isUsualDestination(destination, context)) return undefined;
    if (sendsForALiving(subject) || (isKnownSoftware(subject) && (subject.uploader?.excuses.size ?? 0) > 0))
      return undefined;
    // With the address hidden, a system daemon's port may as well lead across the room.
    if (isHidden(destination) && subject.signer === 'apple_platform' && subject.role === undefined)
      return undefined;
    const port = destination.ingress * 2 > destination.connections ? 0 : destination.port;
    if (port === 0) return undefined;
    const service = tellingService(port);
    return {
      points: service === undefined ? 8 : 9,
      observed: port,
      expected: null,
      threshold: null,
      text: `It used port ${port}/${destination.transport || 'tcp'}${service === undefined ? ', which no everyday service uses' : ` (${service})`}.`,
    };
  },
};
