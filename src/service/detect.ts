import { loadConfig } from './load-config.js';
import { discoverInputs } from '../landing/discover.js';
import { type Store } from '../store/store.js';
import { openStore } from './open-store.js';
import { failure } from '../ground/errors.js';
import type { DetectResult } from '../ground/finding.js';
import { detectInStore } from './detect-in-store.js';
import { detectOnce } from './detect-once.js';
import type { DetectOptions } from './detect-options.js';
import { windowOf } from './window.js';

export type { DetectOptions } from './detect-options.js';

/**
 * The whole way from telemetry to explained findings: in a temporary store what was given is judged as one window; a kept
 * store judges the weeks that new records change, and knows what was found before.
 */
export async function detect(options: DetectOptions): Promise<DetectResult> {
  const config = loadConfig(options.config);
  const window = windowOf(options);
  if (options.store === undefined && options.paths.length === 0) {
    throw failure('OF_USAGE.noPath');
  }
  const inputs = await discoverInputs(options.paths);
  let store: Store | undefined;
  try {
    store = await openStore(
      options.store,
      options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes },
    );
    return store.temporary
      ? await detectOnce(store, inputs.files, config, window, options)
      : await detectInStore(store, inputs.files, config, options);
  } finally {
    inputs.dispose();
    await store?.close();
  }
}
