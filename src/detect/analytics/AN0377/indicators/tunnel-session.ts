import { formatDuration } from '../../../../ground/units.js';
import type { Indicator } from '../../../indicator.js';
import { settingsOf } from '../configuration.js';
import { mayHoldTunnel } from '../who.js';

/** Multiples of `persistence_hours` at which a session weighs more: half a working day, a whole one, a day and a night. */
const STEPS: readonly (readonly [times: number, points: number])[] = [
  [1, 11],
  [2, 13],
  [4, 16],
];

/** A connection that has not lasted yet: the tunnel was open, and that is all. */
const BRIEF = 2;

/** How long a tunnel was held: the longest connection, or the time of a day over all connections. Seconds. */
export const indicator: Indicator = {
  id: 'tunnel_session',
  group: 'behaviour',
  unit: 'seconds',
  countsAgainstApproval: true,
  techniques: ['T1572'],
  evaluate(subject, destination, context) {
    if (destination === undefined || destination.connections === 0) return undefined;
    if (!mayHoldTunnel(subject, destination, context)) return undefined;
    const least = settingsOf(context.config).persistence_hours * 3600;
    const perDay = Math.min(
      destination.totalDuration / Math.max(1, destination.days),
      destination.maxDayHours * 3600,
    );
    const seconds = Math.max(destination.maxDuration, perDay);
    const points = STEPS.filter(([times]) => seconds >= times * least).at(-1)?.[1] ?? BRIEF;
    const verb = destination.open ? 'The tunnel is still open after' : 'The tunnel was open for';
    return {
      points,
      observed: Math.round(seconds),
      expected: null,
      threshold: least,
      text:
        points === BRIEF
          ? `A connection to the tunnel service was seen, ${seconds < 1 ? 'how long is not known' : `for ${formatDuration(seconds)}`}.`
          : `${verb} ${formatDuration(seconds)}${destination.maxDuration >= perDay ? '' : ' of one day in all'}.`,
    };
  },
};
