/**
 * The result contract `outflow.findings/1`, exactly as other programs read it (docs/contract.md). Change it only by
 * adding. Bytes are integers, durations seconds, rates bytes per second (`_bps`), times UTC ISO 8601 with milliseconds.
 */

import type { Disposition, FindingState, IndicatorGroup, Scope, Severity, Signer } from './vocabulary.js';

export const FINDINGS_SCHEMA = 'outflow.findings/1';

/** One reasoned signal. `points` are what it contributed to `risk`; the points of a finding add up to its risk. */
export interface IndicatorResult {
  readonly id: string;
  readonly group: IndicatorGroup;
  readonly points: number;
  readonly observed: number | string | null;
  readonly expected: number | string | null;
  readonly threshold: number | string | null;
  readonly text: string;
}

export interface FindingDestination {
  readonly name: string | null;
  readonly ip: readonly string[];
  readonly port: number;
  readonly transport: string;
  readonly scope: Scope;
  readonly bytes_out: number;
  readonly bytes_in: number;
  readonly connections: number;
  /** Hosts of this fleet that reached the destination, this one included. */
  readonly fleet_hosts: number;
}

/** One connection for the timeline of a report: at most the 200 that carried most, ordered by start. */
export interface FindingFlow {
  readonly start: string;
  readonly end: string;
  readonly open: boolean;
  readonly destination: string;
  readonly port: number;
  readonly transport: string;
  readonly bytes_out: number | null;
  readonly bytes_in: number | null;
}

export interface Finding {
  readonly id: string;
  /** The ATT&CK analytic that found it. */
  readonly analytic: string;
  readonly risk: number;
  readonly confidence: number;
  readonly severity: Severity;
  readonly state: FindingState;
  readonly title: string;
  readonly summary: string;
  readonly host: { readonly id: string; readonly name: string };
  readonly user: string | null;
  readonly process: {
    readonly executable: string | null;
    readonly name: string;
    readonly args: readonly string[];
    readonly pid: readonly number[];
    readonly actor: string;
    readonly signing: {
      readonly signer: Signer;
      readonly signing_id: string | null;
      readonly team_id: string | null;
      readonly cdhash: string | null;
      readonly platform_binary: boolean | null;
    };
    readonly parent: { readonly executable: string | null };
    /** From the parent upwards, as far as the telemetry knows it. */
    readonly ancestry: readonly string[];
  };
  readonly first_seen: string;
  readonly last_seen: string;
  readonly open: boolean;
  readonly bytes_out: number;
  readonly bytes_in: number;
  readonly connections: number;
  readonly max_duration_s: number;
  readonly peak_rate_bps: number;
  readonly sustained_rate_bps: number;
  readonly destinations: readonly FindingDestination[];
  readonly indicators: readonly IndicatorResult[];
  /**
   * The analytic's mutable elements under their ATT&CK names. AN0082: `ProcessSignedStatus` in points,
   * `DataRateThreshold` in bytes/s.
   */
  readonly tunables: Readonly<Record<string, number | string>>;
  readonly attack: {
    readonly analytic: string;
    readonly strategy: string;
    readonly technique: string;
    readonly related: readonly string[];
  };
  readonly evidence: {
    readonly flows: number;
    readonly sources: readonly string[];
    readonly files: readonly string[];
  };
  /** What is normal for this actor: bytes out a day over other hosts of the fleet, and the largest day seen here. */
  readonly baseline: {
    readonly other_hosts: number;
    readonly fleet_hosts: number;
    readonly expected_bytes_out_day: number | null;
    readonly observed_bytes_out_day: number;
  };
  /** Bytes out per UTC day (`YYYY-MM-DD`), ordered by day. */
  readonly days: readonly { readonly day: string; readonly bytes_out: number; readonly bytes_in: number }[];
  readonly flows: readonly FindingFlow[];
  /** The same host and program as other analytics see it: told here once, with each one's name. Absent when none does. */
  readonly also?: readonly OtherAnalytic[];
  /** Findings of a kept store only: how they came about over days, and what people decided. */
  readonly history?: FindingHistory;
}

/** A finding that is told as part of another one; it has an id, and decisions, of its own. */
export interface OtherAnalytic {
  readonly analytic: string;
  readonly id: string;
  readonly risk: number;
  readonly severity: Severity;
  readonly title: string;
}

/** Days are UTC, `YYYY-MM-DD`. */
export interface FindingHistory {
  /** First and last day whose week was judged as this finding. */
  readonly first_judged: string;
  readonly last_judged: string;
  /** The day of the judgement that is shown, the worst one. */
  readonly worst_judged: string;
  /** First day it was medium or above; null while it never was. */
  readonly raised_on: string | null;
  readonly disposition: Disposition | null;
  readonly assignee: string | null;
  readonly notes: number;
  /** Why a closed finding is open again; null when it is not. */
  readonly reopened: string | null;
  /** Name of the approval that decides, null without one. */
  readonly approval: string | null;
}

/** What one host's telemetry can show, measured from the data of the run. */
export interface HostCoverage {
  readonly host: string;
  readonly process: boolean;
  readonly signing: boolean;
  readonly bytes: boolean;
  readonly duration: boolean;
  readonly open_connections: boolean;
  readonly notes: readonly string[];
}

export interface DetectResult {
  readonly schema: typeof FINDINGS_SCHEMA;
  readonly run: {
    readonly started: string;
    readonly window: { readonly start: string | null; readonly end: string | null };
    /** Only records between these times were looked at, as asked for; absent when all were. */
    readonly cut?: { readonly since: string | null; readonly until: string | null };
    readonly baseline: string;
    readonly config: string;
    readonly version: string;
  };
  readonly input: {
    readonly files: number;
    readonly lines: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly hosts: number;
    readonly processes: number;
    readonly flows: number;
    readonly by_source: Readonly<
      Record<
        string,
        { files: number; lines: number; accepted: number; rejected: number; processes: number; flows: number }
      >
    >;
    /** Why lines were rejected, by reason; empty when none was. */
    readonly rejects: Readonly<Record<string, number>>;
    /** Files not read, or not to their end (`read_until_damage`: a compressed file that breaks off), with the reason. */
    readonly skipped_files: readonly { readonly file: string; readonly reason: string }[];
  };
  readonly findings: readonly Finding[];
  readonly coverage: readonly HostCoverage[];
}
