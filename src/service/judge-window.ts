import type { Config } from '../config/schema.js';
import { assembleWindow } from '../detect/assembled.js';
import { evaluate } from '../detect/evaluate.js';
import { judgingConfig } from '../detect/stale-weeks.js';
import type { Store } from '../store/store.js';
import { seenInRun } from './count-input.js';
import type { DetectOptions, Progress } from './detect-options.js';
import { windowOfTimes, type JudgedRecords } from './judged.js';
import type { AskedWindow } from './window.js';

/** Judges the records of one window as one; the store keeps nothing of it. */
export async function judgeWindow(
  store: Store,
  config: Config,
  window: AskedWindow,
  options: Pick<DetectOptions, 'baseline'>,
  progress: Progress,
): Promise<JudgedRecords> {
  const assembled = await assembleWindow(store, window, (step) => progress(step, 0, 0));
  const { run, drop } = assembled;
  try {
    progress('judging', 0, 0);
    const version = store.temporary ? '' : (options.baseline ?? '');
    const { prepared } = await evaluate(store, assembled, judgingConfig(config), version);
    const [times] = await store.rows<{ start_ms: string; end_ms: string; n: string }>(
      `SELECT toUnixTimestamp64Milli(min(start_ts)) AS start_ms, toUnixTimestamp64Milli(max(end_ts)) AS end_ms, count() AS n
       FROM {run:Identifier}.flows`,
      { run },
    );
    return {
      run,
      window: windowOfTimes(times),
      baseline: version === '' ? `learned:${prepared.learned}` : version,
      seen: await seenInRun(store, run),
      coverage: prepared.coverage,
      drop,
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
