import type { Analytic } from '../analytic.js';
import type { Indicator } from '../indicator.js';
import { AN0082 } from './AN0082/analytic.js';
import { AN0377 } from './AN0377/analytic.js';

/** Every analytic, by id. */
export const ANALYTICS: readonly Analytic[] = [AN0082, AN0377];

const byId: ReadonlyMap<string, Analytic> = new Map(ANALYTICS.map((analytic) => [analytic.id, analytic]));

/** @throws Error for an id that no analytic of this version has; ask with {@link ANALYTICS} where that may be. */
export function analyticOf(id: string): Analytic {
  const analytic = byId.get(id);
  if (analytic === undefined) throw new Error(`there is no analytic ${id}`);
  return analytic;
}

/** The indicators of all analytics, by id. */
export const INDICATORS: readonly Indicator[] = ANALYTICS.flatMap(({ indicators }) => indicators).sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
