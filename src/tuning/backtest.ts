import { judgingConfig, judgingHash } from '../detect/stale-weeks.js';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { compareReplays, type Comparison } from './compare.js';
import { evaluatedIn, readSaid } from './confirmed.js';
import type { Approving } from './judge-again.js';
import { overlapping } from './overlapping.js';
import { replayDay } from './replay-day.js';
import { replayRange, type RangeRequest } from './replay-range.js';
import { confirmedIds } from './said.js';
import { changesBetween, type SettingChange } from './settings.js';

export const BACKTEST_SCHEMA = 'outflow.backtest/1';

/** The contract `outflow.backtest/1` (docs/tuning.md). Days are UTC, `YYYY-MM-DD`. Change it only by adding. */
export interface Backtest extends Comparison {
  readonly schema: typeof BACKTEST_SCHEMA;
  readonly range: {
    readonly since: string;
    readonly until: string;
    readonly days_with_data: number;
    readonly judged_days: number;
    /** The judged day before the range, null without one. */
    readonly standing_on: string | null;
    /** Judged days whose week is past its retention. */
    readonly not_replayed: readonly string[];
    /** Days whose stored evaluation was no answer under the configuration in force, so that both were judged. */
    readonly judged_again: number;
    /** Most hosts with connections in one week. */
    readonly hosts: number;
    readonly baselines: readonly string[];
  };
  readonly settings: readonly SettingChange[];
  readonly config: { readonly now: string; readonly proposed: string };
  readonly alerts_per_day: { readonly now: number; readonly proposed: number };
}

export type Progress = (step: string, done: number, total: number) => void;

/** Replays history under a proposed configuration, from what days were built into; nothing is written. */
export async function backtest(
  store: Store,
  now: Config,
  proposed: Config,
  approving: Approving,
  request: RangeRequest = {},
  progress: Progress = () => undefined,
): Promise<Backtest> {
  const range = await replayRange(store, now, request);
  const { before, days } = range;
  const all = [...(before === undefined ? [] : [before]), ...days];
  const replays = await overlapping(all, (day, at) => {
    progress(`replaying ${day.day}`, at, all.length);
    return replayDay(store, day, judgingConfig(now), judgingConfig(proposed), approving);
  });
  const said = await readSaid(store);
  const evaluated = await evaluatedIn(store, range, confirmedIds(said));
  const comparison = compareReplays(replays, before?.day, said, evaluated);
  const perDay = (side: 'now' | 'proposed'): number =>
    comparison.days.reduce((sum, one) => sum + one[side], 0) / range.daysWithData;
  return {
    schema: BACKTEST_SCHEMA,
    range: {
      since: range.since,
      until: range.until,
      days_with_data: range.daysWithData,
      judged_days: days.length,
      standing_on: before?.day ?? null,
      not_replayed: range.gone,
      judged_again: all.filter(({ current }) => !current).length,
      hosts: Math.max(...replays.map(({ hosts }) => hosts)),
      baselines: [...new Set(all.map(({ baseline }) => baseline))].filter((id) => id !== '').sort(),
    },
    settings: changesBetween(now, proposed),
    config: { now: judgingHash(now), proposed: judgingHash(proposed) },
    alerts_per_day: { now: rounded(perDay('now')), proposed: rounded(perDay('proposed')) },
    ...comparison,
  };
}

/** Two decimals say all there is to say about alerts a day. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
