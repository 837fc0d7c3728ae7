import type { DetectResult } from '../../src/ground/finding.js';
import type { DetectOptions as Request } from '../../src/service/detect-options.js';
import { openOutflow } from '../../src/service/outflow.js';

export interface DetectOptions extends Request {
  /** Directory or URL; a temporary store without it. */
  readonly store?: string | undefined;
  /** YAML file laid over the defaults. */
  readonly config?: string | undefined;
}

/** One run of `outflow detect`, in this process: a store is opened for it, and closed again. */
export async function detect({
  store,
  config,
  now,
  progress,
  ...request
}: DetectOptions): Promise<DetectResult> {
  const outflow = openOutflow({
    store,
    config,
    ...(now === undefined ? {} : { clock: () => new Date(now) }),
  });
  try {
    return await outflow.detect(request, progress);
  } finally {
    await outflow.close();
  }
}
