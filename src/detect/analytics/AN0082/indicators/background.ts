import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';

/** Runs without a terminal, started by launchd, from no application bundle or system place. */
export const indicator: Indicator = {
  id: 'background',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  evaluate(subject) {
    const { process } = subject;
    if (process === undefined || process.session === 'terminal') return undefined;
    if (isKnownSoftware(subject) || subject.tool?.category === 'torrent') return undefined;
    const parent = process.ancestors[0]?.executable ?? process.parentExecutable;
    if (parent !== '/sbin/launchd') return undefined;
    const installed = ['system', 'applications', 'user_applications'].includes(subject.pathClass);
    if (installed && subject.role === undefined) return undefined;
    return {
      points: subject.role === undefined ? 4 : 7,
      observed: parent,
      expected: null,
      threshold: null,
      text: 'It runs in the background, started by launchd and not by a person.',
    };
  },
};
