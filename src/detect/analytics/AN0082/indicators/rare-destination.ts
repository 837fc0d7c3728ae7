import { formatPlural } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { isFirstParty, isHidden, isOwn } from '../../../normal.js';
import { isLongHere } from '../settled.js';

/** Other hosts that reach the destination, with any program. Hosts. */
export const indicator: Indicator = {
  id: 'rare_destination',
  group: 'destination',
  unit: 'hosts',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    const { min_hosts, rare_share } = context.config.fleet;
    if (destination === undefined || destination.internal || isHidden(destination)) return undefined;
    if (context.fleetHosts < min_hosts || isOwn(subject, destination)) return undefined;
    const others = destination.fleetHosts - 1;
    const rare = context.fleetHosts * rare_share;
    if (others > rare) return undefined;
    // People browse to one-off sites all day, and addresses without names rotate: alone, either says little.
    const common = subject.uploader?.browser === true ? 0.3 : 1;
    // The same program has gone there for weeks: rare in the fleet, and no news here.
    const usualHere = destination.known !== undefined && isLongHere(subject) ? 0.5 : 1;
    const nameless = !destination.named && context.telemetry.names < 0.5 ? 0.5 : 1;
    return {
      points:
        (others === 0 ? 10 : 5) *
        common *
        nameless *
        usualHere *
        (isFirstParty(subject, destination) ? 0.5 : 1),
      observed: others,
      expected: context.fleetHosts - 1,
      threshold: Math.floor(rare),
      text:
        others === 0
          ? `No other host of the fleet reaches ${destination.key}.`
          : `Only ${formatPlural(others, 'other host')} of the fleet reach${others === 1 ? 'es' : ''} ${destination.key}.`,
    };
  },
};
