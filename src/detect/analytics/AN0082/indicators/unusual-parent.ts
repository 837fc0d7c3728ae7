import { baseName } from '../../../../knowledge/program.js';
import { isUnvouched } from '../../../../ground/vocabulary.js';
import { pathClass } from '../../../../knowledge/path-class.js';
import { liesIn } from '../../../../knowledge/path-traits.js';
import { isScriptHost } from '../../../../knowledge/starters.js';
import type { Indicator } from '../../../indicator.js';

/** Who started it: an Apple tool sends for whoever holds the strings. */
export const indicator: Indicator = {
  id: 'unusual_parent',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  techniques: ['T1059'],
  evaluate(subject) {
    const { process, role } = subject;
    if (process === undefined || role === undefined) return undefined;
    const ancestors = process.ancestors.filter((ancestor) => !ancestor.shell);
    const odd = ancestors.find(
      (ancestor) => isUnvouched(ancestor.signer) && !liesIn(pathClass(ancestor.executable), 'builds'),
    );
    if (odd !== undefined) {
      return signal(
        14,
        odd.executable,
        `Started by ${odd.executable}, which nobody vouches for (${odd.signer.replace('_', ' ')}).`,
      );
    }
    const place = ancestors.find((ancestor) => liesIn(pathClass(ancestor.executable), 'odd'));
    if (place !== undefined)
      return signal(10, place.executable, `Started by a program in an odd place: ${place.executable}.`);
    const host = ancestors.find((ancestor) => isScriptHost(ancestor.executable));
    if (host !== undefined)
      return signal(8, host.executable, `Started by ${baseName(host.executable)}, which seldom sends files.`);
    return undefined;
  },
};

function signal(points: number, observed: string, text: string) {
  return { points, observed, expected: null, threshold: null, text };
}
