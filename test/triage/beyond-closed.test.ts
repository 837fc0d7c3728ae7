import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISPOSITIONS, SEVERITIES } from '../../src/ground/vocabulary.js';
import { beyondClosed, type LaterWeek } from '../../src/triage/beyond-closed.js';
import type { ClosedFinding } from '../../src/decisions/detail.js';

const closed: ClosedFinding = {
  evaluated_on: '2026-03-04',
  last_seen: '2026-03-04T20:00:00.000Z',
  risk: 50,
  severity: 'medium',
  max_day_bytes: 1_000_000_000,
  places: ['drop.example.net'],
  behaviours: ['volume'],
};

/** More of the same on the next day. */
function evidence(part: Partial<LaterWeek> = {}): LaterWeek {
  return {
    evaluatedOn: '2026-03-05',
    lastSeen: '2026-03-05T20:00:00.000Z',
    severity: 'medium',
    places: ['drop.example.net'],
    behaviours: ['volume'],
    days: [
      { day: '2026-03-04', bytes_out: 1_000_000_000 },
      { day: '2026-03-05', bytes_out: 2_000_000_000 },
    ],
    ...part,
  };
}

const BEYOND: readonly (readonly [string, Partial<LaterWeek>, string])[] = [
  ['a higher severity', { severity: 'high' }, 'it was judged high on 2026-03-05, not medium as when closed'],
  [
    'a new place',
    { places: ['drop.example.net', 'other.example.org'] },
    'it was judged at other.example.org, which was not closed',
  ],
  ['a new behaviour', { behaviours: ['volume', 'slow_drip'] }, 'it also shows slow_drip'],
  [
    'a day more than twice the largest',
    { days: [{ day: '2026-03-05', bytes_out: 2_000_000_001 }] },
    'it sent 2 GB on 2026-03-05, when the largest day closed was 1 GB',
  ],
  [
    'more on the rest of the day on which it was closed',
    { days: [{ day: '2026-03-04', bytes_out: 9_000_000_000 }] },
    'it sent 9 GB on 2026-03-04, when the largest day closed was 1 GB',
  ],
];

const SAME: readonly (readonly [string, Partial<LaterWeek>])[] = [
  ['more of the same', {}],
  ['a lower severity', { severity: 'low' }],
  ['fewer places', { places: [] }],
  ['fewer behaviours', { behaviours: [] }],
  ['a large day before', { days: [{ day: '2026-03-03', bytes_out: 9e12 }] }],
];

describe('evidence beyond what was closed', () => {
  it.each(BEYOND)('%s reopens', (_what, part, reason) => {
    expect(beyondClosed(closed, 'benign', [evidence(part)])).toEqual([reason]);
  });

  it.each(BEYOND)('%s does not without activity after it', (_what, part) => {
    for (const disposition of DISPOSITIONS)
      expect(beyondClosed(closed, disposition, [evidence({ ...part, lastSeen: closed.last_seen })])).toEqual(
        [],
      );
  });

  it.each(SAME)('%s does not, except of a true positive', (_what, part) => {
    expect(beyondClosed(closed, 'benign', [evidence(part)])).toEqual([]);
    expect(beyondClosed(closed, 'duplicate', [evidence(part)])).toEqual([]);
    expect(beyondClosed(closed, 'misconfiguration', [evidence(part)])).toEqual([]);
    expect(beyondClosed(closed, 'true_positive', [evidence(part)])).toEqual([
      'it was active again, until 2026-03-05 20:00',
    ]);
  });

  it('says everything that is new, and names few of many', () => {
    const reasons = beyondClosed(closed, 'true_positive', [
      evidence({ severity: 'high', places: ['a', 'b', 'c', 'd', 'e'] }),
      evidence({ evaluatedOn: '2026-03-06', severity: 'critical' }),
    ]);
    expect(reasons).toEqual([
      'it was judged critical on 2026-03-06, not medium as when closed',
      'it was judged at a, b, c and 2 more, which was not closed',
    ]);
  });

  const evidences = fc.array(
    fc.record({
      evaluatedOn: fc.constantFrom('2026-03-03', '2026-03-05', '2026-03-06', '2026-03-07'),
      lastSeen: fc.constantFrom(
        '2026-03-04T19:00:00.000Z',
        '2026-03-04T20:00:00.001Z',
        '2026-03-06T00:00:00.000Z',
      ),
      severity: fc.constantFrom(...SEVERITIES),
      places: fc.subarray(['drop.example.net', 'other.example.org', 'unknown:443']),
      behaviours: fc.subarray(['volume', 'slow_drip']),
      days: fc.array(
        fc.record({ day: fc.constantFrom('2026-03-03', '2026-03-04', '2026-03-05'), bytes_out: fc.nat(4e9) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 4 },
  );

  it('does not depend on the order in which evaluations arrive', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          evidences.map((all) => all[0]).filter((one) => one !== undefined),
          {
            selector: ({ evaluatedOn }) => evaluatedOn,
          },
        ),
        fc.constantFrom(...DISPOSITIONS),
        (all, disposition) => {
          expect(beyondClosed(closed, disposition, [...all].reverse())).toEqual(
            beyondClosed(closed, disposition, all),
          );
        },
      ),
    );
  });

  it('never takes back what other evidence said', () => {
    fc.assert(
      fc.property(evidences, evidences, fc.constantFrom(...DISPOSITIONS), (some, more, disposition) => {
        fc.pre(beyondClosed(closed, disposition, some).length > 0);
        expect(beyondClosed(closed, disposition, [...some, ...more])).not.toEqual([]);
      }),
    );
  });
});
