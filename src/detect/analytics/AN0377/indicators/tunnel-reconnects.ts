import { formatDuration, formatPlural } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { settingsOf } from '../configuration.js';
import { mayHoldTunnel } from '../who.js';

/** Connections from which coming back is a habit and no accident. */
const LEAST = 4;

/** A tunnel that comes back: connections that follow each other closely through more hours than a session has to last. Count. */
export const indicator: Indicator = {
  id: 'tunnel_reconnects',
  group: 'behaviour',
  unit: 'count',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.maxDayConnections < LEAST) return undefined;
    if (!mayHoldTunnel(subject, destination, context)) return undefined;
    const { persistence_hours, reconnect_seconds } = settingsOf(context.config);
    if (destination.maxDayHours < persistence_hours) return undefined;
    if (destination.gap.p50 <= 0 || destination.gap.p50 > reconnect_seconds) return undefined;
    return {
      points: 6,
      observed: destination.maxDayConnections,
      expected: null,
      threshold: LEAST,
      text: `It came back ${formatPlural(destination.maxDayConnections, 'time')} on one day over ${destination.maxDayHours} hours, usually after ${formatDuration(destination.gap.p50)}.`,
    };
  },
};
