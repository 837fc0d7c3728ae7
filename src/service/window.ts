import { failure } from '../ground/errors.js';
import type { Window } from '../ground/window.js';
import type { DetectOptions } from './detect-options.js';

/** The times between which records count, as the engine reads them. */
export function windowOf(options: Pick<DetectOptions, 'since' | 'until'>): Window {
  const { since, until } = options;
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw failure('OF_USAGE.emptyWindow', { since, until });
  return {
    since: timeParam(since ?? '2000-01-01T00:00:00Z'),
    until: timeParam(until ?? '2100-01-01T00:00:00Z'),
  };
}

/** ISO 8601 as the engine reads a bound DateTime64. */
function timeParam(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw failure('OF_USAGE.noTime', { text: iso });
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}
