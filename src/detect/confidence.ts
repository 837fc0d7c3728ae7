import type { DetectContext } from './indicator.js';
import type { Judgement } from './analytic.js';
import { isHidden } from './normal.js';
import { WEIGHTS, type Weight } from './weights.js';

/**
 * How complete the telemetry behind a finding is, 0 to 1: what was known of the process, its signer and parent, the
 * destination, both byte counts, and enough fleet and time to call something unusual. It says nothing about risk.
 */
export function confidenceOf({ subject, destination }: Judgement, context: DetectContext): number {
  const known: readonly (readonly [boolean, Weight])[] = [
    [subject.process !== undefined, WEIGHTS.confidence_process],
    [subject.signer !== 'unknown', WEIGHTS.confidence_signer],
    [
      (subject.process?.ancestors.length ?? 0) > 0 || (subject.process?.parentExecutable ?? '') !== '',
      WEIGHTS.confidence_parent,
    ],
    [destination !== undefined && !isHidden(destination), WEIGHTS.confidence_destination],
    [
      destination?.named === true || context.telemetry.names >= WEIGHTS.confidence_named_share.value,
      WEIGHTS.confidence_name,
    ],
    [subject.outKnown, WEIGHTS.confidence_bytes_out],
    [subject.inKnown, WEIGHTS.confidence_bytes_in],
    [context.fleetHosts >= context.config.fleet.min_hosts, WEIGHTS.confidence_fleet],
    [
      subject.days >= WEIGHTS.confidence_days.value || context.fleetHosts >= WEIGHTS.confidence_hosts.value,
      WEIGHTS.confidence_history,
    ],
  ];
  const sum = known.reduce((total, [is, share]) => total + (is ? share.value : 0), 0);
  return Math.round(sum * 100) / 100;
}
