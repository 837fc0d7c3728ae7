import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/simulate/random.js';

const draw = (random: Random, count = 50): number[] => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('repeats itself for the same label and differs for another', () => {
    expect(draw(new Random('a'))).toEqual(draw(new Random('a')));
    expect(draw(new Random('a'))).not.toEqual(draw(new Random('b')));
  });

  it('gives a child the same numbers however much its parent has drawn', () => {
    const fresh = new Random('seed');
    const used = new Random('seed');
    draw(used, 1000);
    expect(draw(used.child('app'))).toEqual(draw(fresh.child('app')));
    expect(draw(fresh.child('app'))).not.toEqual(draw(fresh.child('other')));
  });

  it('does not confuse nested labels with joined ones', () => {
    expect(draw(new Random('x').child('a').child('b'))).not.toEqual(draw(new Random('x').child('ab')));
  });

  it('stays within the bounds it is given', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (label, low, width) => {
        const random = new Random(label);
        const whole = random.integer(low, low + width);
        expect(whole).toBeGreaterThanOrEqual(low);
        expect(whole).toBeLessThanOrEqual(low + width);
        expect(random.logUniform(2, 8)).toBeGreaterThanOrEqual(2);
        expect(random.pareto(5, 0.7, 90)).toBeLessThanOrEqual(90);
      }),
    );
  });

  it('has about the mean it promises', () => {
    const random = new Random('means');
    const mean = (next: () => number): number =>
      Array.from({ length: 4000 }, next).reduce((sum, value) => sum + value, 0) / 4000;
    expect(mean(() => random.next())).toBeCloseTo(0.5, 1);
    expect(mean(() => random.normal())).toBeCloseTo(0, 0);
    expect(mean(() => random.poisson(3))).toBeGreaterThan(2.8);
    expect(mean(() => random.poisson(3))).toBeLessThan(3.2);
  });
});
