import type { Qualification } from '../approvals/qualification.js';
import type { Config } from '../config/schema.js';
import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import { classifyDestination } from '../knowledge/classify-destination.js';
import { dualUse } from '../knowledge/dual-use.js';
import { identityDrift } from '../knowledge/identity-drift.js';
import { matchTool } from '../knowledge/match-tool.js';
import { matchUploader, type Uploader } from '../knowledge/match-uploader.js';
import { pathClass } from '../knowledge/path-class.js';
import { baseName } from '../knowledge/program.js';
import { hostOf } from '../knowledge/upload-intent/intent.js';
import { uploadIntent, type UploadIntent } from '../knowledge/upload-intent.js';
import type { Signer } from '../ground/vocabulary.js';
import { isHidden } from './normal.js';
import { isUnder } from '../ground/domain.js';
import type { Destination, KnownDays, KnownHabit, Subject, SubjectProcess } from './subject.js';

const SUBJECTS = loadSql(new URL('./sql/subjects.sql', import.meta.url));
const PROCESSES = loadSql(new URL('./sql/processes.sql', import.meta.url));

/** Hosts whose subjects are in memory at once. */
const HOSTS_AT_ONCE = 100;

/** Candidates of a run as subjects, in order of host and actor. */
export type SubjectLoader = (store: Store, run: string, config: Config) => AsyncGenerator<Subject>;

/** Subjects that can become findings, some hosts at a time. */
export const loadSubjects: SubjectLoader = async function* (store, run, config) {
  const hosts = await store.rows<{ host_id: string }>(
    'SELECT DISTINCT host_id FROM {run:Identifier}.candidates ORDER BY host_id',
    { run },
  );
  for (let at = 0; at < hosts.length; at += HOSTS_AT_ONCE) {
    const page = hosts.slice(at, at + HOSTS_AT_ONCE).map((row) => row.host_id);
    const rows = await store.rows<SubjectRow>(SUBJECTS, { run, hosts: page });
    const processes = await loadProcesses(store, run, page);
    for (const row of rows) yield subjectOf(row, processes, config);
  }
};

async function loadProcesses(
  store: Store,
  run: string,
  hosts: readonly string[],
): Promise<ReadonlyMap<string, SubjectProcess>> {
  const rows = await store.rows<ProcessRow>(PROCESSES, { run, hosts });
  return new Map(rows.map((row) => [`${row.host_id}\n${row.process_id}`, processOf(row)]));
}

interface DestinationRow {
  key: string;
  named: number;
  remote_name: string;
  ips: string[];
  port: number;
  ports: number;
  transport: string;
  bytes_out: number;
  bytes_in: number;
  out_known: number;
  in_known: number;
  connections: number;
  ingress: number;
  open: number;
  first_ms: number;
  last_ms: number;
  max_duration: number;
  total_duration: number;
  peak_rate: number;
  days: number;
  hours: number;
  max_hour_out: number;
  max_day_out: number;
  max_day_hours: number;
  max_day_connections: number;
  size_p10: number;
  size_p50: number;
  size_p90: number;
  gap_p50: number;
  gap_mad: number;
  fleet_hosts: number;
  actor_hosts: number;
  known_days: number;
  known_median_day: number;
  known_max_day: number;
}

interface SubjectRow {
  analytics: string[];
  host_id: string;
  actor_id: string;
  actor: string;
  qualified_by: Qualification['by'] | 'unsaid';
  qualifier: string;
  processes: string;
  heaviest: string[];
  bytes_out: number;
  bytes_in: number;
  connections: string;
  destination_count: string;
  first_ms: string;
  last_ms: string;
  max_duration: number;
  open: number;
  out_known: number;
  in_known: number;
  peak_rate: number;
  days: number;
  hours: number;
  max_hour_out: number;
  max_day_out: number;
  max_day_hours: number;
  peers_day: string;
  actor_hosts: number;
  day_maxima: number[];
  known_maxima: number[];
  known_days: number;
  known_median_day: number;
  known_max_day: number;
  known_first_third: number;
  known_last_third: number;
  known_pressing: number;
  destinations: DestinationRow[];
}

interface ProcessRow {
  host_id: string;
  process_id: string;
  pid: number;
  name: string;
  executable: string;
  args: string[];
  script: string;
  user: string;
  uid: string;
  session: 'unknown' | 'none' | 'terminal';
  executed: number;
  ppid: number;
  signing_id: string;
  team_id: string;
  cdhash: string;
  platform_binary: number;
  signer: Signer;
  parent_executable: string;
  start_ms: string;
  ancestors: { executable: string; signer: Signer; signing_id: string; team_id: string; shell: number }[];
}

function processOf(row: ProcessRow): SubjectProcess {
  return {
    processId: row.process_id,
    pid: row.pid,
    name: row.name,
    executable: row.executable,
    args: row.args,
    script: row.script,
    user: row.user !== '' ? row.user : Number(row.uid) >= 0 ? `uid ${row.uid}` : '',
    session: row.session,
    executed: row.executed === 1,
    signer: row.signer,
    signingId: row.signing_id,
    teamId: row.team_id,
    cdhash: row.cdhash,
    platformBinary: row.platform_binary < 0 ? null : row.platform_binary === 1,
    startMs: Number(row.start_ms),
    parentExecutable: row.parent_executable || (row.ppid === 1 ? '/sbin/launchd' : ''),
    ancestors: row.ancestors.map((ancestor) => ({
      executable: ancestor.executable,
      signer: ancestor.signer,
      signingId: ancestor.signing_id,
      teamId: ancestor.team_id,
      shell: ancestor.shell === 1,
    })),
  };
}

function destinationOf(row: DestinationRow, config: Config): Destination {
  const name = row.remote_name || (row.named === 1 ? row.key : '');
  return {
    key: row.key,
    named: row.named === 1,
    remoteName: row.remote_name,
    ips: row.ips.filter((ip) => ip !== ''),
    port: row.port,
    ports: row.ports,
    transport: row.transport,
    bytesOut: row.bytes_out,
    bytesIn: row.bytes_in,
    outKnown: row.out_known === 1,
    inKnown: row.in_known === 1,
    connections: row.connections,
    ingress: row.ingress,
    open: row.open === 1,
    firstMs: row.first_ms,
    lastMs: row.last_ms,
    maxDuration: row.max_duration,
    totalDuration: row.total_duration,
    peakRate: row.peak_rate,
    days: row.days,
    hours: row.hours,
    maxHourOut: row.max_hour_out,
    maxDayOut: row.max_day_out,
    maxDayHours: row.max_day_hours,
    maxDayConnections: row.max_day_connections,
    size: { p10: row.size_p10, p50: row.size_p50, p90: row.size_p90 },
    gap: { p50: row.gap_p50, mad: row.gap_mad },
    fleetHosts: row.fleet_hosts,
    actorHosts: row.actor_hosts,
    known: knownDays(row),
    service: classifyDestination(name, row.ips[0]),
    internal: config.organisation.domains.some((domain) => isUnder(name, domain)),
  };
}

function subjectOf(row: SubjectRow, loaded: ReadonlyMap<string, SubjectProcess>, config: Config): Subject {
  const processes = row.heaviest
    .map((id) => loaded.get(`${row.host_id}\n${id}`))
    .filter((process) => process !== undefined)
    .filter((process) => process.name !== '' || process.executable !== '');
  const process = processes[0];
  const program = {
    executable: process?.executable ?? '',
    name: process?.name ?? '',
    signingId: process?.signingId ?? '',
    teamId: process?.teamId ?? '',
    signer: process?.signer ?? ('unknown' as const),
  };
  const intent = strongestIntent(processes);
  const tools = processes.map((one) => matchTool(one)).filter((tool) => tool !== undefined);
  return {
    analytics: row.analytics,
    hostId: row.host_id,
    actorId: row.actor_id,
    actor: row.actor,
    ...(row.qualified_by === 'unsaid' ? {} : { qualification: { by: row.qualified_by, of: row.qualifier } }),
    process,
    processes,
    processCount: Number(row.processes),
    signer: program.signer,
    role: process === undefined ? undefined : dualUse(program),
    pathClass: pathClass(program.executable),
    tool: tools[0],
    intent,
    uploader: process === undefined ? undefined : matchUploader(program),
    driver: process === undefined ? undefined : driverOf(process),
    drift: process === undefined ? undefined : identityDrift(program),
    bytesOut: row.bytes_out,
    bytesIn: row.bytes_in,
    outKnown: row.out_known === 1,
    inKnown: row.in_known === 1,
    connections: Number(row.connections),
    destinationCount: Number(row.destination_count),
    firstMs: Number(row.first_ms),
    lastMs: Number(row.last_ms),
    maxDuration: row.max_duration,
    open: row.open === 1,
    peakRate: row.peak_rate,
    days: row.days,
    hours: row.hours,
    maxHourOut: row.max_hour_out,
    maxDayOut: row.max_day_out,
    maxDayHours: row.max_day_hours,
    peersDay: Number(row.peers_day),
    actorHosts: row.actor_hosts,
    otherDayMaxima: withoutOne(row.day_maxima, row.max_day_out),
    knownDayMaxima: row.known_maxima,
    known: knownHabit(row),
    destinations: row.destinations.map((destination) =>
      namedByOrder(destinationOf(destination, config), intent),
    ),
  };
}

function knownDays(row: {
  known_days: number;
  known_median_day: number;
  known_max_day: number;
}): KnownDays | undefined {
  return row.known_days === 0
    ? undefined
    : { days: row.known_days, medianDay: row.known_median_day, maxDay: row.known_max_day };
}

function knownHabit(row: SubjectRow): KnownHabit | undefined {
  const known = knownDays(row);
  return known === undefined
    ? undefined
    : {
        ...known,
        firstThird: row.known_first_third,
        lastThird: row.known_last_third,
        pressing: row.known_pressing === 1,
      };
}

/** Where the telemetry hides the place, the command line may still say what it is. */
function namedByOrder(destination: Destination, intent: UploadIntent | undefined): Destination {
  if (!isHidden(destination) || intent?.target === undefined) return destination;
  const service = classifyDestination(hostOf(intent.target) ?? intent.target);
  return service === undefined ? destination : { ...destination, service };
}

/** The judged host's own largest day is not what others do. */
function withoutOne(values: readonly number[], own: number): number[] {
  const at = values.indexOf(own);
  return at < 0 ? [...values] : values.toSpliced(at, 1);
}

/** The managed software that drives a general tool: the nearest ancestor that is no shell, when its signer is proven. */
function driverOf(process: SubjectProcess): Uploader | undefined {
  const driver = process.ancestors.find((ancestor) => !ancestor.shell);
  if (driver === undefined) return undefined;
  const uploader = matchUploader({ ...driver, name: baseName(driver.executable) });
  return uploader?.certain === true ? uploader : undefined;
}

const VERB_ORDER = ['upload', 'pipe', 'reverse_tunnel', 'listen_tunnel', 'forward'];

function strongestIntent(processes: readonly SubjectProcess[]): UploadIntent | undefined {
  return processes
    .map((process) => uploadIntent(process))
    .filter((intent) => intent !== undefined)
    .sort(
      (a, b) =>
        Number(b.strength === 'explicit') - Number(a.strength === 'explicit') ||
        VERB_ORDER.indexOf(a.verb) - VERB_ORDER.indexOf(b.verb),
    )[0];
}
