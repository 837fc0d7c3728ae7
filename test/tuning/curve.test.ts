import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { configSchema } from '../../src/config/schema.js';
import { KNOWN } from '../../src/detect/known.js';
import { certaintyOf, poissonBounds } from '../../src/tuning/certainty.js';
import {
  curveOf,
  fewest,
  frontierOf,
  pointInForce,
  recommend,
  type CurveInput,
  type CurvePoint,
} from '../../src/tuning/curve.js';
import { ALERT_SEVERITIES, configOf, FACTORS, levelsOf } from '../../src/tuning/variants.js';

type Risks = Record<string, number[]>;

/** Risks under the settings in force, and under the others where they differ. */
function input(risks: Risks, part: Partial<CurveInput> & { others?: Risks[] } = {}): CurveInput {
  const { others = [], ...rest } = part;
  const maps = FACTORS.map(
    (factor, at) => new Map(Object.entries(factor === 1 ? risks : (others[at] ?? risks))),
  );
  return {
    byFactor: maps,
    levels: [26, 64],
    level: 45,
    hasBefore: false,
    daysWithData: 4,
    confirmed: new Set(),
    ...rest,
  };
}

const at = (curve: readonly CurvePoint[], factor: number, level: number): CurvePoint =>
  curve.find((point) => point.factor === factor && point.level === level)!;

describe('the curve', () => {
  it('counts alerts on the first day that reaches the level', () => {
    const curve = curveOf(input({ a: [30, 50, 0, 0], b: [50, 60, 0, 0], c: [0, 0, 0, 44] }));
    expect(at(curve, 1, 45)).toMatchObject({
      alerts: 2,
      alerts_per_day: 0.5,
      busiest_day: 1,
      findings_kept: 2,
      risk_kept: 110,
      change: 0,
    });
    expect(at(curve, 1, 30)).toMatchObject({ alerts: 3, busiest_day: 2, risk_kept: 154, change: 15 });
    expect(at(curve, 2, 61)).toMatchObject({ alerts: 0, findings_kept: 0, change: 26 });
  });

  it('does not count what stood before the range, and keeps it', () => {
    const curve = curveOf(
      input({ a: [50, 50], b: [30, 50] }, { hasBefore: true, confirmed: new Set(['a']) }),
    );
    expect(at(curve, 1, 45)).toMatchObject({ alerts: 1, findings_kept: 2, confirmed_kept: 1 });
    expect(at(curve, 1, 30)).toMatchObject({ alerts: 0, findings_kept: 2 });
  });

  it('weighs what is kept by its risk under the settings in force', () => {
    const halved = { a: [80], b: [60] };
    const curve = curveOf(input({ a: [50] }, { others: [halved] }));
    expect(at(curve, 0.5, 45)).toMatchObject({ findings_kept: 2, risk_kept: 50 });
  });

  it('finds what is in force', () => {
    const curve = curveOf(input({}));
    expect(pointInForce(curve, 45)).toMatchObject({ factor: 1, level: 45 });
    expect(pointInForce(curve, 70)).toBeUndefined();
    expect(curve).toHaveLength(4 * 39);
  });
});

describe('a recommendation', () => {
  it('keeps the confirmed incident, at the price of a larger risk', () => {
    const risks = { a: [46], b: [60], c: [60], d: [60] };
    // Twice the thresholds quiet the three others and leave the confirmed one.
    const doubled = { a: [46], b: [20], c: [20], d: [20] };
    const given = { others: [risks, risks, doubled, doubled], daysWithData: 1 };
    const chosen = recommend(curveOf(input(risks, { ...given, confirmed: new Set(['a']) })), 1);
    expect(chosen).toMatchObject({ factor: 2, level: 45, confirmed_kept: 1, alerts: 1 });
    expect(recommend(curveOf(input(risks, given)), 3)).toMatchObject({
      factor: 1,
      level: 47,
      risk_kept: 180,
    });
  });

  it('changes nothing where what is in force is as good as any', () => {
    const curve = curveOf(input({ a: [80, 0, 0, 0] }));
    expect(recommend(curve, 5)).toMatchObject({ factor: 1, level: 45, change: 0 });
  });

  it('is missing where nothing fits', () => {
    const curve = curveOf(input({ a: [90], b: [90] }, { daysWithData: 1 }));
    expect(recommend(curve, 1)).toBeUndefined();
    expect(fewest(curve)).toMatchObject({ alerts: 2, factor: 1, level: 45 });
  });
});

const anyRisks = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }),
);
const anyInput = fc
  .tuple(fc.array(anyRisks, { minLength: 4, maxLength: 4 }), fc.boolean(), fc.subarray(['a', 'b', 'c', 'z']))
  .map(([risks, hasBefore, confirmed]) =>
    input(risks[1]!, { others: risks, hasBefore, confirmed: new Set(confirmed), daysWithData: 3 }),
  );

describe('any curve', () => {
  it('keeps no more at a higher level', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const curve = curveOf(given);
        for (const factor of FACTORS) {
          const points = curve.filter((point) => point.factor === factor);
          for (const [index, point] of points.entries()) {
            const next = points[index + 1] ?? point;
            expect(next.findings_kept).toBeLessThanOrEqual(point.findings_kept);
            expect(next.confirmed_kept).toBeLessThanOrEqual(point.confirmed_kept);
            expect(next.risk_kept).toBeLessThanOrEqual(point.risk_kept);
          }
        }
      }),
    );
  });

  it('recommends what no other point within the budget beats, and its frontier has it', () => {
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0.01, max: 3, noNaN: true }), (given, budget) => {
        const curve = curveOf(given);
        const chosen = recommend(curve, budget);
        const within = curve.filter((point) => point.alerts_per_day <= budget);
        expect(chosen === undefined).toBe(within.length === 0);
        if (chosen === undefined) return;
        const worth = ({ confirmed_kept, risk_kept }: CurvePoint): number => confirmed_kept * 1e6 + risk_kept;
        expect(worth(chosen)).toBe(Math.max(...within.map(worth)));
        const onFrontier = frontierOf(curve)
          .filter((point) => point.alerts <= chosen.alerts)
          .at(-1)!;
        expect(worth(onFrontier)).toBe(worth(chosen));
      }),
    );
  });
});

describe('levels', () => {
  const config = loadConfig();

  it.each([
    ['low', 20, 44],
    ['medium', 26, 64],
    ['high', 46, 84],
    ['critical', 66, 100],
  ] as const)('of %s stay between its neighbours', (severity, least, most) => {
    expect(levelsOf(config, severity)).toEqual([least, most]);
  });

  it('and factors make valid configurations, all of them', () => {
    for (const severity of ALERT_SEVERITIES) {
      for (const level of levelsOf(config, severity)) {
        for (const factor of FACTORS) {
          const made = configOf(config, severity, { factor, level });
          expect(configSchema(KNOWN).parse(made)).toEqual(made);
          expect(made.detection.volume_day_bytes).toBe(factor * 20_000_000);
        }
      }
    }
  });
});

describe('certainty', () => {
  // Exact bounds of a Poisson mean (Garwood): chi-square quantiles.
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [5, 1.6235, 11.668],
    [20, 12.217, 30.888],
    [100, 81.364, 121.627],
  ])('knows the bounds of a mean when %i were counted', (count, low, high) => {
    const [least, most] = poissonBounds(count);
    expect(Math.abs(least - low)).toBeLessThan(0.02);
    expect(Math.abs(most - high)).toBeLessThan(0.03);
  });

  it('says what it rests on', () => {
    expect(certaintyOf({ days: 28, hosts: 300, confirmed: 9, alerts: 14 }).doubts).toEqual([]);
    expect(certaintyOf({ days: 3, hosts: 4, confirmed: 1, alerts: 0 }).doubts).toHaveLength(3);
    expect(certaintyOf({ days: 28, hosts: 300, confirmed: 0, alerts: 0 }).doubts[0]).toContain(
      'No confirmed',
    );
  });
});
