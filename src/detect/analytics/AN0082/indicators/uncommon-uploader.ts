import { formatBytes } from '../../../../ground/units.js';
import { sendsForALiving, unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware, isWorkService, othersDay } from '../../../normal.js';

/** Uploads, and is not among the software that normally does, nor does it on other hosts. Bytes of the largest day. */
export const indicator: Indicator = {
  id: 'uncommon_uploader',
  group: 'identity',
  unit: 'bytes',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    if (destination === undefined || subject.process === undefined) return undefined;
    const upload = unusualUpload(subject, destination, context);
    if (upload === undefined) return undefined;
    const { uploader } = subject;
    if (
      uploader !== undefined &&
      isKnownSoftware(subject) &&
      (uploader.excuses.has('volume') || uploader.browser)
    )
      return undefined;
    if (isWorkService(destination, context) || sendsForALiving(subject)) return undefined;
    const others = othersDay(subject);
    if (others !== undefined && others * 5 > upload.bytes) return undefined;
    return {
      // Apple's own daemons are not all in the inventory.
      points: subject.signer === 'apple_platform' && subject.role === undefined ? 4 : 8,
      observed: Math.round(upload.bytes),
      expected: others === undefined ? null : Math.round(others),
      threshold: null,
      text:
        others === undefined
          ? 'It is not known as software that uploads, and too few other hosts have it to say otherwise.'
          : `On other hosts it does not send more than ${formatBytes(others)} a day.`,
    };
  },
};
