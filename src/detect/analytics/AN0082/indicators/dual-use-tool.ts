import { hasUploadOrder, ONE_WAY, sendsForALiving, unusualUpload } from '../egress.js';
import type { Indicator } from '../../../indicator.js';
import { isUpload, isUsualPair, isWorkService } from '../../../normal.js';

/** A tool that anyone may use for anything, used to send. Its arguments say so, or the traffic does. */
export const indicator: Indicator = {
  id: 'dual_use_tool',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  techniques: ['T1048'],
  evaluate(subject, destination, context) {
    const { intent, role } = subject;
    if (destination === undefined || destination.internal) return undefined;
    if (role === undefined && subject.tool?.policy !== 'argv-gated') return undefined;
    if (isUsualPair(subject, destination, context) && !hasUploadOrder(subject)) return undefined;
    if (isWorkService(destination, context) || sendsForALiving(subject)) return undefined;
    const uploads = unusualUpload(subject, destination, context) !== undefined;
    if (intent?.strength === 'explicit') {
      const carries =
        intent.verb === 'reverse_tunnel' || intent.verb === 'listen_tunnel' || intent.verb === 'forward';
      if (!carries && !uploads) return undefined;
      return signal(
        intent.verb === 'forward' ? 8 : 20,
        intent.verb,
        `Its command line asks for it: ${intent.text}.`,
      );
    }
    if (!uploads || role === undefined) return undefined;
    const oneWay = destination.inKnown && isUpload(destination, ONE_WAY);
    if (intent?.strength === 'possible') {
      // What it was told stands where the command line does not show it, and the traffic shows that it was told to send.
      return signal(oneWay ? 22 : 18, intent.verb, `Its command line allows it: ${intent.text}.`);
    }
    return signal(
      oneWay ? 20 : 10,
      role,
      oneWay
        ? 'A general-purpose tool that sent far more than it received: an upload, whatever its arguments say.'
        : 'A general-purpose tool that sends more than it receives.',
    );
  },
};

function signal(points: number, observed: string, text: string) {
  return { points, observed, expected: null, threshold: null, text };
}
