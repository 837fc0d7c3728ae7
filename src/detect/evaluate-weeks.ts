import type { Config } from '../config/schema.js';
import type { Day } from '../model/days/calendar.js';
import { replacePartition } from '../store/replace-partition.js';
import type { Store } from '../store/store.js';
import { assembleStoredWeek } from './assembled.js';
import { baselineFor } from './baselines.js';
import { evaluate } from './evaluate.js';
import { evaluationOf, judgingConfig, judgingHash, staleWeeks, type EvaluateOptions } from './stale-weeks.js';

/** Judges the weeks of a kept store that have changed, and keeps the results in the place of earlier ones. */
export async function evaluateWeeks(
  store: Store,
  days: readonly Day[],
  config: Config,
  options: EvaluateOptions,
  onDay: (day: string, done: number, total: number) => void,
): Promise<void> {
  const judgedBy = judgingConfig(config);
  const hash = judgingHash(config);
  const { stale, superseded } = await staleWeeks(store, days, hash, options);
  for (const [done, { day, fingerprint }] of stale.entries()) {
    onDay(day, done, stale.length);
    const baseline = options.baseline ?? (await baselineFor(store, day, config));
    const found = await evaluateWeek(store, day, judgedBy, baseline);
    await store.command(
      `INSERT INTO evaluation_builds
       SELECT {day:Date}, {fingerprint:String}, {config:String}, {baseline:String}, {found:UInt32}, now64(3)`,
      { day, fingerprint: evaluationOf(fingerprint), config: hash, baseline, found },
    );
  }
  // What was found outlives the days it was found in.
  for (const { day } of superseded) await forgetWeek(store, day);
}

/** Judges a week and puts the result in the place of an earlier one. Returns how many findings there are. */
async function evaluateWeek(store: Store, day: string, config: Config, baseline: string): Promise<number> {
  const week = await assembleStoredWeek(store, day);
  try {
    const { found } = await evaluate(store, week, config, baseline);
    await replacePartition(store, week.run, 'evaluations', day);
    return found;
  } finally {
    await week.drop();
  }
}

async function forgetWeek(store: Store, day: string): Promise<void> {
  await store.command('ALTER TABLE evaluations DROP PARTITION {day:String}', { day });
  await store.command('DELETE FROM evaluation_builds WHERE evaluated_on = {day:Date}', { day });
}
