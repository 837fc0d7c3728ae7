/**
 * The key order of the contract (src/model/finding.ts), so that a result reads the same whoever put it together.
 * Keys a later version adds follow the known ones in alphabetical order: nothing is dropped.
 */
import { ANALYTICS } from '../detect/analytics/registry.js';
import type {
  DetectResult,
  Finding,
  FindingDestination,
  FindingFlow,
  FindingHistory,
  HostCoverage,
  IndicatorResult,
} from '../ground/finding.js';

type Keys<T> = readonly (keyof T & string)[];

const RESULT: Keys<DetectResult> = ['schema', 'run', 'input', 'findings', 'coverage'];
const RUN: Keys<DetectResult['run']> = ['started', 'window', 'cut', 'baseline', 'config', 'version'];
const INPUT: Keys<DetectResult['input']> = [
  'files',
  'lines',
  'accepted',
  'rejected',
  'hosts',
  'processes',
  'flows',
  'by_source',
  'rejects',
  'skipped_files',
];
const SOURCE: Keys<DetectResult['input']['by_source'][string]> = [
  'files',
  'lines',
  'accepted',
  'rejected',
  'processes',
  'flows',
];
const FINDING: Keys<Finding> = [
  'id',
  'analytic',
  'risk',
  'confidence',
  'severity',
  'state',
  'title',
  'summary',
  'host',
  'user',
  'process',
  'first_seen',
  'last_seen',
  'open',
  'bytes_out',
  'bytes_in',
  'connections',
  'max_duration_s',
  'peak_rate_bps',
  'sustained_rate_bps',
  'destinations',
  'indicators',
  'tunables',
  'attack',
  'evidence',
  'baseline',
  'days',
  'flows',
  'also',
  'history',
];
const PROCESS: Keys<Finding['process']> = [
  'executable',
  'name',
  'args',
  'pid',
  'actor',
  'signing',
  'parent',
  'ancestry',
];
const SIGNING: Keys<Finding['process']['signing']> = [
  'signer',
  'signing_id',
  'team_id',
  'cdhash',
  'platform_binary',
];
const DESTINATION: Keys<FindingDestination> = [
  'name',
  'ip',
  'port',
  'transport',
  'scope',
  'bytes_out',
  'bytes_in',
  'connections',
  'fleet_hosts',
];
const INDICATOR: Keys<IndicatorResult> = [
  'id',
  'group',
  'points',
  'observed',
  'expected',
  'threshold',
  'text',
];
const FLOW: Keys<FindingFlow> = [
  'start',
  'end',
  'open',
  'destination',
  'port',
  'transport',
  'bytes_out',
  'bytes_in',
];
const HISTORY: Keys<FindingHistory> = [
  'first_judged',
  'last_judged',
  'worst_judged',
  'raised_on',
  'disposition',
  'assignee',
  'notes',
  'reopened',
  'approval',
];
const COVERAGE: Keys<HostCoverage> = [
  'host',
  'process',
  'signing',
  'bytes',
  'duration',
  'open_connections',
  'notes',
];

/** The whole result with its keys as declared; maps by source and by reason in alphabetical order. */
export function orderResult(result: DetectResult): DetectResult {
  return {
    ...ordered(result, RESULT),
    run: orderRun(result.run),
    input: {
      ...ordered(result.input, INPUT),
      by_source: Object.fromEntries(
        Object.entries(ordered(result.input.by_source, [])).map(([name, counts]) => [
          name,
          ordered(counts, SOURCE),
        ]),
      ),
      rejects: ordered(result.input.rejects, []),
      skipped_files: result.input.skipped_files.map((skipped) => ordered(skipped, ['file', 'reason'])),
    },
    findings: result.findings.map(orderFinding),
    coverage: result.coverage.map((host) => ordered(host, COVERAGE)),
  };
}

/** What identifies a run, with its keys as declared. */
export function orderRun(run: DetectResult['run']): DetectResult['run'] {
  return { ...ordered(run, RUN), window: ordered(run.window, ['start', 'end']) };
}

/** One finding with its keys as declared, at every depth. */
export function orderFinding(finding: Finding): Finding {
  const { process } = finding;
  return {
    ...ordered(finding, FINDING),
    host: ordered(finding.host, ['id', 'name']),
    process: {
      ...ordered(process, PROCESS),
      signing: ordered(process.signing, SIGNING),
      parent: ordered(process.parent, ['executable']),
    },
    destinations: finding.destinations.map((destination) => ordered(destination, DESTINATION)),
    indicators: finding.indicators.map((indicator) => ordered(indicator, INDICATOR)),
    // In the order in which ATT&CK names them.
    tunables: ordered(
      finding.tunables,
      ANALYTICS.find(({ id }) => id === finding.analytic)?.attack.mutable_elements ?? [],
    ),
    attack: ordered(finding.attack, ['analytic', 'strategy', 'technique', 'related']),
    evidence: ordered(finding.evidence, ['flows', 'sources', 'files']),
    baseline: ordered(finding.baseline, [
      'other_hosts',
      'fleet_hosts',
      'expected_bytes_out_day',
      'observed_bytes_out_day',
    ]),
    days: finding.days.map((day) => ordered(day, ['day', 'bytes_out', 'bytes_in'])),
    flows: finding.flows.map((flow) => ordered(flow, FLOW)),
    ...(finding.also === undefined
      ? {}
      : {
          also: finding.also.map((other) => ordered(other, ['analytic', 'id', 'risk', 'severity', 'title'])),
        }),
    ...(finding.history === undefined ? {} : { history: ordered(finding.history, HISTORY) }),
  };
}

function ordered<T extends object>(value: T, keys: Keys<T>): T {
  const rank = new Map<string, number>(keys.map((key, index) => [key, index]));
  const entries = Object.entries(value).sort(([a], [b]) => {
    const byRank = (rank.get(a) ?? keys.length) - (rank.get(b) ?? keys.length);
    return byRank !== 0 ? byRank : a < b ? -1 : 1;
  });
  // Object.entries loses the value types, not the values.
  return Object.fromEntries(entries) as T;
}
