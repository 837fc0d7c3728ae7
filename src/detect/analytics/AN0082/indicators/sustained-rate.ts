import { formatRate } from '../../../../ground/units.js';
import { sendsForALiving, unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { logPoints } from '../../../points.js';

/** AN0082's DataRateThreshold: the best whole hour of one destination, averaged. Bytes per second. */
export const indicator: Indicator = {
  id: 'sustained_rate',
  group: 'behaviour',
  unit: 'bytes_per_second',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    if (destination === undefined || unusualUpload(subject, destination, context) === undefined)
      return undefined;
    const threshold = context.config.detection.data_rate_threshold;
    const rate = destination.maxHourOut / 3600;
    if (rate < threshold) return undefined;
    return {
      points: logPoints(rate, threshold, 5, threshold * 100, 14) * (sendsForALiving(subject) ? 0.5 : 1),
      observed: Math.round(rate),
      expected: null,
      threshold,
      text: `Kept up ${formatRate(rate)} out for an hour; ${formatRate(threshold)} is the configured limit.`,
    };
  },
};
