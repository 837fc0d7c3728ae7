import { formatBytes, formatCount } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { logPoints } from '../../../points.js';

/** Sends about what it receives, to many addresses: the shape of proxyware and exit nodes. Ratio of sent to received. */
export const indicator: Indicator = {
  id: 'relay_symmetry',
  group: 'behaviour',
  unit: 'ratio',
  countsAgainstApproval: true,
  techniques: ['T1090'],
  evaluate(subject, _destination, context) {
    const { detection } = context.config;
    if (subject.process === undefined || !subject.outKnown || !subject.inKnown || subject.bytesIn <= 0)
      return undefined;
    // Peer-to-peer sync and calls are symmetric by nature; a browser's fan-out is excused, a container backend's is not.
    if (
      subject.uploader?.excuses.has('symmetric') === true ||
      subject.uploader?.excuses.has('fan_out') === true
    ) {
      return undefined;
    }
    const ratio = subject.bytesOut / subject.bytesIn;
    const [least, most] = detection.relay_ratio;
    if (ratio < least || ratio > most) return undefined;
    if (subject.maxDayOut < detection.relay_day_bytes || subject.peersDay < detection.relay_peers)
      return undefined;
    return {
      points: logPoints(subject.maxDayOut, detection.relay_day_bytes, 24, 1e10, 32),
      observed: Number(ratio.toFixed(2)),
      expected: null,
      threshold: most,
      text: `Passed on what it received: ${formatBytes(subject.bytesOut)} out, ${formatBytes(subject.bytesIn)} in, up to ${formatCount(
        subject.peersDay,
      )} addresses in a day.`,
    };
  },
};
