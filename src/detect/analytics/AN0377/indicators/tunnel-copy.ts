import { isUnvouched } from '../../../../ground/vocabulary.js';
import { baseName } from '../../../../knowledge/program.js';
import { pathClass } from '../../../../knowledge/path-class.js';
import { liesIn } from '../../../../knowledge/path-traits.js';
import type { Indicator, Signal } from '../../../indicator.js';
import { isTunnelService } from '../place.js';
import { asTunnel, isStranger } from '../who.js';

/** Not the program its vendor ships: without the vendor's signature, under another name, or where nobody installs. */
export const indicator: Indicator = {
  id: 'tunnel_copy',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1036.005'],
  evaluate(subject, destination, context) {
    const tunnel = asTunnel(subject, context);
    if (tunnel === undefined) {
      const { process } = subject;
      if (process === undefined || destination === undefined || !isTunnelService(destination))
        return undefined;
      if (!isStranger(subject)) return undefined;
      const name = baseName(process.executable) || process.name;
      return signal(16, subject.signer, `${name} is no editor, and talks to a tunnel service of editors.`);
    }
    const { process, ide } = tunnel;
    if (isUnvouched(process.signer) && !ide.genuine) {
      const signer = process.signer.replace('_', ' ');
      return signal(
        18,
        process.signer,
        `It calls itself ${ide.name} and its vendor did not sign it (${signer}).`,
      );
    }
    if (ide.renamed) {
      const name = baseName(process.executable) || process.name;
      return signal(16, name, `It is signed as ${ide.name} and was renamed to ${name}.`);
    }
    if (process.executable !== '' && liesIn(pathClass(process.executable), 'landing')) {
      return signal(10, process.executable, `It lies where nobody installs programs: ${process.executable}.`);
    }
    return undefined;
  },
};

function signal(points: number, observed: string, text: string): Signal {
  return { points, observed, expected: null, threshold: null, text };
}
