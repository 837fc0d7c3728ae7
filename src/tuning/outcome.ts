import { type Finding } from '../ground/finding.js';
import { isPressingSeverity, type Severity } from '../ground/vocabulary.js';
import { baseName } from '../knowledge/program.js';

/** What one configuration makes of one program on one host on one judged day. */
export interface Outcome {
  readonly risk: number;
  readonly severity: Severity;
  /** It is a finding at all; below `report.min_risk` it is judged and not told. */
  readonly reported: boolean;
  /** Name of the approval inside whose bounds it is. */
  readonly approval: string | null;
  /** Points by indicator. */
  readonly indicators: Readonly<Record<string, number>>;
}

/** Who is judged, as people are told. Untrusted text. */
export interface Who {
  /** Id of the finding. */
  readonly id: string;
  readonly host: { readonly id: string; readonly name: string };
  readonly program: string;
  readonly actor: string;
  /** Where it was judged at; null when it sent nothing, an empty name where the telemetry hides it. */
  readonly destination: { readonly name: string; readonly port: number } | null;
}

/** A day's outcome under what is in force and under what is proposed; at least one of them raises it. */
export interface Pair {
  readonly who: Who;
  readonly now: Outcome;
  readonly proposed: Outcome;
}

/** What findings and the columns of evaluations have in common. */
export type Told = Pick<Finding, 'id' | 'host' | 'process' | 'destinations'>;

export const NOTHING: Outcome = {
  risk: 0,
  severity: 'informational',
  reported: false,
  approval: null,
  indicators: {},
};

/** It would be in an analyst's queue. */
export function isRaised({ reported, approval, severity }: Outcome): boolean {
  return reported && approval === null && isPressingSeverity(severity);
}

export function whoOf({ id, host, process, destinations }: Told): Who {
  const [place] = destinations;
  return {
    id,
    host,
    program: process.name || baseName(process.executable ?? '') || 'unknown process',
    actor: process.actor,
    destination: place === undefined ? null : { name: place.name ?? place.ip[0] ?? '', port: place.port },
  };
}

export function pointsOf(indicators: Finding['indicators']): Readonly<Record<string, number>> {
  return Object.fromEntries(indicators.map(({ id, points }) => [id, points]));
}
