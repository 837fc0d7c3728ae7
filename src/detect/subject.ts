import type { Qualification } from '../approvals/qualification.js';
import type { DestinationClass } from '../knowledge/classify-destination.js';
import type { DualUseRole } from '../knowledge/dual-use.js';
import type { IdentityDrift } from '../knowledge/identity-drift.js';
import type { ToolMatch } from '../knowledge/match-tool.js';
import type { Uploader } from '../knowledge/match-uploader.js';
import type { PathClass } from '../knowledge/path-class.js';
import type { UploadIntent } from '../knowledge/upload-intent.js';
import type { Signer } from '../ground/vocabulary.js';

/** One external destination of one host and actor over the window. Bytes and seconds; times are epoch milliseconds. */
export interface Destination {
  /** Registrable domain, tenant host name, `/24` or `/64`, or `unknown:PORT`. */
  readonly key: string;
  readonly named: boolean;
  /** A full host name seen, '' when none. */
  readonly remoteName: string;
  readonly ips: readonly string[];
  readonly port: number;
  readonly ports: number;
  readonly transport: string;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly outKnown: boolean;
  readonly inKnown: boolean;
  readonly connections: number;
  readonly ingress: number;
  readonly open: boolean;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly maxDuration: number;
  readonly totalDuration: number;
  readonly peakRate: number;
  readonly days: number;
  readonly hours: number;
  readonly maxHourOut: number;
  readonly maxDayOut: number;
  readonly maxDayHours: number;
  readonly maxDayConnections: number;
  readonly size: { readonly p10: number; readonly p50: number; readonly p90: number };
  readonly gap: { readonly p50: number; readonly mad: number };
  /** Hosts that reached it with any actor, and with this one, in the window or the frozen baseline; the judged host included. */
  readonly fleetHosts: number;
  readonly actorHosts: number;
  /** What the frozen baseline knows of this host, actor and destination; undefined when it is new to it. */
  readonly known?: KnownDays | undefined;
  readonly service: DestinationClass | undefined;
  /** Named in the configuration as the organisation's own. */
  readonly internal: boolean;
}

/** Days of a frozen baseline on which something was sent, and how much, bytes. */
export interface KnownDays {
  readonly days: number;
  readonly medianDay: number;
  readonly maxDay: number;
}

/** The same of a host and actor; thirds are median days of the first and the last third of the learned time. */
export interface KnownHabit extends KnownDays {
  readonly firstThird: number;
  readonly lastThird: number;
  /** Was a finding of medium or above in the learned time, approved or not. */
  readonly pressing: boolean;
}

export interface SubjectProcess {
  readonly processId: string;
  readonly pid: number;
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly script: string;
  readonly user: string;
  readonly session: 'unknown' | 'none' | 'terminal';
  readonly executed: boolean;
  readonly signer: Signer;
  readonly signingId: string;
  readonly teamId: string;
  readonly cdhash: string;
  readonly platformBinary: boolean | null;
  readonly startMs: number;
  readonly parentExecutable: string;
  readonly ancestors: readonly {
    readonly executable: string;
    readonly signer: Signer;
    readonly signingId: string;
    readonly teamId: string;
    readonly shell: boolean;
  }[];
}

/** What is judged: one actor on one host. */
export interface Subject {
  /** Ids of the analytics that want to see it, ascending. */
  readonly analytics: readonly string[];
  readonly hostId: string;
  readonly actorId: string;
  readonly actor: string;
  /** What its actor is told apart by where the program alone is nobody; `by` is '' where it is somebody. */
  /** Absent where the days it was judged from were built before it was kept. */
  readonly qualification?: Qualification;
  /** The process that sent most stands for the actor. Absent when only a network sensor saw the traffic. */
  readonly process: SubjectProcess | undefined;
  /** Up to twelve processes that sent most. */
  readonly processes: readonly SubjectProcess[];
  readonly processCount: number;
  readonly signer: Signer;
  readonly role: DualUseRole | undefined;
  readonly pathClass: PathClass;
  readonly tool: ToolMatch | undefined;
  readonly intent: UploadIntent | undefined;
  readonly uploader: Uploader | undefined;
  /** The known software that started this general tool, when its signer is proven. */
  readonly driver: Uploader | undefined;
  readonly drift: IdentityDrift | undefined;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly outKnown: boolean;
  readonly inKnown: boolean;
  readonly connections: number;
  readonly destinationCount: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly maxDuration: number;
  readonly open: boolean;
  readonly peakRate: number;
  readonly days: number;
  readonly hours: number;
  readonly maxHourOut: number;
  readonly maxDayOut: number;
  readonly maxDayHours: number;
  readonly peersDay: number;
  /** Hosts of the fleet with this actor, in the window or the frozen baseline, the judged one included. */
  readonly actorHosts: number;
  /** Largest day of every other host with this actor, ascending. */
  readonly otherDayMaxima: readonly number[];
  /** The same over the frozen baseline; undefined without one. */
  readonly knownDayMaxima?: readonly number[] | undefined;
  /** What the frozen baseline knows of this host and actor; undefined when it is new to it. */
  readonly known?: KnownHabit | undefined;
  /** The forty most telling destinations. */
  readonly destinations: readonly Destination[];
}
