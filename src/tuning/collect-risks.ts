import type { Config } from '../config/schema.js';
import { judgingConfig } from '../detect/stale-weeks.js';
import type { Store } from '../store/store.js';
import type { Progress } from './backtest.js';
import { eachSubject } from './each-subject.js';
import { approvalOf, whoIsJudged, type Approving } from './judge-again.js';
import { overlapping } from './overlapping.js';
import type { ReplayDay } from './replay-range.js';
import { subjectKey } from './stored-day.js';
import { FACTORS, levelsOf, scaled, type AlertSeverity } from './variants.js';

/** Risk on each replayed day, in their order, by finding id; 0 where nothing, or an approval, was found. */
export type RisksByDay = ReadonlyMap<string, readonly number[]>;

export interface CollectedRisks {
  /** By factor, in the order of FACTORS. */
  readonly byFactor: readonly RisksByDay[];
  /** Most hosts with connections in one week. */
  readonly hosts: number;
}

/**
 * Judges each day once under every factor. Risks are those with the severity's level as low as it may be: then they hold
 * for all levels (an app whose days are settled is kept below medium wherever that begins).
 */
export async function collectRisks(
  store: Store,
  config: Config,
  severity: AlertSeverity,
  days: readonly ReplayDay[],
  approving: Approving,
  progress: Progress,
): Promise<CollectedRisks> {
  const [least] = levelsOf(config, severity);
  const lowest = judgingConfig({ ...config, severity: { ...config.severity, [severity]: least } });
  const configs = FACTORS.map((factor) => scaled(lowest, factor));
  const byFactor = FACTORS.map(() => new Map<string, number[]>());
  const ids = new Map<string, string>();
  const connected = await overlapping(days, (replay, at) => {
    progress(`replaying ${replay.day}`, at, days.length);
    return eachSubject(store, replay, configs, (seen) => {
      for (const [index, one] of seen.entries()) {
        const judgement = one.analytic.judge(one.subject, one.context);
        if (judgement === undefined || judgement.risk < least) continue;
        if (approvalOf(judgement, one, replay.day, approving) !== null) continue;
        const key = subjectKey(one.subject.hostId, one.subject.actor, one.analytic.id);
        const id = ids.get(key) ?? whoIsJudged(judgement, one).id;
        ids.set(key, id);
        const risks = byFactor[index]!.get(id) ?? days.map(() => 0);
        risks[at] = judgement.risk;
        byFactor[index]!.set(id, risks);
      }
    });
  });
  return { byFactor, hosts: Math.max(...connected) };
}
