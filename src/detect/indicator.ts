import type { Config } from '../config/schema.js';
import type { IndicatorGroup } from '../ground/vocabulary.js';
import type { Destination, Subject } from './subject.js';
import type { HostTelemetry } from '../coverage/host-telemetry.js';

/** Everything an indicator may compare a subject with. */
export interface DetectContext {
  readonly config: Config;
  /** Hosts of the fleet with external connections. */
  readonly fleetHosts: number;
  readonly telemetry: HostTelemetry;
}

/** What an indicator saw. Points are before scoring weighs them; numbers are in the units the indicator documents. */
export interface Signal {
  readonly points: number;
  readonly observed: number | string | null;
  readonly expected: number | string | null;
  readonly threshold: number | string | null;
  /** One sentence for a tired analyst. May hold untrusted text: escape it where shown. */
  readonly text: string;
}

/** What a number counts, for whoever shows it. `text`: what was observed is a word. */
export type Unit =
  | 'bytes'
  | 'bytes_per_second'
  | 'seconds'
  | 'hours'
  | 'hosts'
  | 'count'
  | 'ratio'
  | 'points'
  | 'port'
  | 'text';

/**
 * One reasoned signal. Each lives in the folder of its analytic, in a file of its own that the analytic's list names, and
 * docs/indicators.md must describe it.
 */
export interface Indicator {
  readonly id: string;
  readonly group: IndicatorGroup;
  readonly unit: Unit;
  /** No habit excuses it: where it speaks, no approval is proposed. */
  readonly countsAgainstApproval: boolean;
  /** ATT&CK techniques a finding with this indicator also points to. */
  readonly techniques?: readonly string[];
  /**
   * Judges one subject towards one destination; `undefined` for a destination when the subject sent nothing anywhere.
   * Pure: the same arguments give the same signal.
   */
  readonly evaluate: (
    subject: Subject,
    destination: Destination | undefined,
    context: DetectContext,
  ) => Signal | undefined;
}
