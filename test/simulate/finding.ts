import type { Finding, FindingDestination } from '../../src/ground/finding.js';
import type { Truth, TruthIncident } from '../../src/simulate/truth.js';

/** A finding with everything a score does not look at left plain. */
export function finding(
  more: Partial<Omit<Finding, 'process' | 'host' | 'destinations'>> & {
    host?: string;
    executable?: string | null;
    name?: string;
    ancestry?: readonly string[];
    destinations?: readonly Partial<FindingDestination>[];
  } = {},
): Finding {
  const {
    host = 'MBP-1',
    executable = '/bin/evil',
    name = 'evil',
    ancestry = [],
    destinations = [],
    ...rest
  } = more;
  return {
    id: 'f1',
    analytic: 'AN0082',
    risk: 70,
    confidence: 1,
    severity: 'high',
    state: 'open',
    title: 'title',
    summary: 'summary',
    host: { id: host, name: host },
    user: null,
    process: {
      executable,
      name,
      args: [],
      pid: [1],
      actor: 'actor',
      signing: { signer: 'unsigned', signing_id: null, team_id: null, cdhash: null, platform_binary: null },
      parent: { executable: null },
      ancestry,
    },
    first_seen: '2026-03-03T10:00:00.000Z',
    last_seen: '2026-03-03T11:00:00.000Z',
    open: false,
    bytes_out: 1,
    bytes_in: 1,
    connections: 1,
    max_duration_s: 1,
    peak_rate_bps: 1,
    sustained_rate_bps: 1,
    destinations: destinations.map((destination) => ({
      name: null,
      ip: [],
      port: 443,
      transport: 'tcp',
      scope: 'external',
      bytes_out: 1,
      bytes_in: 1,
      connections: 1,
      fleet_hosts: 1,
      ...destination,
    })),
    indicators: [
      {
        id: 'volume',
        group: 'behaviour',
        points: 70,
        observed: 1,
        expected: null,
        threshold: null,
        text: '',
      },
    ],
    tunables: { ProcessSignedStatus: 0, DataRateThreshold: 0 },
    attack: { analytic: 'AN0082', strategy: 'DET0028', technique: 'T1496.002', related: [] },
    evidence: { flows: 1, sources: [], files: [] },
    baseline: { other_hosts: 0, fleet_hosts: 1, expected_bytes_out_day: null, observed_bytes_out_day: 0 },
    days: [],
    flows: [],
    ...rest,
  };
}

export function incident(more: Partial<TruthIncident> = {}): TruthIncident {
  return {
    id: 'A01',
    title: 'attack',
    kind: 'attack',
    expected: 'found',
    difficulty: 'must',
    needs_destination: false,
    host: { id: 'UUID-1', name: 'MBP-1' },
    senders: ['/bin/evil'],
    processes: ['/bin/evil', '/tmp/dropper'],
    destinations: [{ name: 'www.rare.example', ip: ['44.1.2.3'], port: 443, bytes_out: 1, connections: 1 }],
    destination_count: 1,
    start: '2026-03-03T10:10:00.000Z',
    end: '2026-03-03T10:20:00.000Z',
    bytes_out: 1,
    bytes_in: 1,
    connections: 1,
    techniques: [],
    ...more,
  };
}

export const calm = (more: Partial<TruthIncident> = {}): TruthIncident =>
  incident({ id: 'B01', title: 'calm', kind: 'benign', expected: 'none', difficulty: null, ...more });

export function truth(incidents: readonly TruthIncident[]): Truth {
  return {
    schema: 'outflow.truth/1',
    seed: '1',
    hosts: 10,
    days: 5,
    intensity: 1,
    window: { start: '2026-03-02T00:00:00.000Z', end: '2026-03-07T00:00:00.000Z' },
    sources: ['elastic-defend'],
    withheld: [],
    organisation: { domains: [] },
    incidents,
    approvals: [],
  };
}
