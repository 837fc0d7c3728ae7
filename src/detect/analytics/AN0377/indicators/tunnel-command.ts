import type { Indicator } from '../../../indicator.js';
import { asTunnel, isTeamHabit } from '../who.js';

/** RemoteFlag: the command line asks for the tunnel. */
export const indicator: Indicator = {
  id: 'tunnel_command',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, _destination, context) {
    const command = asTunnel(subject, context)?.command;
    if (command === undefined) return undefined;
    return {
      points: isTeamHabit(subject, context) ? 5 : 10,
      observed: command.flag,
      expected: null,
      threshold: null,
      text: `Its command line opens the tunnel: ${command.flag}${command.service ? ' service' : ''}.`,
    };
  },
};
