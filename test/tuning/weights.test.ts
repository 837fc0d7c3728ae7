import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configHash } from '../../src/config/load.js';
import { loadConfig } from '../../src/service/load-config.js';
import type { Judgement } from '../../src/detect/analytic.js';
import { judge } from '../../src/detect/analytics/AN0082/judge.js';
import { aContext, aSubject, CONFIG, GB, sent } from '../support/subject.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-weights-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const load = (weights: string): ReturnType<typeof loadConfig> => {
  const path = join(directory, 'outflow.yaml');
  writeFileSync(path, `indicators:\n  weights: ${weights}\n`);
  return loadConfig(path);
};

/** Two gigabytes of an unsigned program. */
function judged(weights: Record<string, number>): Judgement {
  const subject = aSubject([sent(2 * GB, { maxHourOut: 2 * GB })], { signer: 'unsigned' });
  return judge(subject, { ...aContext(), config: { ...CONFIG, indicators: { weights } } })!;
}

const idsOf = ({ indicators }: Judgement): string[] => indicators.map(({ id }) => id);

describe('the weight of an indicator', () => {
  it('changes nothing where none is given', () => {
    const plain = judged({});
    expect(idsOf(plain)).toEqual(expect.arrayContaining(['signer', 'volume']));
    expect(judged({ signer: 1, volume: 1 })).toEqual(plain);
  });

  it('of 0 switches it off, and only it', () => {
    const off = judged({ signer: 0 });
    expect(idsOf(off)).toEqual(idsOf(judged({})).filter((id) => id !== 'signer'));
    expect(off.risk).toBeLessThan(judged({}).risk);
  });

  it('scales its share of the risk', () => {
    const points = (weight: number): number =>
      judged({ signer: weight }).indicators.find(({ id }) => id === 'signer')?.points ?? 0;
    expect(points(0.5)).toBeLessThan(points(1));
    expect(points(2)).toBeGreaterThan(points(1));
  });

  it.each([
    ['{ volum: 2 }', /indicators\.weights\.volum: there is no such indicator; there are .*volume/],
    ['{ volume: 3.1 }', /indicators\.weights\.volume/],
    ['{ volume: -1 }', /indicators\.weights\.volume/],
    ['[volume]', /indicators\.weights/],
  ])('%s is refused', (weights, message) => {
    expect(() => load(weights)).toThrow(message);
  });

  it('is the same configuration in any order', () => {
    expect(configHash(load('{ volume: 2, raw_ip: 0 }'))).toBe(configHash(load('{ raw_ip: 0, volume: 2 }')));
  });
});
