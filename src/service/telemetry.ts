import { failure } from '../ground/errors.js';
import type { DetectResult } from '../ground/finding.js';
import { discoverInputs } from '../landing/discover.js';
import { landAll, type LandedInput } from '../landing/land-all.js';
import { detectIn } from './detect.js';
import type { DetectOptions, Progress } from './detect-options.js';
import { openStore } from './open-store.js';
import type { Session } from './session.js';
import { windowOf } from './window.js';

/** What to read, and how to take it. */
export type IngestRequest = Pick<DetectOptions, 'paths' | 'source' | 'host' | 'timezone'>;

/** What was read, in the words of the contract's `input`. */
export type Ingested = LandedInput & {
  /** Files whose content was in the store already. */
  readonly known: number;
};

/** What to read and judge; without paths what a kept store has. */
export type DetectRequest = Partial<IngestRequest> &
  Pick<DetectOptions, 'since' | 'until' | 'rejudge' | 'baseline'>;

/** Reads telemetry into the store, to be judged later. */
export function ingest(session: Session, request: IngestRequest, progress?: Progress): Promise<Ingested> {
  return session.turn(async (open) => {
    const inputs = await discoverInputs(request.paths);
    try {
      const { input, known } = await landAll(
        await open(true),
        inputs.files,
        request,
        progress ?? (() => undefined),
      );
      return { ...input, known };
    } finally {
      inputs.dispose();
    }
  });
}

/** Reads and judges, and tells all findings there are. */
export function detect(session: Session, request: DetectRequest, progress?: Progress): Promise<DetectResult> {
  const { store: kept, config, memoryBytes } = session.options;
  return session.turn(async (open) => {
    const paths = request.paths ?? [];
    const options = { ...request, paths, now: session.now(), progress };
    // Told before anything is read.
    windowOf(request);
    if (kept === undefined && paths.length === 0) throw failure('OF_USAGE.noPath');
    const inputs = await discoverInputs(paths);
    try {
      if (kept !== undefined)
        return await detectIn(await open(paths.length > 0), inputs.files, config, options);
      const temporary = await openStore(undefined, { memoryBytes });
      try {
        return await detectIn(temporary, inputs.files, config, options);
      } finally {
        await temporary.close();
      }
    } finally {
      inputs.dispose();
    }
  });
}
