import { formatBytes, formatRate } from '../../../../ground/units.js';
import { countsAsUpload, isUsual } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isUpload } from '../../../normal.js';
import { logPoints } from '../../../points.js';

/** Little at a time for many hours or days, never fast enough for the rate limit. Hours with traffic. */
export const indicator: Indicator = {
  id: 'slow_drip',
  group: 'behaviour',
  unit: 'hours',
  countsAgainstApproval: false,
  techniques: ['T1029', 'T1030'],
  evaluate(subject, destination, context) {
    if (destination === undefined || subject.uploader?.browser === true) return undefined;
    const { detection } = context.config;
    if (!countsAsUpload(subject, destination, context) || isUsual(subject, destination, context))
      return undefined;
    if (!isUpload(destination, detection.upload_ratio * 1.5)) return undefined;
    if (destination.maxHourOut / 3600 >= detection.data_rate_threshold * 4) return undefined;
    const spread =
      destination.maxDayHours >= detection.slow_drip_hours ||
      (destination.days >= 3 && destination.hours >= 12);
    if (
      !spread ||
      destination.bytesOut < detection.volume_day_bytes * 2 ||
      destination.maxDayOut < detection.volume_day_bytes / 2
    )
      return undefined;
    return {
      points:
        logPoints(destination.bytesOut, detection.volume_day_bytes * 2, 3, 1e10, 14) +
        (destination.days >= 3 ? 2 : 0),
      observed: destination.hours,
      expected: 0,
      threshold: detection.slow_drip_hours,
      text: `${formatBytes(destination.bytesOut)} left over ${destination.hours} hours on ${destination.days} day(s), never above ${formatRate(
        destination.maxHourOut / 3600,
      )} in an hour.`,
    };
  },
};
