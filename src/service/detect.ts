import type { Config } from '../config/schema.js';
import type { InputPath } from '../landing/discover.js';
import type { DetectResult } from '../ground/finding.js';
import { landAll } from '../landing/land-all.js';
import { dropLeftovers } from '../store/scratch.js';
import type { Store } from '../store/store.js';
import { foldFindings } from '../triage/findings.js';
import { forOneRun } from '../triage/for-one-run.js';
import { oneSituation } from '../triage/one-situation.js';
import { inputOf } from './count-input.js';
import type { DetectOptions } from './detect-options.js';
import { judgeStore } from './judge-store.js';
import { judgeWindow } from './judge-window.js';
import { resultOf } from './result.js';
import { triageOptions } from './triage-options.js';
import { windowOf } from './window.js';

/**
 * The whole way from telemetry to explained findings, in a store that is open: lands what is new, judges, and folds what was judged with approvals and decisions. What is
 * judged is one window, in a temporary store or between the times that were asked for; else the weeks that new records
 * change, and then everything the store knows is told.
 */
export async function detectIn(
  store: Store,
  files: readonly InputPath[],
  config: Config,
  options: DetectOptions,
): Promise<DetectResult> {
  const progress = options.progress ?? (() => undefined);
  const window = windowOf(options);
  if (!store.temporary) await dropLeftovers(store);
  const landed = options.paths.length > 0 ? await landAll(store, files, options, progress) : undefined;
  const kept = store.temporary ? undefined : await judgeStore(store, config, options, progress);
  const judged =
    kept === undefined || window.cut !== undefined
      ? await judgeWindow(store, config, window, options, progress)
      : kept;
  try {
    const findings = await foldFindings(store, {
      ...(await triageOptions(store, config)),
      run: judged.run,
    });
    return resultOf({
      judged,
      config,
      input: await inputOf(store, landed, judged.seen),
      findings: oneSituation(store.temporary ? findings.map(forOneRun) : findings),
      cut: window.cut,
      started: options.now,
    });
  } finally {
    await judged.drop();
  }
}
