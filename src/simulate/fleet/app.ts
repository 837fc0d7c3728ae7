import type { Program } from '../machine.js';
import type { FleetHost } from './host.js';

/** A positive quantity with a heavy tail: log-normal around `median`, cut off at `max`. */
export interface Volume {
  readonly median: number;
  readonly sigma: number;
  readonly max?: number;
}

export interface Target {
  /** One is picked per connection; `{region}` becomes the host's region, `{company}` the company's domain. */
  readonly names: readonly string[];
  readonly port?: number;
  readonly transport?: 'tcp' | 'udp' | 'quic';
  /** Fixed addresses instead of names, for private destinations. */
  readonly addresses?: readonly string[];
  readonly interface?: string;
}

/** What an app does on the network; each kind is one way traffic arises. */
export type Behaviour =
  /** A connection held for hours, reopened after sleep or when the server ends it. Bytes per hour. */
  | {
      readonly kind: 'socket';
      readonly to: Target;
      readonly hours: readonly [number, number];
      readonly out: Volume;
      readonly in: Volume;
    }
  /** Requests made while the user works (or while the Mac is awake). Mean count per hour, bytes per request. */
  | {
      readonly kind: 'requests';
      readonly to: Target;
      readonly perHour: number;
      readonly when: 'active' | 'awake';
      readonly out: Volume;
      readonly in: Volume;
      readonly seconds: readonly [number, number];
    }
  /** One connection at an exact cadence with nearly fixed sizes. */
  | {
      readonly kind: 'cadence';
      readonly to: Target;
      readonly everyMinutes: number;
      readonly out: number;
      readonly in: number;
      readonly seconds: number;
    }
  /** Bulk transfers, mean count per working day, at a rate in bytes per second. */
  | {
      readonly kind: 'transfer';
      readonly to: Target;
      readonly perDay: number;
      readonly out: Volume;
      readonly in: Volume;
      readonly rate: readonly [number, number];
      readonly when: 'active' | 'awake';
    }
  /** Calls: symmetric UDP media during meetings, bytes per second each way. `share` of meetings use this app. */
  | {
      readonly kind: 'calls';
      readonly to: Target;
      readonly share: number;
      readonly out: readonly [number, number];
      readonly in: readonly [number, number];
    };

export interface App {
  readonly id: string;
  readonly program: Program;
  readonly args?: readonly string[];
  /** The process that starts it, another app on the same host; launchd when absent. */
  readonly parent?: string;
  /** `boot`: from start to shutdown; `workday`: opened with the day, quit after it. */
  readonly life: 'boot' | 'workday';
  /** System account; the user of the Mac when absent. */
  readonly user?: string;
  /** Probability that this host has it. */
  readonly on: (host: FleetHost) => number;
  readonly behaviours: readonly Behaviour[];
}
