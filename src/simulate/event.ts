/**
 * What happens on the simulated fleet, before any format: hosts, process instances and connections. The fleet and the
 * scenarios produce these; the writers of `simulate/formats/` turn them into real source formats. Times are epoch
 * milliseconds (UTC), bytes are socket payload, out = sent by the Mac.
 */
import type { Signer } from '../ground/vocabulary.js';

export interface SimHost {
  /** Short name such as `MBP-7F2A`; also the file name prefix of sources that name no host. */
  readonly name: string;
  /** Stable id as an EDR would give it (UUID). */
  readonly id: string;
  readonly user: string;
  readonly uid: number;
  /** LAN address, its IPv6 twin, and the offset of the local zone in minutes east of UTC. */
  readonly ip: string;
  readonly ip6: string;
  readonly utcOffsetMinutes: number;
  readonly role: string;
}

export interface SimSigning {
  readonly signer: Signer;
  readonly signingId: string;
  /** '' when none. */
  readonly teamId: string;
  /** 40 lower-case hex digits, '' when unsigned. */
  readonly cdhash: string;
  /** Certificate subject of the leaf, e.g. `Developer ID Application: Example (TEAMID)`; '' when none. */
  readonly subject: string;
}

export interface SimProcess {
  readonly host: SimHost;
  readonly pid: number;
  readonly pidversion: number;
  readonly executable: string;
  /** Base name shown by the sources. */
  readonly name: string;
  readonly args: readonly string[];
  /** Path of the script an interpreter runs; '' when none. */
  readonly script: string;
  readonly cwd: string;
  readonly user: string;
  readonly uid: number;
  readonly signing: SimSigning;
  /** undefined: started by launchd (pid 1). */
  readonly parent: SimProcess | undefined;
  /** Apple's responsible process; undefined: itself. */
  readonly responsible: SimProcess | undefined;
  readonly tty: string;
  readonly start: number;
  /** undefined: still running at the end of the simulation. */
  readonly end: number | undefined;
}

export interface SimFlow {
  readonly process: SimProcess;
  readonly transport: 'tcp' | 'udp' | 'quic';
  readonly localIp: string;
  readonly localPort: number;
  readonly remoteIp: string;
  readonly remotePort: number;
  /** Host name the process asked for; '' when it used the address directly. */
  readonly remoteName: string;
  readonly direction: 'egress' | 'ingress';
  /** `en0`, `utun3`, `lo0`, … */
  readonly interface: string;
  readonly start: number;
  /** undefined: still open at the end of the simulation. */
  readonly end: number | undefined;
  /** Totals at `end`, or at the end of the simulation for open flows. */
  readonly bytesOut: number;
  readonly bytesIn: number;
}

/** Events of one host over one UTC day, ordered by start; the writers see one such slice at a time. */
export interface SimSlice {
  readonly host: SimHost;
  readonly dayStart: number;
  readonly dayEnd: number;
  /** Processes that started in the slice. */
  readonly processes: readonly SimProcess[];
  /** Processes (of any slice) that ended in it. */
  readonly exits: readonly SimProcess[];
  /** Flows that started in the slice. */
  readonly flowStarts: readonly SimFlow[];
  /** Flows (of any slice) that ended in it. */
  readonly flowEnds: readonly SimFlow[];
  /** Flows open at some moment of the slice, for sources that sample or write interim records. */
  readonly flowsOpen: readonly SimFlow[];
  /** True for the last slice of the host: open flows stay open after it. */
  readonly last: boolean;
  /** What the Mac's own clock shows at a true time; absent where it is right. Order of events is always the true one. */
  readonly clock?: (at: number) => number;
}

/** Fields a twin run leaves out, to see that a finding loses confidence and does not vanish. */
export const WITHHOLDABLE = ['signing', 'domain', 'parent', 'address', 'args'] as const;
export type Withheld = (typeof WITHHOLDABLE)[number];

export interface FormatOptions {
  readonly withhold: ReadonlySet<Withheld>;
}

/**
 * Writes slices as files of one real source format. `write` returns text chunks per file name; the same slices give
 * the same bytes. File names follow what the sources need (`<host>.eslogger.jsonl`, `zeek/conn.<day>.log`, …).
 */
export interface FormatWriter {
  /** Source id: `elastic-defend`, `eslogger`, `unified-log`, `nettop`, `zeek-conn`. */
  readonly id: string;
  readonly write: (
    slice: SimSlice,
    options: FormatOptions,
  ) => Iterable<{ readonly file: string; readonly text: string }>;
}
