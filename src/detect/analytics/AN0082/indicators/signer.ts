import type { Signer } from '../../../../ground/vocabulary.js';
import type { Indicator } from '../../../indicator.js';
import { isKnownSoftware } from '../../../normal.js';

const WORDS: Readonly<Record<Signer, string>> = {
  apple_platform: 'Apple platform code',
  apple: 'signed by Apple',
  app_store: 'from the Mac App Store: signed by Apple for a third party',
  developer_id: 'signed with a third party Developer ID',
  development: 'signed with a development certificate: built here, not distributed',
  ad_hoc: 'signed ad hoc: no certificate says who made it',
  unsigned: 'not signed at all',
  invalid: 'signed, but the signature does not hold',
  unknown: 'of unknown signer: the telemetry does not say',
};

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
      text: `The program is ${WORDS[subject.signer]}.`,
    };
  },
};
