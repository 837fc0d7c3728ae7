import type { Indicator } from '../../../indicator.js';

/** Carries the name of known software that somebody else signed, or of an Apple process outside Apple's places. */
export const indicator: Indicator = {
  id: 'identity_drift',
  group: 'identity',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1036.005'],
  evaluate(subject) {
    const { drift } = subject;
    // Nobody but Apple lets software into the App Store; it does not lend its own names.
    if (drift === undefined || subject.process === undefined || subject.signer === 'app_store')
      return undefined;
    return {
      points: 18,
      observed: subject.process.teamId || subject.signer,
      expected: drift.expected.join(', '),
      threshold: null,
      text: `It bears the name of ${drift.name}, but ${
        drift.by === 'path' ? 'lies where that never does' : `is not signed by ${drift.expected.join(' or ')}`
      }.`,
    };
  },
};
