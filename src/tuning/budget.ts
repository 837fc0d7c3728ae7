import type { Config } from '../config/schema.js';
import { judgingHash } from '../detect/stale-weeks.js';
import type { Store } from '../store/store.js';
import { rounded, type Progress } from './backtest.js';
import { certaintyOf, type Certainty } from './certainty.js';
import { collectRisks, type RisksByDay } from './collect-risks.js';
import { evaluatedIn, readSaid } from './confirmed.js';
import { curveOf, fewest, frontierOf, pointInForce, recommend, type CurvePoint } from './curve.js';
import type { Approving } from './judge-again.js';
import { replayRange, type RangeRequest } from './replay-range.js';
import { confirmedIds } from './said.js';
import { changesBetween, type SettingChange } from './settings.js';
import { configOf, FACTORS, levelsOf, type AlertSeverity } from './variants.js';

export const BUDGET_SCHEMA = 'outflow.budget/1';

export interface Recommendation extends CurvePoint {
  readonly settings: readonly SettingChange[];
  /** Confirmed incidents that would no longer be raised; ids, ascending. */
  readonly confirmed_lost: readonly string[];
  readonly certainty: Certainty;
}

/** The contract `outflow.budget/1` (docs/tuning.md). Days are UTC, `YYYY-MM-DD`. Change it only by adding. */
export interface Budget {
  readonly schema: typeof BUDGET_SCHEMA;
  readonly range: {
    readonly since: string;
    readonly until: string;
    readonly days_with_data: number;
    readonly judged_days: number;
    readonly standing_on: string | null;
    readonly not_replayed: readonly string[];
    readonly hosts: number;
  };
  readonly alerts_per_day: number;
  readonly severity: AlertSeverity;
  /** SHA-256 of the configuration in force, as far as it judges. */
  readonly config: string;
  readonly confirmed: { readonly in_range: number; readonly outside_range: number };
  readonly now: CurvePoint | null;
  /** Null where no settings fit the budget; then `fewest` says what comes nearest. */
  readonly recommended: Recommendation | null;
  readonly fewest: CurvePoint | null;
  /** Every factor at every level. */
  readonly curve: readonly CurvePoint[];
  /** Those of the curve that no other one beats, by alerts. */
  readonly frontier: readonly CurvePoint[];
  /** Findings by their worst risk under what is in force, by tens from 0. */
  readonly risks: readonly { readonly from: number; readonly findings: number }[];
}

export interface BudgetRequest {
  readonly alertsPerDay: number;
  readonly severity: AlertSeverity;
  readonly range?: RangeRequest;
}

/** Looks for settings that fit an alert budget, from what days were built into; nothing is written. */
export async function budget(
  store: Store,
  config: Config,
  approving: Approving,
  request: BudgetRequest,
  progress: Progress = () => undefined,
): Promise<Budget> {
  const { alertsPerDay, severity } = request;
  const range = await replayRange(store, config, request.range);
  const days = [...(range.before === undefined ? [] : [range.before]), ...range.days];
  const { byFactor, hosts } = await collectRisks(store, config, severity, days, approving, progress);
  const ids = confirmedIds(await readSaid(store));
  const evaluated = await evaluatedIn(store, range, ids);
  const confirmed = new Set(ids.filter((id) => evaluated.has(id) || byFactor.some((all) => all.has(id))));
  const level = config.severity[severity];
  const curve = curveOf({
    byFactor,
    levels: levelsOf(config, severity),
    level,
    hasBefore: range.before !== undefined,
    daysWithData: range.daysWithData,
    confirmed,
  });
  const chosen = recommend(curve, alertsPerDay);
  const now = pointInForce(curve, level);
  return {
    schema: BUDGET_SCHEMA,
    range: {
      since: range.since,
      until: range.until,
      days_with_data: range.daysWithData,
      judged_days: range.days.length,
      standing_on: range.before?.day ?? null,
      not_replayed: range.gone,
      hosts,
    },
    alerts_per_day: alertsPerDay,
    severity,
    config: judgingHash(config),
    confirmed: { in_range: confirmed.size, outside_range: ids.length - confirmed.size },
    now: now === undefined ? null : told(now),
    recommended:
      chosen === undefined
        ? null
        : {
            ...told(chosen),
            settings: changesBetween(config, configOf(config, severity, chosen)),
            confirmed_lost: lostAt(chosen, now, byFactor, confirmed),
            certainty: certainty(chosen, { days: range.daysWithData, hosts, confirmed: confirmed.size }),
          },
    fewest: chosen === undefined ? told(fewest(curve)!) : null,
    curve: curve.map(told),
    frontier: frontierOf(curve).map(told),
    risks: histogram(byFactor[FACTORS.indexOf(1)]!),
  };
}

const told = (point: CurvePoint): CurvePoint => ({
  ...point,
  alerts_per_day: rounded(point.alerts_per_day),
});

function certainty(
  { alerts }: CurvePoint,
  known: { readonly days: number; readonly hosts: number; readonly confirmed: number },
): Certainty {
  const all = certaintyOf({ ...known, alerts });
  const [low, high] = all.alerts_per_day;
  return { ...all, alerts_per_day: [rounded(low), rounded(high)] };
}

/** Confirmed incidents that what is in force raises and the point does not. */
function lostAt(
  point: CurvePoint,
  now: CurvePoint | undefined,
  byFactor: readonly RisksByDay[],
  confirmed: ReadonlySet<string>,
): readonly string[] {
  const raises = ({ factor, level }: CurvePoint, id: string): boolean =>
    (byFactor[FACTORS.findIndex((one) => one === factor)]!.get(id) ?? []).some((risk) => risk >= level);
  return [...confirmed].filter((id) => (now === undefined || raises(now, id)) && !raises(point, id)).sort();
}

function histogram(risks: RisksByDay): Budget['risks'] {
  const worst = [...risks.values()].map((days) => Math.max(...days));
  return Array.from({ length: 10 }, (_, ten) => ({
    from: ten * 10,
    findings: worst.filter((risk) => Math.min(9, Math.floor(risk / 10)) === ten).length,
  }));
}
