/** Documents as Elastic Defend writes them on macOS, and the rows expected of them. */

export type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid on `base`, objects member by member; an undefined member is left out. */
export function merge(base: Json, over: Json): Json {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return merged;
}

export function flatten(document: Json, prefix = ''): Json {
  return Object.fromEntries(
    Object.entries(document).flatMap(([key, value]) =>
      isObject(value) ? Object.entries(flatten(value, `${prefix}${key}.`)) : [[`${prefix}${key}`, value]],
    ),
  );
}

const COMMON: Json = {
  '@timestamp': '2026-05-04T01:02:03.4567891Z',
  agent: { id: 'agent-1', type: 'endpoint' },
  host: { id: 'HOST-1', name: 'mbp-7f2a', hostname: 'MBP-7F2A', os: { type: 'macos' } },
  user: { id: '501', name: 'user7' },
};

const SIGNATURE: Json = {
  exists: true,
  trusted: true,
  subject_name: 'Developer ID Application: Example (EXAMPLE123)',
  team_id: 'EXAMPLE123',
  signing_id: 'com.example.uploader',
};

export const CLOSED: Json = merge(COMMON, {
  event: {
    dataset: 'endpoint.events.network',
    id: 'event-1',
    kind: 'event',
    category: ['network'],
    type: ['end'],
    action: 'disconnect_received',
  },
  process: {
    entity_id: 'entity-1',
    pid: 900,
    name: 'Uploader',
    executable: '/Applications/Uploader.app/Contents/MacOS/Uploader',
    code_signature: SIGNATURE,
    parent: { entity_id: 'entity-0' },
  },
  source: { ip: '10.0.0.17', port: 50123, bytes: 5_000_000_000 },
  destination: { ip: '198.51.100.7', port: 443, bytes: 40_000, domain: 'Files.Example.COM.' },
  network: { direction: 'egress', transport: 'TCP', type: 'ipv4' },
});

export const STARTED: Json = merge(COMMON, {
  event: {
    dataset: 'endpoint.events.process',
    id: 'event-2',
    kind: 'event',
    category: ['process'],
    type: ['start'],
    action: 'exec',
  },
  process: {
    entity_id: 'entity-1',
    pid: 900,
    name: 'curl',
    executable: '/usr/bin/curl',
    args: ['curl', '-T', 'a b'],
    working_directory: '/tmp',
    code_signature: SIGNATURE,
    parent: { entity_id: 'entity-0', pid: 880, executable: '/bin/zsh' },
    Ext: {
      effective_parent: { entity_id: 'entity-r', pid: 400, executable: '/Applications/Term.app/Term' },
    },
  },
});

export const NEVER = '1970-01-01T00:00:00.000000Z';
export const AT = '2026-05-04T01:02:03.456789Z';

export const CLOSED_FLOW = {
  host_id: 'HOST-1',
  host_name: 'mbp-7f2a',
  ts: AT,
  pid: 900,
  name: 'Uploader',
  executable: '/Applications/Uploader.app/Contents/MacOS/Uploader',
  user: 'user7',
  signing_id: 'com.example.uploader',
  team_id: 'EXAMPLE123',
  platform_binary: -1,
  code_signed: 1,
  code_trusted: 1,
  code_subject: 'Developer ID Application: Example (EXAMPLE123)',
  start_ts: NEVER,
  end_ts: AT,
  transport: 'tcp',
  local_ip: '10.0.0.17',
  local_port: 50123,
  remote_ip: '198.51.100.7',
  remote_port: 443,
  remote_name: 'files.example.com',
  direction: 'egress',
  state: 'closed',
  counter: 'final',
  bytes_out: '5000000000',
  bytes_in: '40000',
};

export const EXEC_PROCESS = {
  host_id: 'HOST-1',
  host_name: 'mbp-7f2a',
  ts: AT,
  pid: 900,
  ppid: 880,
  responsible_pid: 400,
  name: 'curl',
  executable: '/usr/bin/curl',
  parent_executable: '/bin/zsh',
  responsible_executable: '/Applications/Term.app/Term',
  args: ['curl', '-T', 'a b'],
  script: '',
  cwd: '/tmp',
  user: 'user7',
  uid: '501',
  session: 'unknown',
  process_event: 'exec',
  signing_id: 'com.example.uploader',
  team_id: 'EXAMPLE123',
  cdhash: '',
  cs_flags: 0,
  cs_category: -1,
  code_signed: 1,
  code_trusted: 1,
  start_ts: AT,
  end_ts: NEVER,
};

export const lines = (...documents: readonly unknown[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');
