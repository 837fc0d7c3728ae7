import type { AddressBook, RemotePlace } from './addresses.js';
import type { SimFlow, SimHost, SimProcess, SimSigning, SimSlice } from './event.js';
import type { Random } from './random.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Window {
  readonly start: number;
  readonly end: number;
}

/** What can be executed: a path and who signed it. */
export interface Program {
  readonly executable: string;
  readonly signing: SimSigning;
}

export interface ExecOptions {
  readonly at: number;
  /** When it exits; undefined: it keeps running. Connections prolong a process, never the other way round. */
  readonly until?: number | undefined;
  readonly args?: readonly string[];
  readonly parent?: SimProcess | undefined;
  readonly responsible?: SimProcess | undefined;
  readonly script?: string;
  readonly cwd?: string;
  /** Defaults to the host's user; `root` and `_name` are system accounts. */
  readonly user?: string;
  readonly tty?: string;
}

export interface ConnectOptions {
  readonly at: number;
  readonly seconds: number;
  readonly out: number;
  readonly in: number;
  readonly to: RemotePlace;
  readonly transport?: SimFlow['transport'];
  readonly direction?: SimFlow['direction'];
  readonly interface?: string;
  readonly localPort?: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SYSTEM_UIDS: Readonly<Record<string, number>> = {
  root: 0,
  _mdnsresponder: 65,
  _nsurlsessiond: 242,
  _timed: 266,
  _assetcache: 235,
  _softwareupdate: 200,
  _analyticsd: 263,
};

/** Uid of a further person's account on the same Mac. */
const SECOND_USER = 503;

/** One Mac: allocates pids and ports and records what its processes do. Memory is that of one host's events. */
export class Machine {
  readonly processes: SimProcess[] = [];
  readonly flows: SimFlow[] = [];
  private nextPort: number;

  constructor(
    readonly host: SimHost,
    readonly window: Window,
    private readonly random: Random,
    private readonly book: AddressBook,
    /** Share of named destinations reached over IPv6 on this host's network. */
    private readonly ipv6Share: number,
  ) {
    this.nextPort = random.integer(49152, 65000);
  }

  /** The destination `name:port`, over IPv4 or, on networks that have it, IPv6. */
  named(name: string, port = 443, version?: 4 | 6): RemotePlace {
    const wanted = version ?? (this.random.chance(this.ipv6Share) ? 6 : 4);
    return { name, ip: this.book.resolve(name, this.random, wanted), port };
  }

  exec(program: Program, options: ExecOptions): SimProcess {
    const user = options.user ?? this.host.user;
    const { executable } = program;
    const process: SimProcess = {
      host: this.host,
      // Numbered in order of start once everything is known: `numberProcesses`.
      pid: 0,
      pidversion: 0,
      executable,
      name: executable.slice(executable.lastIndexOf('/') + 1),
      args: options.args ?? [executable],
      script: options.script ?? '',
      cwd: options.cwd ?? (user === 'root' || user.startsWith('_') ? '/' : `/Users/${user}`),
      user,
      uid: user === this.host.user ? this.host.uid : (SYSTEM_UIDS[user] ?? SECOND_USER),
      signing: program.signing,
      parent: options.parent,
      responsible: options.responsible,
      tty: options.tty ?? options.parent?.tty ?? '',
      start: Math.round(options.at),
      end: this.inWindow(options.until),
    };
    this.processes.push(process);
    return process;
  }

  /** Records a connection; undefined when it would begin outside the simulated window. */
  connect(process: SimProcess, options: ConnectOptions): SimFlow | undefined {
    const start = Math.round(Math.max(options.at, process.start + 5));
    if (start < this.window.start || start >= this.window.end) return undefined;
    const planned = start + Math.max(20, Math.round(options.seconds * SECOND));
    const end = this.inWindow(planned);
    // A connection cut off by the end of the simulation has sent its share so far.
    const share = end === undefined ? (this.window.end - start) / (planned - start) : 1;
    const { to } = options;
    this.nextPort =
      this.nextPort >= 65_500
        ? 49_152 + this.random.integer(0, 500)
        : this.nextPort + this.random.integer(1, 7);
    const flow: SimFlow = {
      process,
      transport: options.transport ?? 'tcp',
      localIp: localAddress(this.host, to.ip),
      localPort: options.localPort ?? this.nextPort,
      remoteIp: to.ip,
      remotePort: to.port,
      remoteName: to.name,
      direction: options.direction ?? 'egress',
      interface: options.interface ?? (to.ip.startsWith('127.') || to.ip === '::1' ? 'lo0' : 'en0'),
      start,
      end,
      bytesOut: Math.max(0, Math.round(options.out * share)),
      bytesIn: Math.max(0, Math.round(options.in * share)),
    };
    this.flows.push(flow);
    if (process.end !== undefined && (end === undefined || process.end <= end)) {
      (process as Mutable<SimProcess>).end =
        end === undefined ? undefined : this.inWindow(end + this.random.integer(10, 900));
    }
    return flow;
  }

  /** One slice per UTC day of the window, events ordered by start (ends by end), ties in order of creation. */
  *slices(): Generator<SimSlice> {
    const processes = this.numberProcesses();
    const exits = sortedBy(
      processes.filter((process) => process.end !== undefined),
      (process) => process.end!,
    );
    const flows = sortedBy(this.flows, (flow) => flow.start);
    const ends = sortedBy(
      this.flows.filter((flow) => flow.end !== undefined),
      (flow) => flow.end!,
    );
    for (let dayStart = this.window.start; dayStart < this.window.end; dayStart += DAY) {
      const dayEnd = Math.min(dayStart + DAY, this.window.end);
      const within = (time: number): boolean => time >= dayStart && time < dayEnd;
      yield {
        host: this.host,
        dayStart,
        dayEnd,
        processes: processes.filter((process) => within(process.start)),
        exits: exits.filter((process) => within(process.end!)),
        flowStarts: flows.filter((flow) => within(flow.start)),
        flowEnds: ends.filter((flow) => within(flow.end!)),
        flowsOpen: flows.filter(
          (flow) => flow.start < dayEnd && (flow.end === undefined || flow.end > dayStart),
        ),
        last: dayEnd >= this.window.end,
      };
    }
  }

  /** Pids grow with time, wrap at 99,998 and are only reused once their last owner is gone. */
  private numberProcesses(): readonly SimProcess[] {
    const ordered = sortedBy(this.processes, (process) => process.start);
    const random = this.random.child('pids');
    const owners = new Map<number, SimProcess>();
    const lives = (process: SimProcess | undefined, at: number): boolean =>
      process !== undefined && (process.end === undefined || process.end >= at);
    let pid = random.integer(180, 900);
    let version = random.integer(400, 4000);
    for (const process of ordered) {
      do {
        pid += random.integer(1, 23);
        if (pid > 99_998) pid = random.integer(100, 2000);
      } while (lives(owners.get(pid), process.start));
      version += random.integer(2, 60);
      owners.set(pid, process);
      (process as Mutable<SimProcess>).pid = pid;
      (process as Mutable<SimProcess>).pidversion = version;
    }
    return ordered;
  }

  private inWindow(time: number | undefined): number | undefined {
    return time === undefined || time >= this.window.end ? undefined : Math.round(time);
  }
}

function localAddress(host: SimHost, remote: string): string {
  if (remote.startsWith('127.')) return '127.0.0.1';
  if (remote === '::1') return '::1';
  return remote.includes(':') ? host.ip6 : host.ip;
}

function sortedBy<T>(items: readonly T[], key: (item: T) => number): T[] {
  return [...items].sort((left, right) => key(left) - key(right));
}
