import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReplays } from '../../src/tuning/compare.js';
import { isRaised } from '../../src/tuning/outcome.js';
import type { DayReplay } from '../../src/tuning/replay-day.js';
import type { Said } from '../../src/tuning/said.js';
import { outcome, pair } from './pair.js';

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`;
const replay = (number: number, ...pairs: DayReplay['pairs']): DayReplay => ({
  day: day(number),
  pairs,
  hosts: 3,
});
const compare = (
  replays: readonly DayReplay[],
  {
    before,
    said = {},
    evaluated = [],
  }: { before?: number; said?: Record<string, Said>; evaluated?: string[] } = {},
): ReturnType<typeof compareReplays> =>
  compareReplays(
    replays,
    before === undefined ? undefined : day(before),
    new Map(Object.entries(said)),
    new Set(evaluated),
  );

describe('a comparison', () => {
  it('counts a finding on the first day it is raised, not again', () => {
    const { days, totals, lost } = compare([
      replay(2, pair('a', 50, 30), pair('b', 70, 80)),
      replay(3, pair('a', 60, 40), pair('b', 70, 80), pair('c', 30, 46)),
      replay(4),
    ]);
    expect(days).toEqual([
      { day: day(2), now: 2, proposed: 1, new: 0, lost: 1 },
      { day: day(3), now: 0, proposed: 1, new: 1, lost: 0 },
      { day: day(4), now: 0, proposed: 0, new: 0, lost: 0 },
    ]);
    expect(totals).toEqual({ now: 2, proposed: 2, new: 1, lost: 1, earlier: 0, later: 0 });
    expect(lost).toMatchObject([
      { id: 'a', raised_on: day(2), day: day(3), before: { risk: 60 }, after: { risk: 40 } },
    ]);
  });

  it('keeps apart what was raised before the range', () => {
    const { standing, days, totals } = compare(
      [replay(1, pair('a', 50, 30), pair('b', 50, 50)), replay(2, pair('a', 50, 50), pair('b', 50, 50))],
      { before: 1 },
    );
    expect(standing).toEqual({ now: 2, proposed: 1, new: 0, lost: 0 });
    expect(days).toEqual([{ day: day(2), now: 0, proposed: 1, new: 0, lost: 0 }]);
    expect(totals).toMatchObject({ now: 2, proposed: 2, later: 1, earlier: 0 });
  });

  it('does not count what an approval covers, on either side', () => {
    const approved = outcome(70, { approval: 'nightly copy' });
    const { totals, lost } = compare([replay(2, pair('a', 50, approved), pair('b', approved, approved))]);
    expect(totals).toMatchObject({ now: 1, proposed: 0, lost: 1 });
    expect(lost).toMatchObject([{ id: 'a', after: { approval: 'nightly copy' } }]);
  });

  it('does not count what is not reported', () => {
    const hidden = outcome(50, { reported: false });
    expect(compare([replay(2, pair('a', hidden, 50))]).totals).toMatchObject({ now: 0, new: 1 });
  });

  it('says which indicators changed, the largest change first', () => {
    const now = outcome(60, { indicators: { volume: 30, signer: 20, raw_ip: 10 } });
    const proposed = outcome(38, { indicators: { volume: 10, signer: 20, long_lived: 8 } });
    expect(compare([replay(2, pair('a', now, proposed))]).lost[0]?.changed).toEqual([
      { indicator: 'volume', before: 30, after: 10 },
      { indicator: 'raw_ip', before: 10, after: 0 },
      { indicator: 'long_lived', before: 0, after: 8 },
    ]);
  });

  it('measures by confirmed incidents', () => {
    const { confirmed, lost } = compare(
      [replay(2, pair('a', 50, 30), pair('b', 90, 90), pair('c', 30, 50), pair('d', 50, 30))],
      {
        said: {
          a: 'true_positive',
          b: 'escalated',
          c: 'true_positive',
          d: 'harmless',
          e: 'escalated',
          f: 'escalated',
        },
        evaluated: ['a', 'b', 'c', 'e'],
      },
    );
    expect(confirmed).toEqual({
      in_range: 4,
      outside_range: 1,
      now: 2,
      proposed: 2,
      lost: ['a'],
      gained: ['c'],
      below_on_both: ['e'],
    });
    expect(lost.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['a', 'true_positive'],
      ['d', 'harmless'],
    ]);
  });
});

const risk = fc.integer({ min: 0, max: 100 });
const replays = fc
  .array(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.tuple(risk, risk), { maxKeys: 5 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((days) =>
    days.map((pairs, at) =>
      replay(at + 1, ...Object.entries(pairs).map(([id, [now, next]]) => pair(id, now, next))),
    ),
  );

describe('any comparison', () => {
  it('adds up: what is proposed is what is now, less what is lost, and what is new', () => {
    fc.assert(
      fc.property(replays, fc.boolean(), (list, withBefore) => {
        const result = compare(list, withBefore ? { before: 1 } : {});
        const { totals } = result;
        expect(totals.proposed).toBe(totals.now - totals.lost + totals.new);
        expect([result.new.length, result.lost.length]).toEqual([totals.new, totals.lost]);
        const raised = (side: 'now' | 'proposed'): number =>
          new Set(
            list.flatMap(({ pairs }) => pairs.filter((one) => isRaised(one[side])).map(({ who }) => who.id)),
          ).size;
        expect([totals.now, totals.proposed]).toEqual([raised('now'), raised('proposed')]);
        expect(result.standing === null).toBe(!withBefore);
      }),
    );
  });

  it('is its own mirror image', () => {
    fc.assert(
      fc.property(replays, (list) => {
        const mirrored = list.map((one) => ({
          ...one,
          pairs: one.pairs.map(({ who, now, proposed }) => ({ who, now: proposed, proposed: now })),
        }));
        const there = compare(list);
        const back = compare(mirrored);
        expect(back.new.map(({ id }) => id)).toEqual(there.lost.map(({ id }) => id));
        expect(back.totals).toMatchObject({ earlier: there.totals.later, later: there.totals.earlier });
      }),
    );
  });

  it('of equal sides finds nothing new and nothing lost', () => {
    fc.assert(
      fc.property(replays, (list) => {
        const same = list.map((one) => ({
          ...one,
          pairs: one.pairs.map((two) => ({ ...two, proposed: two.now })),
        }));
        expect(compare(same).totals).toMatchObject({ new: 0, lost: 0, earlier: 0, later: 0 });
      }),
    );
  });
});
