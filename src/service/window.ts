import { OutflowError } from '../ground/errors.js';
import type { Window } from '../ground/window.js';
import type { DetectOptions } from './detect-options.js';

/** The times between which records count, as the engine reads them. */
export function windowOf(options: Pick<DetectOptions, 'since' | 'until'>): Window {
  if (
    options.since !== undefined &&
    options.until !== undefined &&
    Date.parse(options.since) >= Date.parse(options.until)
  ) {
    throw new OutflowError(
      'OF_USAGE',
      `--since ${options.since} is not before --until ${options.until}: nothing would be read.`,
    );
  }
  return {
    since: timeParam(options.since ?? '2000-01-01T00:00:00Z'),
    until: timeParam(options.until ?? '2100-01-01T00:00:00Z'),
  };
}

/** ISO 8601 as the engine reads a bound DateTime64. */
function timeParam(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) {
    throw new OutflowError('OF_USAGE', `${iso} is not a time. Use ISO 8601, such as 2026-11-24T00:00:00Z.`);
  }
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}
