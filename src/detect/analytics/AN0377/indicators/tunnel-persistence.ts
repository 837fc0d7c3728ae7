import type { Indicator } from '../../../indicator.js';
import { settingsOf } from '../configuration.js';
import { launchdSays } from '../starter.js';
import { asTunnel } from '../who.js';

/** LaunchAgentPath: launchd brings the tunnel back, whoever is at the Mac. */
export const indicator: Indicator = {
  id: 'tunnel_persistence',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1543.001'],
  evaluate(subject, _destination, context) {
    const tunnel = asTunnel(subject, context);
    if (tunnel === undefined) return undefined;
    const says = launchdSays(tunnel, settingsOf(context.config));
    if (says === undefined) return undefined;
    return {
      points: 16,
      observed: 'launchd',
      expected: null,
      threshold: null,
      text: `The tunnel comes back by itself: ${says}.`,
    };
  },
};
