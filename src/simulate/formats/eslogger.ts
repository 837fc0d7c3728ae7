/**
 * `eslogger exec fork exit`: one Endpoint Security message a line, one file per host. The message version and the
 * encoding of audit tokens differ by host, as macOS versions in a fleet do. Processes that launchd starts show only
 * their exec, from `xpcproxy`: the two steps before it carry nothing.
 */
import type { FormatOptions, FormatWriter, SimHost, SimProcess, SimSlice, Withheld } from '../event.js';
import { kernelSigningOf } from './code-signing-flags.js';
import { endpointSecurityFile } from './endpoint-security-file.js';
import { momentsOf } from './moment.js';
import { bootTimeOf, launchdOf, parentOf } from './process-lineage.js';
import { stableNumber, stablePick } from './stable-digest.js';
import { isoTime, nanosecondsInMillisecond, type Phase } from './timestamp.js';

/** Event types of Endpoint Security. */
const EVENT_TYPE = { exec: 9, fork: 11, exit: 15 } as const;

/** auid of processes that no login started. */
const NO_AUDIT_USER = 4_294_967_295;

/** `mach_time` ticks per millisecond on Apple silicon (24 MHz). */
const TICKS_PER_MS = 24_000;

interface Shape {
  /** Endpoint Security message version: 9 is macOS 15, 10 is macOS 26, 11 the one after. */
  readonly version: 9 | 10 | 11;
  readonly tokens: 'object' | 'array';
}

interface Counters {
  global: number;
  readonly byType: Map<number, number>;
}

/** A process at one moment: which image runs under which audit token. */
interface Incarnation {
  readonly image: SimProcess;
  readonly self: SimProcess;
  readonly pidversion: number;
}

function shapeOf(host: SimHost): Shape {
  return {
    version: stablePick(`es version ${host.name}`, [9, 10, 10, 11]),
    tokens: stablePick(`es tokens ${host.name}`, ['object', 'object', 'array']),
  };
}

/** The image every child of launchd runs before its own. */
function xpcproxyOf(host: SimHost): SimProcess {
  const launchd = launchdOf(host);
  return {
    ...launchd,
    executable: '/usr/libexec/xpcproxy',
    name: 'xpcproxy',
    signing: {
      ...launchd.signing,
      signingId: 'com.apple.xpc.proxy',
      cdhash: 'c4fb6536da8bfeecdfd895b2ef9576e02c36ec2a',
    },
  };
}

class EsloggerWriter implements FormatWriter {
  readonly id = 'eslogger';
  readonly #counters = new Map<string, Counters>();

  *write(slice: SimSlice, options: FormatOptions): Iterable<{ file: string; text: string }> {
    const { host } = slice;
    const shape = shapeOf(host);
    const messages = new MessageMaker(
      host,
      shape,
      this.#countersOf(host),
      options.withhold,
      slice.clock ?? ((at) => at),
    );
    const lines: string[] = [];
    for (const moment of momentsOf(slice)) {
      if (moment.kind === 'start') {
        if (moment.process.parent !== undefined && !options.withhold.has('parent')) {
          lines.push(messages.fork(moment.process, moment.at));
        }
        lines.push(messages.exec(moment.process, moment.at));
      } else if (moment.kind === 'exit') {
        lines.push(messages.exit(moment.process, moment.at));
      }
    }
    if (lines.length > 0) yield { file: `${host.name}.eslogger.jsonl`, text: `${lines.join('\n')}\n` };
  }

  #countersOf(host: SimHost): Counters {
    let counters = this.#counters.get(host.id);
    if (counters === undefined) {
      counters = { global: 0, byType: new Map() };
      this.#counters.set(host.id, counters);
    }
    return counters;
  }
}

class MessageMaker {
  constructor(
    private readonly host: SimHost,
    private readonly shape: Shape,
    private readonly counters: Counters,
    private readonly withhold: ReadonlySet<Withheld>,
    private readonly clock: (at: number) => number,
  ) {}

  fork(process: SimProcess, time: number): string {
    const parent = parentOf(process);
    const child = { image: parent, self: process, pidversion: process.pidversion - 1 };
    return this.#message('fork', 'fork', time, running(parent), { child: this.#process(child) });
  }

  exec(process: SimProcess, time: number): string {
    const { host } = this;
    // Without the parent even the image before the exec would give it away: the process then re-executes itself.
    const before = this.withhold.has('parent')
      ? process
      : process.parent === undefined
        ? xpcproxyOf(host)
        : process.parent;
    return this.#message(
      'exec',
      'start',
      time,
      { image: before, self: process, pidversion: process.pidversion - 1 },
      {
        args: this.withhold.has('args') ? undefined : process.args,
        cwd: endpointSecurityFile(process.cwd === '' ? '/' : process.cwd, 'directory'),
        dyld_exec_path: process.executable,
        env: [
          'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
          `USER=${process.user}`,
          `HOME=${process.uid === 0 ? '/var/root' : `/Users/${process.user}`}`,
          'SHELL=/bin/zsh',
        ],
        fds: [0, 1, 2].map((fd) => ({ fd, fdtype: 1 })),
        image_cpusubtype: -2_147_483_646,
        image_cputype: 16_777_228,
        last_fd: 2,
        script: process.script === '' ? null : endpointSecurityFile(process.script, 'file'),
        target: this.#process(running(process)),
        entitlements: this.shape.version >= 11 ? {} : undefined,
      },
    );
  }

  exit(process: SimProcess, time: number): string {
    return this.#message('exit', 'exit', time, running(process), { stat: 0 });
  }

  #message(
    name: keyof typeof EVENT_TYPE,
    phase: Phase,
    time: number,
    process: Incarnation,
    event: Record<string, unknown>,
  ): string {
    const type = EVENT_TYPE[name];
    const sequence = this.counters.byType.get(type) ?? 0;
    this.counters.byType.set(type, sequence + 1);
    const { pid, pidversion } = process.self;
    const nanoseconds = nanosecondsInMillisecond(phase, stableNumber(`es ${pid} ${pidversion}`));
    const text = JSON.stringify({
      schema_version: 1,
      version: this.shape.version,
      time: isoTime(this.clock(time), 9, nanoseconds),
      mach_time:
        (Math.floor(time) - bootTimeOf(this.host)) * TICKS_PER_MS +
        Math.floor((nanoseconds * TICKS_PER_MS) / 1_000_000),
      event_type: type,
      seq_num: sequence,
      global_seq_num: this.counters.global,
      action_type: 1,
      action: { result: { result_type: 0, result: { auth: 0 } } },
      thread: { thread_id: 10_000 + (stableNumber(`thread ${pid} ${pidversion}`) % 900_000) },
      process: this.#process(process),
      event: { [name]: event },
    });
    this.counters.global += 1;
    // Apple's serialiser escapes the slash; it only occurs inside strings.
    return text.replaceAll('/', '\\/');
  }

  #process({ image, self, pidversion }: Incarnation): object {
    const parent = parentOf(self);
    const withParent = !this.withhold.has('parent');
    const started = nanosecondsInMillisecond('fork', stableNumber(`es ${self.pid} ${self.pidversion}`));
    const tty = self.tty === '' || self.tty.startsWith('/') ? self.tty : `/dev/${self.tty}`;
    return {
      audit_token: this.#token(self, pidversion),
      parent_audit_token: withParent ? this.#token(parent, parent.pidversion) : undefined,
      responsible_audit_token: withParent
        ? self.responsible === undefined
          ? this.#token(self, pidversion)
          : this.#token(self.responsible, self.responsible.pidversion)
        : undefined,
      ppid: withParent ? parent.pid : undefined,
      original_ppid: withParent ? parent.pid : undefined,
      group_id: self.pid,
      session_id: tty !== '' && withParent ? parent.pid : 1,
      start_time: isoTime(this.clock(self.start), 6, started),
      is_es_client: false,
      tty: tty === '' ? null : endpointSecurityFile(tty, 'terminal'),
      executable: endpointSecurityFile(image.executable, 'executable'),
      ...this.#signing(image),
    };
  }

  #signing({ signing }: SimProcess): object {
    const kernel = this.withhold.has('signing') ? undefined : kernelSigningOf(signing);
    if (kernel === undefined) return {};
    return {
      codesigning_flags: kernel.flags,
      cdhash: signing.cdhash === '' ? '0'.repeat(40) : signing.cdhash.toUpperCase(),
      signing_id: signing.signingId === '' ? null : signing.signingId,
      team_id: signing.teamId === '' ? null : signing.teamId,
      is_platform_binary: signing.signer === 'apple_platform',
      cs_validation_category: this.shape.version >= 10 ? kernel.category : undefined,
    };
  }

  #token({ uid, pid }: SimProcess, pidversion: number): object {
    const auid = uid === 0 ? NO_AUDIT_USER : uid;
    const gid = uid === 0 ? 0 : 20;
    const asid = uid === 0 ? 100_012 : 100_019;
    return this.shape.tokens === 'array'
      ? [auid, uid, gid, uid, gid, pid, asid, pidversion]
      : { asid, auid, euid: uid, egid: gid, ruid: uid, rgid: gid, pid, pidversion };
  }
}

function running(process: SimProcess): Incarnation {
  return { image: process, self: process, pidversion: process.pidversion };
}

export function createEsloggerWriter(): FormatWriter {
  return new EsloggerWriter();
}
