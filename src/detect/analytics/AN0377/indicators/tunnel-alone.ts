import { formatPlural } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { asTunnel, isStranger } from '../who.js';

/** Other hosts of the fleet that have the same program: a team's tool is known to the team. Hosts. */
export const indicator: Indicator = {
  id: 'tunnel_alone',
  group: 'identity',
  unit: 'hosts',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, _destination, context) {
    const { min_hosts, rare_share } = context.config.fleet;
    if (subject.process === undefined || context.fleetHosts < min_hosts) return undefined;
    if (asTunnel(subject, context) === undefined && !isStranger(subject)) return undefined;
    const others = Math.max(0, subject.actorHosts - 1);
    const rare = context.fleetHosts * rare_share;
    if (others > rare) return undefined;
    return {
      points: others === 0 ? 8 : 4,
      observed: others,
      expected: context.fleetHosts - 1,
      threshold: Math.floor(rare),
      text:
        others === 0
          ? `None of the other ${formatPlural(context.fleetHosts - 1, 'host')} has it.`
          : `Only ${formatPlural(others, 'other host')} of ${context.fleetHosts - 1} ${others === 1 ? 'has' : 'have'} it.`,
    };
  },
};
