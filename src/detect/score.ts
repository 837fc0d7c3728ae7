import type { Config } from '../config/schema.js';
import type { IndicatorResult } from '../ground/finding.js';
import type { Severity } from '../ground/vocabulary.js';
import type { Indicator, Signal } from './indicator.js';
import { WEIGHTS } from './weights.js';

export interface Scored {
  readonly risk: number;
  readonly indicators: readonly IndicatorResult[];
}

export interface Evaluated {
  readonly indicator: Indicator;
  readonly signal: Signal;
}

/** What each group can add at most, so that many weak signals of one kind do not add up to a strong one. */
const CAP = {
  behaviour: WEIGHTS.cap_behaviour.value,
  identity: WEIGHTS.cap_identity.value,
  destination: WEIGHTS.cap_destination.value,
} as const;
const FULL_BEHAVIOUR = WEIGHTS.full_behaviour.value;
const FULL_CONTEXT = WEIGHTS.full_context.value;
const LEAST_CONTEXT = WEIGHTS.least_context.value;
const LEAST_BEHAVIOUR = WEIGHTS.least_behaviour.value;

/**
 * Risk from signals. Who sent it and where it went count in proportion to how much was sent and how: a rare program at
 * a rare place that hardly sends is everyday life, and so is a large upload by what always uploads. Returns undefined
 * without a behaviour, or without anything odd about who or where: neither alone is a finding.
 *
 * `ordered`: the command line itself asks for the transfer, or the program exists for nothing else, so that who and
 * where count in full whatever the amount.
 */
export function score(signals: readonly Evaluated[], ordered: boolean): Scored | undefined {
  const raw = { behaviour: 0, identity: 0, destination: 0 };
  for (const { indicator, signal } of signals) raw[indicator.group] += signal.points;
  if (raw.behaviour === 0 || raw.identity + raw.destination === 0) return undefined;
  const behaviour = Math.min(raw.behaviour, CAP.behaviour);
  const weight = ordered
    ? 1
    : Math.min(1, LEAST_CONTEXT + ((1 - LEAST_CONTEXT) * behaviour) / FULL_BEHAVIOUR);
  const factor = {
    behaviour:
      (behaviour / raw.behaviour) *
      Math.min(
        1,
        LEAST_BEHAVIOUR + ((1 - LEAST_BEHAVIOUR) * (raw.identity + raw.destination)) / FULL_CONTEXT,
      ),
    identity: raw.identity === 0 ? 0 : (weight * Math.min(raw.identity, CAP.identity)) / raw.identity,
    destination:
      raw.destination === 0 ? 0 : (weight * Math.min(raw.destination, CAP.destination)) / raw.destination,
  };
  const exact = signals.map(({ indicator, signal }) => signal.points * factor[indicator.group]);
  const risk = Math.min(100, Math.round(exact.reduce((sum, points) => sum + points, 0)));
  return { risk, indicators: contributions(signals, wholePoints(exact, risk)) };
}

/** An exec of a known tool that sent nothing yet: informational, and every point of it is the tool's. */
export function scoreExecOnly(signals: readonly Evaluated[], config: Config): Scored {
  const risk = Math.max(1, Math.min(config.severity.low - 1, config.report.min_risk));
  const exact = signals.map(({ signal }) => signal.points);
  const total = exact.reduce((sum, points) => sum + points, 0);
  return {
    risk,
    indicators: contributions(
      signals,
      wholePoints(
        exact.map((points) => (total === 0 ? 0 : (points * risk) / total)),
        risk,
      ),
    ),
  };
}

/** Takes what is above `most` off the risk, in the open: as negative points of a reason that says why. */
export function lowerTo(most: number, { risk, indicators }: Scored, id: string, text: string): Scored {
  if (risk <= most) return { risk, indicators };
  const reason = { id, group: 'identity', observed: null, expected: null, threshold: null } as const;
  return { risk: most, indicators: [...indicators, { ...reason, points: most - risk, text }] };
}

export function severityOf(risk: number, config: Config): Severity {
  const { critical, high, medium, low } = config.severity;
  if (risk >= critical) return 'critical';
  if (risk >= high) return 'high';
  if (risk >= medium) return 'medium';
  return risk >= low ? 'low' : 'informational';
}

/** Rounds shares to whole points that add up to the total: the largest remainders are rounded up, first come first. */
function wholePoints(exact: readonly number[], total: number): number[] {
  const sum = exact.reduce((all, points) => all + points, 0);
  const scaled = exact.map((points) => (sum === 0 ? 0 : (points * total) / sum));
  const whole = scaled.map(Math.floor);
  let missing = total - whole.reduce((all, points) => all + points, 0);
  const order = scaled
    .map((points, index) => ({ index, rest: points - Math.floor(points) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order) {
    if (missing <= 0) break;
    whole[index]! += 1;
    missing--;
  }
  return whole;
}

function contributions(signals: readonly Evaluated[], points: readonly number[]): IndicatorResult[] {
  return signals
    .map(({ indicator, signal }, index) => ({
      id: indicator.id,
      group: indicator.group,
      points: points[index]!,
      observed: signal.observed,
      expected: signal.expected,
      threshold: signal.threshold,
      text: signal.text,
    }))
    .sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
}
