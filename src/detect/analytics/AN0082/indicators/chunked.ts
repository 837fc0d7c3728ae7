import { formatBytes, formatCount } from '../../../../ground/units.js';
import { countsAsUpload, isUsual } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { logPoints } from '../../../points.js';

/** Many connections of one day to one place, none of which shows the sum. Connections. */
export const indicator: Indicator = {
  id: 'chunked',
  group: 'behaviour',
  unit: 'count',
  countsAgainstApproval: false,
  techniques: ['T1030'],
  evaluate(subject, destination, context) {
    if (destination === undefined || subject.uploader?.browser === true) return undefined;
    const { detection } = context.config;
    if (!countsAsUpload(subject, destination, context) || isUsual(subject, destination, context))
      return undefined;
    const count = destination.maxDayConnections;
    if (count < detection.chunked_connections || destination.maxDayOut < detection.volume_day_bytes)
      return undefined;
    if (destination.size.p90 > destination.maxDayOut / 5) return undefined;
    return {
      points: logPoints(destination.maxDayOut, detection.volume_day_bytes, 3, 2e9, 10),
      observed: count,
      expected: null,
      threshold: detection.chunked_connections,
      text: `${formatCount(count)} connections in one day carried ${formatBytes(destination.maxDayOut)}, half of them less than ${formatBytes(
        destination.size.p50,
      )} each.`,
    };
  },
};
