import type { Qualification } from './qualification.js';

/**
 * What an approval is held against: who acted where, how much and how long. It is kept with every evaluation, so that an
 * approval made later acts on findings that exist already, without judging anything again. Bytes, seconds, epoch
 * milliseconds.
 */
export interface ApprovalFacts {
  /** The analytic that judged; absent in facts of before there were several. */
  readonly analytic?: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly actor: string;
  /** Absent in facts of before it was kept beside the text. */
  readonly qualification?: Qualification;
  /** '' where the telemetry does not say. */
  readonly executable: string;
  readonly signingId: string;
  readonly teamId: string;
  readonly cdhash: string;
  /** Executable of the process that started it; '' or absent where the telemetry does not say. */
  readonly parent?: string;
  readonly maxDayOut: number;
  readonly maxDuration: number;
  readonly lastMs: number;
  /** A tool that ran and has sent nothing yet. */
  readonly execOnly: boolean;
  /** The judged destination first, then those that would be at least `low` if judged alone. */
  readonly places: readonly ApprovalPlace[];
}

export interface ApprovalPlace {
  /** Registrable domain, tenant host name, `/24` or `/64`, or `unknown:PORT` where the telemetry hides it. */
  readonly key: string;
  /** A full host name seen, '' when none. */
  readonly name: string;
  readonly ips: readonly string[];
  readonly hidden: boolean;
  readonly maxDayOut: number;
  readonly maxDuration: number;
}
