import type { RisksByDay } from './collect-risks.js';
import { FACTORS, type Variant } from './variants.js';

/** What one combination of settings would have cost and kept. */
export interface CurvePoint extends Variant {
  /** Findings raised in the range, each on the first judged day it reaches the level. */
  readonly alerts: number;
  readonly alerts_per_day: number;
  /** Most on one judged day. */
  readonly busiest_day: number;
  /** Confirmed incidents that reach the level. */
  readonly confirmed_kept: number;
  /** Findings that reach it, and the sum of their worst risks under what is in force. */
  readonly findings_kept: number;
  readonly risk_kept: number;
  /** Distance from what is in force: points of risk, and ten of them for each doubling of the thresholds. */
  readonly change: number;
}

export interface CurveInput {
  /** By factor, in the order of FACTORS. */
  readonly byFactor: readonly RisksByDay[];
  readonly levels: readonly [least: number, most: number];
  /** The level in force. */
  readonly level: number;
  /** The first of the replayed days lies before the range. */
  readonly hasBefore: boolean;
  readonly daysWithData: number;
  readonly confirmed: ReadonlySet<string>;
}

const POINTS_A_DOUBLING = 10;

/** Every factor at every level, by factor, then level. Pure. */
export function curveOf(input: CurveInput): readonly CurvePoint[] {
  const [least, most] = input.levels;
  const levels = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  return FACTORS.flatMap((factor, index) =>
    levels.map((level) => pointOf(input, input.byFactor[index]!, { factor, level })),
  );
}

function pointOf(input: CurveInput, risks: RisksByDay, { factor, level }: Variant): CurvePoint {
  const perDay = new Map<number, number>();
  let findings_kept = 0;
  let confirmed_kept = 0;
  let risk_kept = 0;
  for (const [id, days] of risks) {
    const first = days.findIndex((risk) => risk >= level);
    if (first < 0) continue;
    findings_kept++;
    if (input.confirmed.has(id)) confirmed_kept++;
    risk_kept += Math.max(0, ...(inForce(input).get(id) ?? []));
    if (!(input.hasBefore && first === 0)) perDay.set(first, (perDay.get(first) ?? 0) + 1);
  }
  const alerts = [...perDay.values()].reduce((sum, one) => sum + one, 0);
  return {
    factor,
    level,
    alerts,
    alerts_per_day: alerts / input.daysWithData,
    busiest_day: Math.max(0, ...perDay.values()),
    confirmed_kept,
    findings_kept,
    risk_kept,
    change: Math.abs(level - input.level) + POINTS_A_DOUBLING * Math.abs(Math.log2(factor)),
  };
}

function inForce({ byFactor }: CurveInput): RisksByDay {
  return byFactor[FACTORS.indexOf(1)]!;
}

/** The point of what is in force, if it is on the curve. */
export function pointInForce(curve: readonly CurvePoint[], level: number): CurvePoint | undefined {
  return curve.find((point) => point.factor === 1 && point.level === level);
}

/**
 * Within the budget, the point that keeps most confirmed incidents, then most risk, then changes least; undefined where
 * none is within it.
 */
export function recommend(curve: readonly CurvePoint[], alertsPerDay: number): CurvePoint | undefined {
  return curve.filter((point) => point.alerts_per_day <= alertsPerDay).sort(better)[0];
}

/** The point with the fewest alerts, the best of equal ones. */
export function fewest(curve: readonly CurvePoint[]): CurvePoint | undefined {
  return [...curve].sort((a, b) => a.alerts - b.alerts || better(a, b))[0];
}

function better(a: CurvePoint, b: CurvePoint): number {
  return (
    b.confirmed_kept - a.confirmed_kept ||
    b.risk_kept - a.risk_kept ||
    a.change - b.change ||
    a.factor - b.factor ||
    a.level - b.level
  );
}

/** Points no other one beats: none with as few alerts keeps more. By alerts, the trade-off a person chooses from. */
export function frontierOf(curve: readonly CurvePoint[]): readonly CurvePoint[] {
  const frontier: CurvePoint[] = [];
  for (const point of [...curve].sort((a, b) => a.alerts - b.alerts || better(a, b))) {
    const last = frontier.at(-1);
    const keepsMore =
      last === undefined ||
      point.confirmed_kept > last.confirmed_kept ||
      (point.confirmed_kept === last.confirmed_kept && point.risk_kept > last.risk_kept);
    if (keepsMore) frontier.push(point);
  }
  return frontier;
}
