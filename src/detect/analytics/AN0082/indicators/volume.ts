import { formatBytes } from '../../../../ground/units.js';
import { sendsForALiving, unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { logPoints } from '../../../points.js';

/** More bytes out in one day than this program sends on other hosts, or than an unknown one should. Bytes. */
export const indicator: Indicator = {
  id: 'volume',
  group: 'behaviour',
  unit: 'bytes',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    if (destination === undefined) return undefined;
    const upload = unusualUpload(subject, destination, context);
    if (upload === undefined) return undefined;
    const { volume_day_bytes, tool_volume_day_bytes } = context.config.detection;
    const floor = subject.role === undefined ? volume_day_bytes : tool_volume_day_bytes;
    return {
      // Ten gigabytes a day is as much as an uplink of 1 Mb/s carries: nothing is gained by telling more apart.
      points:
        (upload.bytes < floor
          ? logPoints(upload.bytes, 64_000, 4, floor, 8)
          : logPoints(upload.bytes, floor, 8, 1e10, 28)) * (sendsForALiving(subject) ? 0.5 : 1),
      observed: Math.round(upload.bytes),
      expected: Math.round(upload.expected),
      threshold: Math.round(upload.threshold),
      text:
        upload.expected > 0
          ? `Sent ${formatBytes(upload.bytes)} in one day; its largest days on other hosts stay below ${formatBytes(upload.expected)}.`
          : `Sent ${formatBytes(upload.bytes)} in one day, and ${destination.inKnown ? `received ${formatBytes(destination.bytesIn)} from there in all` : 'what came back is not known'}.`,
    };
  },
};
