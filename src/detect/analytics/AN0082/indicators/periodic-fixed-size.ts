import { formatBytes, formatDuration, formatPlural } from '../../../../ground/units.js';
import { carriesData, isUsual } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { excused } from '../../../normal.js';

/** Enough repeats that a rhythm is no accident. */
const LEAST_CONNECTIONS = 12;
/** Median deviation of the gaps, as a share of the median gap: beacons jitter by up to 30 %, people by far more. */
const REGULAR = 0.25;
/** Spread of the sizes between the 10th and 90th percentile, as a share of the median: bands, not equality. */
const SAME_SIZE = 0.5;

/** Sends of one size at one interval. Seconds between starts. */
export const indicator: Indicator = {
  id: 'periodic_fixed_size',
  group: 'behaviour',
  unit: 'seconds',
  countsAgainstApproval: false,
  techniques: ['T1029', 'T1030'],
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.connections < LEAST_CONNECTIONS) return undefined;
    if (destination.internal || isUsual(subject, destination, context)) return undefined;
    if (excused(subject, 'periodicity', destination, context) || subject.uploader?.browser === true)
      return undefined;
    const { gap, size } = destination;
    const regular = gap.p50 >= 5 && gap.mad / gap.p50 <= REGULAR;
    const sameSize = size.p50 > 0 && (size.p90 - size.p10) / size.p50 <= SAME_SIZE;
    if (!regular) return undefined;
    return {
      points: (sameSize ? 8 : 4) * (carriesData(destination, context) ? 1 : 0.4),
      observed: Math.round(gap.p50),
      expected: null,
      threshold: null,
      text: `${formatPlural(destination.connections, 'connection')}, one about every ${formatDuration(gap.p50)}${
        sameSize ? `, each sending about ${formatBytes(size.p50)}` : ''
      }: a program's rhythm, not a person's.`,
    };
  },
};
