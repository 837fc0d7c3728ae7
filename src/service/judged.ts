import type { HostCoverage } from '../ground/finding.js';
import type { SeenCounts } from './count-input.js';

/** What was judged, before it is folded into findings. Times are ISO 8601, null where nothing had a time. */
export interface JudgedRecords {
  /** Working tables with evaluations of their own; undefined: what the store keeps. */
  readonly run: string | undefined;
  readonly window: { readonly start: string | null; readonly end: string | null };
  /** Names the baseline it was judged by. */
  readonly baseline: string;
  readonly seen: SeenCounts;
  readonly coverage: readonly HostCoverage[];
  readonly drop: () => Promise<void>;
}

/** First and last time of what was observed. */
export function windowOfTimes(
  row: { readonly start_ms: string; readonly end_ms: string; readonly n: string } | undefined,
) {
  return row === undefined || Number(row.n) === 0
    ? { start: null, end: null }
    : {
        start: new Date(Number(row.start_ms)).toISOString(),
        end: new Date(Number(row.end_ms)).toISOString(),
      };
}
