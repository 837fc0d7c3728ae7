import type { Config } from '../config/schema.js';
import type { Scored } from './score.js';

/**
 * An approval takes what it covers off the risk, in the open: its points are negative and say who approved what.
 *
 * @param text what the approval says (inventory/apply.ts)
 */
export function withApproval({ risk, indicators }: Scored, text: string, config: Config): Scored {
  const left = Math.min(risk, Math.max(1, config.severity.low - 1));
  if (left === risk) return { risk, indicators };
  const approval = {
    id: 'approved',
    group: 'identity',
    observed: null,
    expected: null,
    threshold: null,
  } as const;
  return { risk: left, indicators: [...indicators, { ...approval, points: left - risk, text }] };
}
