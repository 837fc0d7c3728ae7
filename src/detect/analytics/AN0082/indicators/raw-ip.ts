import type { Indicator } from '../../../indicator.js';
import { isHidden } from '../../../normal.js';

/** The address was used directly, although this host's telemetry names destinations. */
export const indicator: Indicator = {
  id: 'raw_ip',
  group: 'destination',
  unit: 'text',
  countsAgainstApproval: true,
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.named || destination.internal || isHidden(destination))
      return undefined;
    if (context.telemetry.names < 0.5) return undefined;
    if (subject.uploader?.excuses.has('symmetric') === true || subject.uploader?.carrier === true)
      return undefined;
    const address = destination.ips[0] ?? destination.key;
    return {
      points: subject.uploader?.browser === true ? 4 : 10,
      observed: address,
      expected: null,
      threshold: null,
      text: `It went to the bare address ${address}, without a name.`,
    };
  },
};
