import { formatPlural } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';
import { isLongHere } from '../settled.js';

/** Other hosts that run the same actor. Hosts. */
export const indicator: Indicator = {
  id: 'new_in_fleet',
  group: 'identity',
  unit: 'hosts',
  countsAgainstApproval: false,
  evaluate(subject, _destination, context) {
    const { min_hosts, rare_share } = context.config.fleet;
    if (subject.process === undefined || context.fleetHosts < min_hosts) return undefined;
    const others = subject.actorHosts - 1;
    const rare = context.fleetHosts * rare_share;
    if (others > rare || subject.signer === 'apple_platform' || subject.signer === 'apple') {
      // Apple's own tools are everywhere; what is new is who drives them.
      if (others > 0 || subject.role === undefined) return undefined;
    }
    return {
      // Every script is new somewhere: for general tools this says less, and so it does for what has been here for weeks.
      points:
        (others === 0 ? 8 : 4) *
        (isKnownSoftware(subject) || subject.role !== undefined || isLongHere(subject) ? 0.5 : 1),
      observed: others,
      expected: context.fleetHosts - 1,
      threshold: Math.floor(rare),
      text:
        others === 0
          ? `None of the other ${formatPlural(context.fleetHosts - 1, 'host')} runs it${subject.role === undefined ? '' : ' this way'}.`
          : `Only ${formatPlural(others, 'other host')} of ${context.fleetHosts - 1} ${others === 1 ? 'runs' : 'run'} it.`,
    };
  },
};
