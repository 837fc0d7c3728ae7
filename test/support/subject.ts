import { loadConfig } from '../../src/service/load-config.js';
import type { Config } from '../../src/config/schema.js';
import type { DetectContext } from '../../src/detect/indicator.js';
import type { Judgement } from '../../src/detect/analytic.js';
import { score, type Evaluated } from '../../src/detect/score.js';
import type { Destination, Subject, SubjectProcess } from '../../src/detect/subject.js';
import type { HostTelemetry } from '../../src/coverage/host-telemetry.js';
import type { DestinationClass } from '../../src/knowledge/classify-destination.js';
import type { Uploader } from '../../src/knowledge/match-uploader.js';
import type { IndicatorGroup } from '../../src/ground/vocabulary.js';

export const CONFIG = loadConfig();

export const MB = 1e6;
export const GB = 1e9;

/** A process with nothing odd about it: a Developer ID app in Applications, started by launchd. */
export function aProcess(more: Partial<SubjectProcess> = {}): SubjectProcess {
  return {
    processId: '1',
    pid: 501,
    name: 'Notes Deluxe',
    executable: '/Applications/Notes Deluxe.app/Contents/MacOS/Notes Deluxe',
    args: [],
    script: '',
    user: 'ada',
    session: 'unknown',
    executed: true,
    signer: 'developer_id',
    signingId: 'com.example.notes-deluxe',
    teamId: 'ABCDE12345',
    cdhash: '',
    platformBinary: false,
    startMs: Date.UTC(2026, 2, 2, 8),
    parentExecutable: '/sbin/launchd',
    ancestors: [],
    ...more,
  };
}

/** A named place only this host reaches, which got nothing yet. */
export function aDestination(more: Partial<Destination> = {}): Destination {
  return {
    key: 'upload.example',
    named: true,
    remoteName: '',
    ips: ['203.0.113.7'],
    port: 443,
    ports: 1,
    transport: 'tcp',
    bytesOut: 0,
    bytesIn: 0,
    outKnown: true,
    inKnown: true,
    connections: 1,
    ingress: 0,
    open: false,
    firstMs: Date.UTC(2026, 2, 2, 9),
    lastMs: Date.UTC(2026, 2, 2, 10),
    maxDuration: 60,
    totalDuration: 60,
    peakRate: 0,
    days: 1,
    hours: 1,
    maxHourOut: 0,
    maxDayOut: 0,
    maxDayHours: 1,
    maxDayConnections: 1,
    size: { p10: 0, p50: 0, p90: 0 },
    gap: { p50: 0, mad: 0 },
    fleetHosts: 1,
    actorHosts: 1,
    service: undefined,
    internal: false,
    ...more,
  };
}

/** The same, with all bytes sent in one day and hour. */
export function sent(bytes: number, more: Partial<Destination> = {}): Destination {
  return aDestination({ bytesOut: bytes, maxDayOut: bytes, maxHourOut: bytes, ...more });
}

export function aService(
  kind: DestinationClass['kind'],
  owner?: NonNullable<DestinationClass['owner']>,
): DestinationClass {
  return {
    kind,
    service: 'Some Service',
    matched: 'upload.example',
    ...(owner === undefined ? {} : { owner }),
  };
}

/** A subject whose sums are those of its destinations, run by nobody else. */
export function aSubject(
  destinations: readonly Destination[] = [],
  more: Partial<Omit<Subject, 'process' | 'destinations'>> & {
    process?: Partial<SubjectProcess> | null;
  } = {},
): Subject {
  const { process: given, ...rest } = more;
  const process =
    given === null
      ? undefined
      : aProcess({ ...(rest.signer === undefined ? {} : { signer: rest.signer }), ...given });
  const sum = (of: (destination: Destination) => number): number =>
    destinations.reduce((total, destination) => total + of(destination), 0);
  const most = (of: (destination: Destination) => number): number => Math.max(0, ...destinations.map(of));
  return {
    analytics: ['AN0082'],
    hostId: 'host-1',
    actorId: '1',
    actor: 'team:ABCDE12345/com.example.notes-deluxe',
    qualification: { by: '', of: '' },
    process,
    processes: process === undefined ? [] : [process],
    processCount: process === undefined ? 0 : 1,
    signer: process?.signer ?? 'unknown',
    role: undefined,
    pathClass: 'applications',
    tool: undefined,
    intent: undefined,
    uploader: undefined,
    driver: undefined,
    drift: undefined,
    bytesOut: sum((one) => one.bytesOut),
    bytesIn: sum((one) => one.bytesIn),
    outKnown: destinations.some((one) => one.outKnown),
    inKnown: destinations.some((one) => one.inKnown),
    connections: sum((one) => one.connections),
    destinationCount: destinations.length,
    firstMs: Date.UTC(2026, 2, 2, 9),
    lastMs: Date.UTC(2026, 2, 2, 10),
    maxDuration: most((one) => one.maxDuration),
    open: destinations.some((one) => one.open),
    peakRate: most((one) => one.peakRate),
    days: most((one) => one.days),
    hours: most((one) => one.hours),
    maxHourOut: sum((one) => one.maxHourOut),
    maxDayOut: sum((one) => one.maxDayOut),
    maxDayHours: most((one) => one.maxDayHours),
    peersDay: destinations.length,
    actorHosts: 1,
    otherDayMaxima: [],
    destinations,
    ...rest,
  };
}

/** Known software that excuses nothing, sends anywhere and is proven to be itself. */
export function anUploader(more: Partial<Uploader> = {}): Uploader {
  return {
    id: 'example.sync',
    name: 'Example Sync',
    group: 'file-sync',
    tier: 'default-allow-quiet',
    excuses: new Set(),
    reasons: new Map(),
    limits: { dailyBytesOut: undefined, durationSeconds: undefined },
    destinations: [],
    destinationBound: false,
    carrier: false,
    delegate: false,
    browser: false,
    certain: true,
    ...more,
  };
}

export interface ContextChanges {
  readonly fleetHosts?: number;
  readonly telemetry?: Partial<HostTelemetry>;
  readonly detection?: Partial<Config['detection']>;
  readonly config?: Partial<Config>;
}

/** A fleet of fifty hosts, and a host whose telemetry shows everything. */
export function aContext({
  fleetHosts = 50,
  telemetry = {},
  detection = {},
  config = {},
}: ContextChanges = {}): DetectContext {
  return {
    config: { ...CONFIG, ...config, detection: { ...CONFIG.detection, ...detection } },
    fleetHosts,
    telemetry: {
      hostId: 'host-1',
      hostName: 'MBP-7F2A',
      connections: 1000,
      process: 1,
      names: 1,
      addresses: 1,
      out: 1,
      in: 1,
      duration: 1,
      signing: 1,
      parent: 1,
      open: 0,
      sources: ['elastic-defend'],
      ...telemetry,
    },
  };
}

/** A signal of an indicator that does not exist, for the arithmetic of scores. */
export function aSignal(id: string, group: IndicatorGroup, points: number): Evaluated {
  return {
    indicator: { id, group, unit: 'count', countsAgainstApproval: false, evaluate: () => undefined },
    signal: { points, observed: null, expected: null, threshold: null, text: id },
  };
}

/** A judgement of a subject at its first destination, with the given indicators in it. */
export function aJudgement(subject: Subject, ids: readonly string[] = ['volume']): Judgement {
  const scored = score(
    [...ids.map((id) => aSignal(id, 'behaviour', 10)), aSignal('signer', 'identity', 10)],
    true,
  )!;
  const [destination] = subject.destinations;
  return {
    ...scored,
    subject,
    destination,
    analytic: 'AN0082',
    elsewhere: [],
    execOnly: destination === undefined,
  };
}
