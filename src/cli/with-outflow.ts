import { printable } from '../ground/printable.js';
import { openOutflow, type Outflow } from '../service/outflow.js';

/** What the options of a command say about where it works, as whom and when. */
export interface OutflowFlags {
  readonly store?: string | undefined;
  readonly config?: string | undefined;
  readonly memory?: number | undefined;
  readonly by?: string | undefined;
  readonly now?: string | undefined;
}

/** Opens what a command works on, does `work` and closes it, whatever happens. */
export async function withOutflow<T>(
  { store, config, memory, by, now }: OutflowFlags,
  work: (outflow: Outflow) => Promise<T>,
): Promise<T> {
  const outflow = openOutflow({
    store,
    config,
    memoryBytes: memory,
    actor: by,
    clock: now === undefined ? undefined : () => new Date(now),
  });
  try {
    return await work(outflow);
  } finally {
    // Of a run that failed afterwards, too: the directory is there.
    if (outflow.created)
      process.stderr.write(`outflow: made a new store at ${printable(outflow.target ?? '')}\n`);
    await outflow.close();
  }
}
