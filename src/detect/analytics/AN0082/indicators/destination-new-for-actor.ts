import { formatPlural } from '../../../../ground/units.js';
import { carriesData } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isHidden, isOwn, isUsualDestination } from '../../../normal.js';

/** Other hosts with the same program that send there. Hosts. */
export const indicator: Indicator = {
  id: 'destination_new_for_actor',
  group: 'destination',
  unit: 'hosts',
  countsAgainstApproval: false,
  evaluate(subject, destination, context) {
    if (
      destination === undefined ||
      destination.internal ||
      isHidden(destination) ||
      subject.process === undefined
    )
      return undefined;
    // Browsers and general tools go anywhere; for everything else a place its twins never visit is news.
    if (subject.uploader?.browser === true || subject.role !== undefined) return undefined;
    const others = subject.actorHosts - 1;
    if (others < 3 || destination.actorHosts > 1 || !carriesData(destination, context)) return undefined;
    if (isOwn(subject, destination) || isUsualDestination(destination, context)) return undefined;
    const stated = (subject.uploader?.destinations.length ?? 0) > 0;
    return {
      points: stated ? 12 : 8,
      observed: 0,
      expected: others,
      threshold: 1,
      text: `${formatPlural(others, 'other host')} run${others === 1 ? 's' : ''} the same program, and none of them sends to ${destination.key}.`,
    };
  },
};
