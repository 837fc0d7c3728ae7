import type { Indicator } from '../../../indicator.js';
import { asTunnel, isTeamHabit } from '../who.js';

/** A program that exists for tunnels, and an editor that can also open one. */
const POINTS = { dedicated: 10, editor: 5 } as const;

/** An editor, or the part of one, that opens the Mac to a tunnel service. */
export const indicator: Indicator = {
  id: 'tunnel_program',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, _destination, context) {
    const tunnel = asTunnel(subject, context);
    if (tunnel === undefined) return undefined;
    const { name, dedicated, matchedOn } = tunnel.ide;
    return {
      points: (dedicated ? POINTS.dedicated : POINTS.editor) * (isTeamHabit(subject, context) ? 0.5 : 1),
      observed: name,
      expected: null,
      threshold: null,
      text: `It is ${name}, recognised by its ${matchedOn}: whoever is signed in to it from anywhere has a shell and the files of this Mac.`,
    };
  },
};
