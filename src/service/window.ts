import { engineTime } from '../ground/engine-time.js';
import { failure } from '../ground/errors.js';
import type { Window } from '../ground/window.js';
import type { DetectOptions } from './detect-options.js';

/** The times between which records count, as the engine reads them. */
export interface AskedWindow extends Window {
  /** What was asked for, ISO 8601; undefined where everything counts. */
  readonly cut: { readonly since: string | null; readonly until: string | null } | undefined;
}

/** @throws OutflowError OF_USAGE for times that make no window */
export function windowOf(options: Pick<DetectOptions, 'since' | 'until'>): AskedWindow {
  const { since, until } = options;
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw failure('OF_USAGE.emptyWindow', { since, until });
  return {
    since: timeParam(since ?? '2000-01-01T00:00:00Z'),
    until: timeParam(until ?? '2100-01-01T00:00:00Z'),
    cut:
      since === undefined && until === undefined ? undefined : { since: since ?? null, until: until ?? null },
  };
}

/** ISO 8601 as the engine reads a bound DateTime64. */
function timeParam(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw failure('OF_USAGE.noTime', { text: iso });
  return engineTime(new Date(ms).toISOString());
}
