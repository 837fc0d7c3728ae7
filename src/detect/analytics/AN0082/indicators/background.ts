import { liesIn } from '../../../../knowledge/path-traits.js';
import { isTool } from '../../../../knowledge/tool-traits.js';
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
    if (isKnownSoftware(subject) || isTool(subject.tool?.category, 'by_hand')) return undefined;
    const parent = process.ancestors[0]?.executable ?? process.parentExecutable;
    if (parent !== '/sbin/launchd') return undefined;
    if (liesIn(subject.pathClass, 'application') && subject.role === undefined) return undefined;
    return {
      points: subject.role === undefined ? 4 : 7,
      observed: parent,
      expected: null,
      threshold: null,
      text: 'It runs in the background, started by launchd and not by a person.',
    };
  },
};
