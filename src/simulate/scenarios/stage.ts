import { publicAddress, publicAddress6, residentialAddress, type RemotePlace } from '../addresses.js';
import type { SimFlow, SimProcess } from '../event.js';
import { openShell, type Shell } from '../fleet/shell.js';
import type { FleetHost } from '../fleet/host.js';
import { inventWord } from '../invent.js';
import { SECOND, type ConnectOptions, type ExecOptions, type Program } from '../machine.js';
import type { Random } from '../random.js';

/** What a deployer would enter in the inventory for a benign case. */
export interface SimApproval {
  readonly scenario: string;
  readonly host: string;
  readonly executable: string;
  readonly signing_id: string;
  readonly team_id: string;
  /** Host name, `*.domain`, address or `*`. */
  readonly destination: string;
  readonly max_bytes_out_per_day: number;
  /** Fixed addresses of the destination, approved with its name. */
  readonly addresses?: readonly string[];
  /** Last day it holds, `YYYY-MM-DD`; absent: long after the simulated days. */
  readonly expires?: string;
  /**
   * What holds once it has expired. `stays_approved`: the program was done by then, and what was approved stays so;
   * `judged`: it goes on, and what it sends from then on is judged like anybody's; `never`: it does not expire here.
   */
  readonly after_expiry?: 'stays_approved' | 'judged' | 'never';
}

/** More connections than this add size to the telemetry and nothing to the test; bytes are kept, sizes grow. */
const MOST_CONNECTIONS = 3000;

type Each<T> = T | ((index: number, at: number) => T);

export interface Campaign {
  readonly from: Each<SimProcess>;
  readonly to: Each<RemotePlace>;
  readonly connections: number;
  /** Length of one connection. */
  readonly seconds: number;
  readonly out: number;
  readonly in: number;
  /** First to last connection, seconds. */
  readonly campaign: number;
  /** Evenly spaced with this relative jitter; absent: at random times. */
  readonly jitter?: number;
  /** `fixed`: all the same size within a percent; else log-normal. */
  readonly sizes?: 'fixed' | 'varied';
  readonly transport?: SimFlow['transport'];
  readonly interface?: string;
  readonly direction?: SimFlow['direction'];
  /** Start, when it is not the incident's own. */
  readonly at?: number;
}

/** Where a scenario is played: one host, from one moment on. Records what belongs to the incident. */
export class Stage {
  readonly processes: SimProcess[] = [];
  readonly flows: SimFlow[] = [];
  readonly approvals: SimApproval[] = [];

  constructor(
    readonly scenarioId: string,
    readonly fleetHost: FleetHost,
    readonly running: ReadonlyMap<string, readonly SimProcess[]>,
    readonly random: Random,
    readonly start: number,
  ) {}

  get user(): string {
    return this.fleetHost.host.user;
  }

  get home(): string {
    return `/Users/${this.user}`;
  }

  get company(): string {
    return this.fleetHost.company.domain;
  }

  get end(): number {
    return this.fleetHost.window.end;
  }

  /** A value around a profile number: log-uniform between half and twice, or as told. */
  around(value: number, factor = 2): number {
    return this.random.logUniform(value / factor, value * factor);
  }

  exec(program: Program, options: Partial<ExecOptions> = {}): SimProcess {
    const process = this.fleetHost.machine.exec(program, { at: this.start, ...options });
    this.processes.push(process);
    return process;
  }

  /** A person's terminal; not itself part of the incident. */
  shell(at = this.start - 30 * SECOND): Shell {
    return openShell(this.fleetHost, this.random, at, at + 8 * 3600 * SECOND);
  }

  /** A program run in a terminal by a person. */
  command(program: Program, args: readonly string[], options: Partial<ExecOptions> = {}): SimProcess {
    const shell = this.shell();
    return this.exec(program, {
      args,
      parent: shell.zsh,
      responsible: shell.terminal,
      until: this.start + 2 * SECOND,
      ...options,
    });
  }

  connect(process: SimProcess, options: ConnectOptions): void {
    const flow = this.fleetHost.machine.connect(process, options);
    if (flow !== undefined) this.flows.push(flow);
  }

  /** The process of an app of the fleet that lives at the incident's start; undefined when this host lacks it. */
  existing(...apps: readonly string[]): SimProcess | undefined {
    for (const app of apps) {
      const found = this.running
        .get(app)
        ?.find(
          (process) => process.start <= this.start && (process.end === undefined || process.end > this.start),
        );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The app's own process when the host runs it, else one started now; recorded as part of the incident. */
  through(apps: readonly string[], program: Program, options: Partial<ExecOptions> = {}): SimProcess {
    const found = this.existing(...apps);
    if (found === undefined) return this.exec(program, options);
    this.processes.push(found);
    return found;
  }

  named(name: string, port = 443, version?: 4 | 6): RemotePlace {
    return this.fleetHost.machine.named(
      name.replace('{company}', this.company).replace('{tenant}', this.fleetHost.company.tenant),
      port,
      version,
    );
  }

  rawAddress(port: number): RemotePlace {
    return { name: '', ip: publicAddress(this.random), port };
  }

  rawAddress6(port: number): RemotePlace {
    return { name: '', ip: publicAddress6(this.random), port };
  }

  residential(port: number): RemotePlace {
    return { name: '', ip: residentialAddress(this.random), port };
  }

  /** A server rented for the purpose: an invented domain nobody else uses. */
  rented(port = 443, prefix = ''): RemotePlace {
    const domain = `${inventWord(this.random)}${this.random.chance(0.4) ? `-${inventWord(this.random)}` : ''}.${this.random.pick(['com', 'xyz', 'net', 'top', 'cloud', 'online', 'site', 'info', 'cc', 'space'])}`;
    return this.named(prefix === '' ? domain : `${prefix}.${domain}`, port);
  }

  /**
   * Plays connections over a campaign. One that would run past the window is cut to the days that are left, at the
   * same average rate.
   */
  send(plan: Campaign): void {
    const at = plan.at ?? this.start;
    const left = Math.max(1, (this.end - at) / SECOND);
    const share = Math.min(1, left / Math.max(1, plan.campaign));
    const count = Math.max(1, Math.min(MOST_CONNECTIONS, Math.round(plan.connections * share)));
    const span = Math.max(0, plan.campaign * share - Math.min(plan.seconds, plan.campaign * share));
    const step = count > 1 ? span / (count - 1) : 0;
    const sizes = Array.from({ length: count }, () =>
      plan.sizes === 'fixed' ? this.random.between(0.99, 1.01) : this.random.logNormal(1, 0.7),
    );
    const sum = sizes.reduce((total, size) => total + size, 0);
    const offsets = sizes.map((_, index) =>
      plan.jitter === undefined
        ? count === 1
          ? 0
          : this.random.between(0, span)
        : index * step + step * plan.jitter * this.random.between(-0.5, 0.5),
    );
    if (plan.jitter === undefined) offsets.sort((left1, right) => left1 - right);
    for (const [index, offset] of offsets.entries()) {
      const when = at + Math.max(0, offset) * SECOND;
      const part = sizes[index]! / sum;
      this.connect(plan.from instanceof Function ? plan.from(index, when) : plan.from, {
        at: when,
        seconds: plan.seconds * this.random.between(0.75, 1.25),
        out: plan.out * share * part,
        in: plan.in * share * part,
        to: plan.to instanceof Function ? plan.to(index, when) : plan.to,
        ...(plan.transport === undefined ? {} : { transport: plan.transport }),
        ...(plan.interface === undefined ? {} : { interface: plan.interface }),
        ...(plan.direction === undefined ? {} : { direction: plan.direction }),
      });
    }
  }

  /** `addresses`: what telemetry without names shows instead, where the destination has fixed ones. */
  approve(
    process: SimProcess,
    destination: string,
    maxBytesOutPerDay: number,
    addresses: readonly string[] = [],
  ): void {
    this.approvals.push({
      scenario: this.scenarioId,
      host: this.fleetHost.host.name,
      executable: process.executable,
      signing_id: process.signing.signingId,
      team_id: process.signing.teamId,
      destination: destination
        .replace('{company}', this.company)
        .replace('{tenant}', this.fleetHost.company.tenant),
      max_bytes_out_per_day: Math.round(maxBytesOutPerDay),
      ...(addresses.length === 0 ? {} : { addresses }),
    });
  }
}
