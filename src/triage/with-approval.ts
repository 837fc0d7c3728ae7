import type { Config } from '../config/schema.js';
import { lowerTo, type Scored } from '../detect/score.js';

/**
 * An approval takes what it covers off the risk, in the open: its points are negative and say who approved what.
 *
 * @param text what the approval says (inventory/apply.ts)
 */
export function withApproval({ risk, indicators }: Scored, text: string, config: Config): Scored {
  return lowerTo(Math.max(1, config.severity.low - 1), { risk, indicators }, 'approved', text);
}
