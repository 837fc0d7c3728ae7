import type { Store } from '../store/store.js';
import { readDecisions } from './decisions.js';
import { findingDetail } from './detail.js';

/** What people said a finding was, as far as learning cares. */
export interface Verdict {
  readonly as: 'true_positive' | 'escalated' | 'harmless';
  /** What had been seen when it was closed: the last day judged, the highest risk, most bytes out on one day. */
  readonly seenUntil: string;
  readonly risk: number;
  readonly maxDayBytes: number;
}

/**
 * The last word on each finding that has one, by finding id.
 *
 * @param decidedBefore ISO 8601; later decisions do not count
 */
export async function readVerdicts(
  store: Store,
  decidedBefore: string,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const { at, subject, action, detail } of await readDecisions(store, { kind: 'finding' })) {
    if (at >= decidedBefore) continue;
    const { disposition, closed } = findingDetail(detail);
    const seen = {
      seenUntil: closed?.evaluated_on ?? at.slice(0, 10),
      risk: closed?.risk ?? 0,
      maxDayBytes: closed?.max_day_bytes ?? 0,
    };
    switch (action) {
      case 'close':
        verdicts.set(subject, { ...seen, as: disposition === 'true_positive' ? disposition : 'harmless' });
        break;
      case 'escalate':
        verdicts.set(subject, { ...seen, as: 'escalated' });
        break;
      case 'ack':
      case 'reopen':
        verdicts.delete(subject);
        break;
    }
  }
  return verdicts;
}
