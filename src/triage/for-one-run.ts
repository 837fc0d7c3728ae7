import type { Finding } from '../ground/finding.js';

/** A finding without what only a store that remembers can say: how it came about over days, and the frozen baseline. */
export function forOneRun(finding: Finding): Finding {
  const { history, baseline, ...rest } = finding;
  const { other_hosts, fleet_hosts, expected_bytes_out_day, observed_bytes_out_day } = baseline;
  return { ...rest, baseline: { other_hosts, fleet_hosts, expected_bytes_out_day, observed_bytes_out_day } };
}
