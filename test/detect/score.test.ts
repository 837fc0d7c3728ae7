import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logPoints } from '../../src/detect/points.js';
import { score, scoreExecOnly, severityOf, type Evaluated } from '../../src/detect/score.js';
import { aSignal, CONFIG } from '../support/subject.js';

const group = fc.constantFrom('behaviour' as const, 'identity' as const, 'destination' as const);
const points = fc.double({ min: 0.1, max: 40, noNaN: true });
const signals = fc
  .array(fc.tuple(group, points), { maxLength: 12 })
  .map((list) => list.map(([of, many], index) => aSignal(`i${String(index).padStart(2, '0')}`, of, many)));
const sum = (scored: { indicators: readonly { points: number }[] }): number =>
  scored.indicators.reduce((total, { points: each }) => total + each, 0);

describe('the score', () => {
  it('is the sum of the whole points it lists', () => {
    fc.assert(
      fc.property(signals, fc.boolean(), (list, ordered) => {
        const scored = score(list, ordered);
        fc.pre(scored !== undefined);
        expect(sum(scored)).toBe(scored.risk);
        expect(scored.indicators).toHaveLength(list.length);
        for (const indicator of scored.indicators) {
          expect(Number.isInteger(indicator.points)).toBe(true);
          expect(indicator.points).toBeGreaterThanOrEqual(0);
        }
        expect(scored.risk).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('never falls when a signal is added or grows', () => {
    fc.assert(
      fc.property(signals, group, points, fc.boolean(), (list, of, more, ordered) => {
        const before = score(list, ordered)?.risk ?? 0;
        expect(score([...list, aSignal('zz', of, more)], ordered)?.risk ?? 0).toBeGreaterThanOrEqual(before);
        const [first, ...rest] = list;
        fc.pre(first !== undefined);
        const grown = aSignal(first.indicator.id, first.indicator.group, first.signal.points + more);
        expect(score([grown, ...rest], ordered)?.risk ?? 0).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('counts as much when ordered as when not, or more', () => {
    fc.assert(
      fc.property(signals, (list) => {
        expect(score(list, true)?.risk ?? 0).toBeGreaterThanOrEqual(score(list, false)?.risk ?? 0);
      }),
    );
  });

  it('does not depend on the order of the signals', () => {
    fc.assert(
      fc.property(signals, (list) => {
        expect(score([...list].reverse(), false)?.risk).toBe(score(list, false)?.risk);
      }),
    );
  });

  it('needs a behaviour', () => {
    expect(
      score([aSignal('signer', 'identity', 40), aSignal('rare', 'destination', 40)], true),
    ).toBeUndefined();
  });

  it('needs something odd about who or where', () => {
    expect(
      score([aSignal('volume', 'behaviour', 40), aSignal('rate', 'behaviour', 40)], true),
    ).toBeUndefined();
    expect(score([], true)).toBeUndefined();
  });

  it('is never critical for one indicator, nor for one and a trifle', () => {
    fc.assert(
      fc.property(
        group,
        group,
        points,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (of, other, many, few) => {
          expect(score([aSignal('one', of, many)], true)).toBeUndefined();
          const scored = score([aSignal('one', of, many), aSignal('two', other, few)], true);
          if (scored !== undefined) expect(severityOf(scored.risk, CONFIG)).not.toBe('critical');
        },
      ),
    );
  });

  it('caps each group, so that many weak signals of one kind stay weak', () => {
    const many = (of: 'behaviour' | 'identity' | 'destination', n: number): Evaluated[] =>
      Array.from({ length: n }, (_, index) => aSignal(`${of}${index}`, of, 20));
    const capped = score([...many('behaviour', 3), ...many('identity', 1)], true)!;
    expect(score([...many('behaviour', 30), ...many('identity', 1)], true)!.risk).toBe(capped.risk);
    const identity = score([...many('behaviour', 1), ...many('identity', 3)], true)!;
    expect(score([...many('behaviour', 1), ...many('identity', 30)], true)!.risk).toBe(identity.risk);
    const destination = score([...many('behaviour', 1), ...many('destination', 2)], true)!;
    expect(score([...many('behaviour', 1), ...many('destination', 30)], true)!.risk).toBe(destination.risk);
  });

  it('lets who and where count little while hardly anything was sent', () => {
    const context = [aSignal('tool', 'identity', 30), aSignal('rare', 'destination', 20)];
    const idle = score([aSignal('long', 'behaviour', 1), ...context], false)!;
    const sending = score([aSignal('volume', 'behaviour', 12), ...context], false)!;
    expect(sending.risk - 12).toBe(50);
    expect(idle.risk).toBeLessThan(25);
    expect(score([aSignal('long', 'behaviour', 1), ...context], true)!.risk).toBe(51);
  });

  it('halves what was done where nothing else is odd', () => {
    expect(score([aSignal('volume', 'behaviour', 40), aSignal('signer', 'identity', 0.01)], true)!.risk).toBe(
      20,
    );
  });

  it.each([
    [10, 12 * 0.75 + 10],
    [20, 12 + 20],
    [40, 12 + 40],
  ])('counts what was done in full from twenty points of who and where: %d', (context, risk) => {
    expect(
      score([aSignal('volume', 'behaviour', 12), aSignal('signer', 'identity', context)], true)!.risk,
    ).toBe(risk);
  });

  it('lists by points, then by name', () => {
    const scored = score(
      [aSignal('b', 'identity', 5), aSignal('a', 'identity', 5), aSignal('c', 'behaviour', 30)],
      true,
    )!;
    expect(scored.indicators.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});

describe('a start without traffic', () => {
  it('is informational, and its points add up', () => {
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 6 }), (list) => {
        const scored = scoreExecOnly(
          list.map((many, index) => aSignal(`i${index}`, 'identity', many)),
          CONFIG,
        );
        expect(sum(scored)).toBe(scored.risk);
        expect(severityOf(scored.risk, CONFIG)).toBe('informational');
        expect(scored.risk).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

it.each([
  [0, 'informational'],
  [24, 'informational'],
  [25, 'low'],
  [44, 'low'],
  [45, 'medium'],
  [64, 'medium'],
  [65, 'high'],
  [84, 'high'],
  [85, 'critical'],
  [100, 'critical'],
])('calls a risk of %d %s', (risk, severity) => {
  expect(severityOf(risk, CONFIG)).toBe(severity);
});

describe('points by logarithm', () => {
  it('go from least to most between the bounds, and stay there outside', () => {
    expect(logPoints(0, 100, 3, 10_000, 7)).toBe(3);
    expect(logPoints(100, 100, 3, 10_000, 7)).toBe(3);
    expect(logPoints(1000, 100, 3, 10_000, 7)).toBeCloseTo(5, 10);
    expect(logPoints(10_000, 100, 3, 10_000, 7)).toBe(7);
    expect(logPoints(1e12, 100, 3, 10_000, 7)).toBe(7);
  });

  it('never fall as the observation grows', () => {
    const bytes = fc.double({ min: 0, max: 1e13, noNaN: true });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(logPoints(more, 2e7, 8, 1e10, 28)).toBeGreaterThanOrEqual(logPoints(less, 2e7, 8, 1e10, 28));
      }),
    );
  });
});
