import type { Destination } from '../../src/detect/subject.js';
import { type aSubject, anUploader, CONFIG, GB, MB, sent, type ContextChanges } from '../support/subject.js';

export type SubjectChanges = Parameters<typeof aSubject>[1];

/** One subject and destination in front of an indicator; what is left out is plain. */
export interface Case {
  readonly why: string;
  readonly subject?: SubjectChanges;
  /** `null`: the subject sent nothing anywhere. */
  readonly destination?: Destination | null;
  readonly context?: ContextChanges;
}

export const small: ContextChanges = { fleetHosts: CONFIG.fleet.min_hosts - 1 };
export const browser = anUploader({ browser: true, excuses: new Set(['fan_out']) });
export const malware = { family: 'Bad', policy: 'deny', matchedOn: 'signing_id', techniques: [] } as const;
export const adHocParent = {
  executable: '/Users/ada/Library/x/agent',
  signer: 'ad_hoc' as const,
  signingId: '',
  teamId: '',
  shell: false,
};
export const spread = { size: { p10: 1 * MB, p50: 1 * MB, p90: 1 * MB } };
export const beat = { connections: 40, gap: { p50: 300, mad: 30 }, size: { p10: 900, p50: 1000, p90: 1100 } };
export const dripping = sent(60 * MB, { hours: 20, maxDayHours: 20, maxHourOut: 3 * MB });
export const relaying = (more: SubjectChanges = {}): SubjectChanges => ({
  bytesOut: GB,
  bytesIn: GB,
  maxDayOut: GB,
  peersDay: 100,
  inKnown: true,
  outKnown: true,
  ...more,
});
