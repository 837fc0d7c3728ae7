import type { Indicator } from '../../../indicator.js';
import { isTunnelService } from '../place.js';
import { isTeamHabit, mayHoldTunnel } from '../who.js';

/** The place is a tunnel service that editors use: what is behind it is anywhere. */
export const indicator: Indicator = {
  id: 'tunnel_service',
  group: 'destination',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, destination, context) {
    const service = destination?.service;
    if (destination === undefined || service === undefined || !isTunnelService(destination)) return undefined;
    if (!mayHoldTunnel(subject, destination, context)) return undefined;
    return {
      points: isTeamHabit(subject, context) ? 8 : 14,
      observed: service.service,
      expected: null,
      threshold: null,
      text: `${destination.remoteName || destination.key} is a tunnel service of editors (${service.service}): who comes in through it cannot be seen from here.`,
    };
  },
};
