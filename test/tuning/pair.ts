import type { Severity } from '../../src/ground/vocabulary.js';
import { NOTHING, type Outcome, type Pair } from '../../src/tuning/outcome.js';

const severityOf = (risk: number): Severity =>
  risk >= 85
    ? 'critical'
    : risk >= 65
      ? 'high'
      : risk >= 45
        ? 'medium'
        : risk >= 25
          ? 'low'
          : 'informational';

/** A finding of so much risk, all of it by `volume`; below 20 it is not reported. */
export function outcome(risk: number, part: Partial<Outcome> = {}): Outcome {
  if (risk === 0) return NOTHING;
  return {
    risk,
    severity: severityOf(risk),
    reported: risk >= 20,
    approval: null,
    indicators: { volume: risk },
    ...part,
  };
}

export function pair(id: string, now: number | Outcome, proposed: number | Outcome): Pair {
  return {
    who: {
      id,
      host: { id: `host-${id}`, name: `MAC-${id}` },
      program: 'tool',
      actor: `actor-${id}`,
      destination: { name: 'drop.example.net', port: 443 },
    },
    now: typeof now === 'number' ? outcome(now) : now,
    proposed: typeof proposed === 'number' ? outcome(proposed) : proposed,
  };
}
