import { formatDuration } from '../../../../ground/units.js';
import { carriesData, isUsual } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { excused, isUpload } from '../../../normal.js';

/** Connection time towards one destination: the longest connection, or the hours of a day it was held. Seconds. */
export const indicator: Indicator = {
  id: 'long_lived',
  group: 'behaviour',
  unit: 'seconds',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.internal) return undefined;
    if (excused(subject, 'duration', destination, context) || isUsual(subject, destination, context))
      return undefined;
    const perDay = Math.min(
      destination.totalDuration / Math.max(1, destination.days),
      destination.maxDayHours * 3600,
    );
    const seconds = Math.max(destination.maxDuration, perDay);
    const steps = context.config.detection.long_lived_hours.map((hours) => hours * 3600);
    const reached = steps.filter((step) => seconds >= step).length;
    if (reached === 0) return undefined;
    // An idle socket is how programs wait for news. Length counts in full only when data leaves through it.
    const carrying =
      carriesData(destination, context) && isUpload(destination, context.config.detection.relay_ratio[0]);
    return {
      points: carrying ? 2 + 2.5 * reached : reached,
      observed: Math.round(seconds),
      expected: null,
      threshold: steps[0] ?? null,
      text: `${destination.open ? 'Still connected after' : 'Held connections for'} ${formatDuration(seconds)}${
        destination.maxDuration >= perDay ? '' : ' of one day in all'
      }${carrying ? ', sending meanwhile' : ', mostly idle'}.`,
    };
  },
};
