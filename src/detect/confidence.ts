import type { DetectContext } from './indicator.js';
import type { Judgement } from './analytic.js';
import { isHidden } from './normal.js';

/**
 * How complete the telemetry behind a finding is, 0 to 1: what was known of the process, its signer and parent, the
 * destination, both byte counts, and enough fleet and time to call something unusual. It says nothing about risk.
 */
export function confidenceOf({ subject, destination }: Judgement, context: DetectContext): number {
  const known: readonly (readonly [boolean, number])[] = [
    [subject.process !== undefined, 0.25],
    [subject.signer !== 'unknown', 0.15],
    [(subject.process?.ancestors.length ?? 0) > 0 || (subject.process?.parentExecutable ?? '') !== '', 0.05],
    [destination !== undefined && !isHidden(destination), 0.15],
    [destination?.named === true || context.telemetry.names >= 0.5, 0.05],
    [subject.outKnown, 0.15],
    [subject.inKnown, 0.05],
    [context.fleetHosts >= context.config.fleet.min_hosts, 0.1],
    [subject.days >= 3 || context.fleetHosts >= 20, 0.05],
  ];
  const sum = known.reduce((total, [is, share]) => total + (is ? share : 0), 0);
  return Math.round(sum * 100) / 100;
}
