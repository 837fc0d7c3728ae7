/** A hand-made result with everything a renderer has to cope with, hostile text included. */
import type {
  DetectResult,
  Finding,
  FindingDestination,
  FindingFlow,
  HostCoverage,
  IndicatorResult,
} from '../../src/ground/finding.js';
import type { Severity } from '../../src/ground/vocabulary.js';

const DAY_MS = 86_400_000;
const WINDOW_START = Date.parse('2026-03-01T00:00:00.000Z');

/** Escape sequences, markup, reordering and invisible characters, quotes and lone surrogates in one string. */
export const HOSTILE =
  '\x1b[31mred\x1b[0m <script>alert("x")</script> \u202egnp.exe\u202c \u200b\ud800 \'"&`\r\n\x9b2J </style><img src=x onerror=alert(1)>';

export function iso(day: number, hour = 0, minute = 0): string {
  return new Date(WINDOW_START + day * DAY_MS + hour * 3_600_000 + minute * 60_000).toISOString();
}

export function destination(part: Partial<FindingDestination>): FindingDestination {
  return {
    name: 'drop.example.net',
    ip: ['198.51.100.7'],
    port: 443,
    transport: 'tcp',
    scope: 'external',
    bytes_out: 1_000_000,
    bytes_in: 20_000,
    connections: 3,
    fleet_hosts: 1,
    ...part,
  };
}

export function indicator(part: Partial<IndicatorResult>): IndicatorResult {
  return {
    id: 'rare_destination',
    group: 'destination',
    points: 10,
    observed: 1,
    expected: 12,
    threshold: 2,
    text: 'Only this host of 60 reached drop.example.net.',
    ...part,
  };
}

export function flow(part: Partial<FindingFlow>): FindingFlow {
  return {
    start: iso(1, 9),
    end: iso(1, 10),
    open: false,
    destination: 'drop.example.net',
    port: 443,
    transport: 'tcp',
    bytes_out: 1_000_000,
    bytes_in: 20_000,
    ...part,
  };
}

export function finding(part: Partial<Finding>): Finding {
  return {
    id: 'f0000000000000aa',
    analytic: 'AN0082',
    risk: 48,
    confidence: 0.8,
    severity: 'medium',
    state: 'open',
    title: 'Uncommon uploader sent 1 MB to a rare destination',
    summary: 'uploader sent 1 MB to drop.example.net, which no other host of the fleet reaches.',
    host: { id: 'MBP-01', name: 'MBP-01' },
    user: 'user1',
    process: {
      executable: '/Applications/Uploader.app/Contents/MacOS/uploader',
      name: 'uploader',
      args: [],
      pid: [501],
      actor: 'EXAMPLE123:net.example.uploader',
      signing: {
        signer: 'developer_id',
        signing_id: 'net.example.uploader',
        team_id: 'EXAMPLE123',
        cdhash: '00112233445566778899aabbccddeeff00112233',
        platform_binary: false,
      },
      parent: { executable: '/sbin/launchd' },
      ancestry: ['/sbin/launchd'],
    },
    first_seen: iso(1, 9),
    last_seen: iso(1, 10),
    open: false,
    bytes_out: 1_000_000,
    bytes_in: 20_000,
    connections: 3,
    max_duration_s: 3600,
    peak_rate_bps: 120_000,
    sustained_rate_bps: 2800,
    destinations: [destination({})],
    indicators: [indicator({})],
    tunables: { ProcessSignedStatus: 0, DataRateThreshold: 1_250_000 },
    attack: { analytic: 'AN0082', strategy: 'DET0028', technique: 'T1496.002', related: ['T1567.002'] },
    evidence: { flows: 3, sources: ['elastic-defend'], files: ['MBP-01.ndjson.gz'] },
    baseline: {
      other_hosts: 0,
      fleet_hosts: 60,
      expected_bytes_out_day: null,
      observed_bytes_out_day: 1_000_000,
    },
    days: [{ day: '2026-03-02', bytes_out: 1_000_000, bytes_in: 20_000 }],
    flows: [flow({})],
    ...part,
  };
}

const days = (from: number, bytes: readonly number[]): Finding['days'] =>
  bytes.map((bytes_out, index) => ({
    day: iso(from + index).slice(0, 10),
    bytes_out,
    bytes_in: Math.round(bytes_out / 40),
  }));

/** Copying a home folder to attacker storage, full speed and then slowly for days. */
const rclone = finding({
  id: '3f9a1c5b7d2e8046',
  risk: 94,
  confidence: 0.92,
  severity: 'critical',
  title: 'Unsigned rclone on MBP-7F2A sent 58.3 GB to drop.example.net over 6 days',
  summary:
    'rclone, unsigned and run from a hidden folder, sent 58.3 GB to drop.example.net and two raw addresses over 6 days. No other host of 60 runs it or reaches these destinations.',
  host: { id: 'c02xl0aajgh5', name: 'MBP-7F2A' },
  process: {
    executable: '/Users/user1/Library/Application Support/.cache/com.example.updater/bin/rclone',
    name: 'rclone',
    args: ['rclone', 'copy', '/Users/user1/Documents', 'remote:bk', '--bwlimit', '2M', '--transfers', '4'],
    pid: [4711, 4980, 5102],
    actor: '/Users/*/Library/Application Support/.cache/com.example.updater/bin/rclone',
    signing: { signer: 'unsigned', signing_id: null, team_id: null, cdhash: null, platform_binary: false },
    parent: { executable: '/bin/zsh' },
    ancestry: [
      '/bin/zsh',
      '/usr/bin/osascript',
      '/Applications/Helper Tool.app/Contents/MacOS/helper',
      '/sbin/launchd',
    ],
  },
  first_seen: iso(1, 22, 10),
  last_seen: iso(7, 18, 40),
  open: true,
  bytes_out: 58_300_000_000,
  bytes_in: 410_000_000,
  connections: 612,
  max_duration_s: 187_200,
  peak_rate_bps: 11_400_000,
  sustained_rate_bps: 5_600_000,
  destinations: [
    destination({ bytes_out: 51_200_000_000, bytes_in: 300_000_000, connections: 580 }),
    destination({ name: null, ip: ['203.0.113.77'], port: 8443, bytes_out: 6_900_000_000, connections: 28 }),
    destination({
      name: null,
      ip: ['2001:db8:40::9', '2001:db8:40::a'],
      port: 443,
      transport: 'udp',
      bytes_out: 200_000_000,
      connections: 4,
    }),
  ],
  indicators: [
    indicator({
      id: 'volume',
      group: 'behaviour',
      points: 22,
      observed: 19_400_000_000,
      expected: 0,
      threshold: 1_000_000_000,
      text: 'Sent 19.4 GB on its largest day; a program this fleet does not know is expected to send none.',
    }),
    indicator({
      id: 'known_tool',
      group: 'identity',
      points: 18,
      observed: 'rclone',
      expected: null,
      threshold: null,
      text: 'rclone is a file transfer tool with upload arguments (copy to a remote).',
    }),
    indicator({
      id: 'rare_destination',
      points: 16,
      text: 'Only this host of 60 reached drop.example.net in the window.',
    }),
    indicator({
      id: 'signer',
      group: 'identity',
      points: 14,
      observed: 'unsigned',
      expected: 'developer_id',
      threshold: null,
      text: 'The binary carries no signature.',
    }),
    indicator({
      id: 'long_lived',
      group: 'behaviour',
      points: 10,
      observed: 187_200,
      expected: 900,
      threshold: 28_800,
      text: 'One connection stayed up for 2 d 04 h and is still open.',
    }),
    indicator({
      id: 'unusual_path',
      group: 'identity',
      points: 8,
      observed: '/Users/*/Library/Application Support/.cache',
      expected: null,
      threshold: null,
      text: 'Runs from a hidden folder of a user.',
    }),
    indicator({
      id: 'sustained_rate',
      group: 'behaviour',
      points: 6,
      observed: 5_600_000,
      expected: 40_000,
      threshold: 1_250_000,
      text: 'Held 5.6 MB/s for 2 h, above DataRateThreshold of 1.25 MB/s.',
    }),
  ],
  tunables: { ProcessSignedStatus: 14, DataRateThreshold: 1_250_000 },
  attack: {
    analytic: 'AN0082',
    strategy: 'DET0028',
    technique: 'T1496.002',
    related: ['T1567.002', 'T1030', 'T1029'],
  },
  evidence: {
    flows: 612,
    sources: ['elastic-defend', 'eslogger'],
    files: ['MBP-7F2A.endpoint.ndjson.gz', 'MBP-7F2A.eslogger.jsonl'],
  },
  baseline: {
    other_hosts: 0,
    fleet_hosts: 60,
    expected_bytes_out_day: 0,
    observed_bytes_out_day: 19_400_000_000,
  },
  days: days(
    1,
    [3_100_000_000, 19_400_000_000, 14_200_000_000, 0, 9_800_000_000, 8_100_000_000, 3_700_000_000],
  ),
  flows: [
    ...Array.from({ length: 34 }, (_, index) =>
      flow({
        start: iso(1 + (index % 7), 22 - (index % 5), index),
        end: iso(1 + (index % 7), 23 - (index % 5), 20 + (index % 30)),
        bytes_out: 3_700_000 * (index + 1) ** 2,
      }),
    ),
    flow({
      start: iso(5, 14, 40),
      end: iso(7, 18, 40),
      open: true,
      destination: '203.0.113.77',
      port: 8443,
      bytes_out: 6_900_000_000,
    }),
    flow({
      start: iso(2, 3),
      end: iso(2, 3, 50),
      destination: '2001:db8:40::9',
      transport: 'udp',
      bytes_out: null,
    }),
  ],
});

/** A proxy exit node with many peers, an in-scope twin without signing facts. */
const proxyware = finding({
  id: '81c0d7e2aa34f915',
  risk: 76,
  confidence: 0.64,
  severity: 'high',
  title: 'Proxy exit traffic from BandwidthShare Helper on MBP-09: 214 peers in a day',
  summary:
    'BandwidthShare Helper relayed 6.1 GB out and 6.0 GB in with 214 peers in one day, near symmetry, in the background. It is a known bandwidth-sharing program.',
  host: { id: 'MBP-09', name: 'MBP-09' },
  user: null,
  process: {
    executable:
      '/Applications/Free Video Tool.app/Contents/Frameworks/BandwidthShare Helper.app/Contents/MacOS/BandwidthShare Helper',
    name: 'BandwidthShare Helper',
    args: [],
    pid: [812],
    actor: 'EXAMPLE987:net.example.share',
    signing: {
      signer: 'developer_id',
      signing_id: 'net.example.share',
      team_id: 'EXAMPLE987',
      cdhash: 'ffeeddccbbaa99887766554433221100ffeeddcc',
      platform_binary: false,
    },
    parent: { executable: '/sbin/launchd' },
    ancestry: ['/sbin/launchd'],
  },
  first_seen: iso(3, 0, 5),
  last_seen: iso(3, 23, 58),
  bytes_out: 6_100_000_000,
  bytes_in: 6_000_000_000,
  connections: 9012,
  max_duration_s: 85_980,
  peak_rate_bps: 310_000,
  sustained_rate_bps: 70_600,
  destinations: Array.from({ length: 14 }, (_, index) =>
    destination({
      name: index % 3 === 0 ? `peer-${index}.residential.example.org` : null,
      ip: [`192.0.2.${index + 10}`],
      port: 1024 + index * 977,
      bytes_out: Math.round(900_000_000 / (index + 1)),
      bytes_in: Math.round(880_000_000 / (index + 1)),
      connections: 200 - index * 9,
      fleet_hosts: 1,
    }),
  ),
  indicators: [
    indicator({
      id: 'relay_symmetry',
      group: 'behaviour',
      points: 30,
      observed: 0.98,
      expected: 0.05,
      threshold: 0.6,
      text: 'Bytes in and out match within 2 % over 214 peers, as a relay does.',
    }),
    indicator({
      id: 'known_tool',
      group: 'identity',
      points: 28,
      observed: 'proxyware',
      expected: null,
      threshold: null,
      text: 'The signing identity belongs to a bandwidth-sharing program.',
    }),
    indicator({ id: 'background', group: 'identity', points: 18, text: 'Sent with no user session.' }),
  ],
  baseline: {
    other_hosts: 1,
    fleet_hosts: 60,
    expected_bytes_out_day: 4_100_000_000,
    observed_bytes_out_day: 6_100_000_000,
  },
  days: days(0, [3_900_000_000, 0, 3_700_000_000, 6_100_000_000, 4_000_000_000]),
  flows: Array.from({ length: 120 }, (_, index) =>
    flow({
      start: iso(3, index % 23, (index * 7) % 60),
      end: iso(3, (index % 23) + 1, (index * 11) % 60),
      destination: index % 4 === 0 ? 'peer-0.residential.example.org' : `192.0.2.${(index % 13) + 10}`,
      port: 1024 + (index % 13) * 977,
      bytes_out: (index % 17) * 9_000_000,
    }),
  ),
});

/** Everything an attacker may name. */
const hostile = finding({
  id: 'b'.repeat(16),
  risk: 55,
  confidence: 0.41,
  severity: 'medium',
  title: `Process named ${HOSTILE}`,
  summary: `${HOSTILE} sent data. ${'many words '.repeat(60)}`,
  host: { id: 'x', name: '会計部のMacBook Pro（二号機）' },
  user: '\x1b]0;owned\x07',
  process: {
    executable: `/Users/ユーザー/${'very-long-folder-name/'.repeat(30)}\u202etxt.daolpu`,
    name: `データ送信ツール${HOSTILE}`,
    args: ['--data', HOSTILE, 'a'.repeat(5000)],
    pid: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    actor: HOSTILE,
    signing: {
      signer: 'unknown',
      signing_id: HOSTILE,
      team_id: '"><svg onload=alert(1)>',
      cdhash: null,
      platform_binary: null,
    },
    parent: { executable: `/tmp/${HOSTILE}` },
    ancestry: [`/tmp/${HOSTILE}`, '/sbin/launchd'],
  },
  destinations: [
    destination({ name: `xn--${'a'.repeat(200)}.example.net\x1b[2J`, ip: ['192.0.2.1'] }),
    destination({ name: null, ip: [], port: 0, fleet_hosts: 0 }),
  ],
  indicators: [
    indicator({ id: 'signer', group: 'identity', points: 35, observed: HOSTILE, text: HOSTILE }),
    indicator({ id: '"><b>', group: 'behaviour', points: 20, text: 'z'.repeat(900) }),
  ],
  evidence: { flows: 2, sources: [HOSTILE], files: [`${HOSTILE}.ndjson`] },
  flows: [
    flow({ destination: HOSTILE, bytes_out: null }),
    flow({ destination: '', start: 'garbage', end: '' }),
  ],
});

/** A network sensor alone: host and destination, no process. */
const networkOnly = finding({
  id: '5c5c5c5c5c5c5c5c',
  risk: 52,
  confidence: 0.35,
  severity: 'medium',
  title: 'Host 10.20.30.40 sent 3.0 GB over one QUIC connection; the process is unknown',
  summary:
    'One UDP connection from 10.20.30.40 carried 3.0 GB out in 2 h. Only a network sensor saw it, so the process is unknown.',
  host: { id: '10.20.30.40', name: '10.20.30.40' },
  user: null,
  process: {
    executable: null,
    name: '',
    args: [],
    pid: [],
    actor: 'unknown@10.20.30.40',
    signing: { signer: 'unknown', signing_id: null, team_id: null, cdhash: null, platform_binary: null },
    parent: { executable: null },
    ancestry: [],
  },
  bytes_out: 3_000_000_000,
  max_duration_s: 7200,
  peak_rate_bps: 900_000,
  sustained_rate_bps: 416_000,
  connections: 1,
  destinations: [
    destination({ name: null, ip: ['198.51.100.200'], transport: 'udp', bytes_out: 3_000_000_000 }),
  ],
  baseline: {
    other_hosts: 0,
    fleet_hosts: 60,
    expected_bytes_out_day: 0,
    observed_bytes_out_day: 3_000_000_000,
  },
  days: days(1, [3_000_000_000]),
  flows: [
    flow({ destination: '198.51.100.200', transport: 'udp', bytes_out: 3_000_000_000, end: iso(1, 11) }),
  ],
});

const smaller = (severity: Severity, count: number, from: number): Finding[] =>
  Array.from({ length: count }, (_, index) =>
    finding({
      id: `${severity[0] ?? ''}${String(index).padStart(15, '0')}`,
      severity,
      risk: from - index,
      confidence: 0.5 + (index % 5) / 10,
      title: `Uncommon uploader ${index} sent ${index + 1} MB to a rare destination`,
      host: { id: `MBP-${index + 10}`, name: `MBP-${index + 10}` },
      bytes_out: (index + 1) * 1_000_000,
    }),
  );

const approved = finding({
  id: 'a990000000000001',
  state: 'approved',
  severity: 'low',
  risk: 21,
  title: 'Backup agent inside its approval',
  host: { id: 'MBP-33', name: 'MBP-33' },
  bytes_out: 72_000_000_000,
  max_duration_s: 400_000,
});

const coverage: HostCoverage[] = Array.from({ length: 60 }, (_, index) => ({
  host: `MBP-${String(index).padStart(2, '0')}`,
  process: index !== 40,
  signing: index % 5 !== 0,
  bytes: true,
  duration: index !== 40,
  open_connections: index < 20,
  notes:
    index === 7
      ? ['the kernel skipped 1,204 records: totals are at least this much']
      : index > 50
        ? ['destination addresses are redacted (private logging is off)']
        : [],
}));

/** All of it, ordered as the contract orders findings: by risk, then id. */
export const richResult: DetectResult = {
  schema: 'outflow.findings/1',
  run: {
    started: '2026-03-09T08:00:00.000Z',
    window: { start: iso(0), end: iso(7, 23, 59) },
    baseline: 'self:1f0c',
    config: '9c1185a5c5e9fc54612808977ee8f548b2258d31',
    version: '0.1.0',
  },
  input: {
    files: 123,
    lines: 1_204_332,
    accepted: 1_204_296,
    rejected: 36,
    hosts: 60,
    processes: 12_004,
    flows: 88_112,
    by_source: {
      'zeek-conn': { files: 1, lines: 40_000, accepted: 40_000, rejected: 0, processes: 0, flows: 20_112 },
      'elastic-defend': {
        files: 60,
        lines: 1_004_332,
        accepted: 1_004_300,
        rejected: 32,
        processes: 9004,
        flows: 68_000,
      },
      eslogger: { files: 62, lines: 160_000, accepted: 159_996, rejected: 4, processes: 3000, flows: 0 },
    },
    rejects: { not_json: 30, no_time: 2, [`odd ${HOSTILE}`]: 4 },
    skipped_files: [{ file: `/data/${'deep/'.repeat(40)}core.bin`, reason: 'unknown format' }],
  },
  findings: [
    rclone,
    proxyware,
    hostile,
    networkOnly,
    ...smaller('low', 9, 38),
    approved,
    ...smaller('informational', 12, 14),
  ],
  coverage,
};

/** Telemetry was read and judged, and nothing stood out. */
export const quietResult: DetectResult = {
  ...richResult,
  input: { ...richResult.input, rejected: 0, accepted: 1_204_332, rejects: {}, skipped_files: [] },
  findings: [],
  coverage: [
    {
      host: 'MBP-00',
      process: true,
      signing: true,
      bytes: true,
      duration: true,
      open_connections: true,
      notes: [],
    },
  ],
};

/** Process records only: no connection to judge. */
export const blindResult: DetectResult = {
  ...quietResult,
  input: {
    files: 2,
    lines: 4000,
    accepted: 4000,
    rejected: 0,
    hosts: 2,
    processes: 390,
    flows: 0,
    by_source: { eslogger: { files: 2, lines: 4000, accepted: 4000, rejected: 0, processes: 390, flows: 0 } },
    rejects: {},
    skipped_files: [],
  },
  coverage: ['MBP-00', 'MBP-01'].map((host) => ({
    host,
    process: true,
    signing: true,
    bytes: false,
    duration: false,
    open_connections: false,
    notes: [],
  })),
};

/** Nothing at all. */
export const emptyResult: DetectResult = {
  ...blindResult,
  run: { ...blindResult.run, window: { start: null, end: null } },
  input: {
    files: 0,
    lines: 0,
    accepted: 0,
    rejected: 0,
    hosts: 0,
    processes: 0,
    flows: 0,
    by_source: {},
    rejects: {},
    skipped_files: [],
  },
  coverage: [],
};
