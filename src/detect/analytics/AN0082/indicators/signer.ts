import { SIGNER_EXPLAINED } from '../../../../ground/signer-words.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';

/** AN0082's ProcessSignedStatus: the class of who signed the code, as a weight. Half for code many hosts have. */
export const indicator: Indicator = {
  id: 'signer',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: false,
  evaluate(subject, _destination, context) {
    const weight = context.config.process_signed_status[subject.signer];
    if (subject.process === undefined || weight === 0) return undefined;
    const spread = subject.actorHosts - 1 >= Math.max(3, context.fleetHosts * 0.1);
    const known = isKnownSoftware(subject);
    return {
      points: known ? weight / 4 : spread ? weight / 2 : weight,
      observed: subject.signer,
      expected: 'apple_platform',
      threshold: null,
      text: `The program is ${SIGNER_EXPLAINED[subject.signer]}.`,
    };
  },
};
