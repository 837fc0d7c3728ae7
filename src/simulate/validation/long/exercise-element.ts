import { isSameHost } from '../../../ground/host-name.js';
import type { Finding } from '../../../ground/finding.js';
import type { Truth } from '../../truth.js';

/** Ordinary life of the exercise that may be behind a false finding. */
export type ExerciseElement = 'clock' | 're-image' | 'update';

/** What the exercise did to the finding's host or program; a clock first, because it reaches everything on a host. */
export function exerciseElement(finding: Finding, { exercise }: Truth): ExerciseElement | null {
  if (exercise === undefined) return null;
  const on = (host: string): boolean => isSameHost(finding.host.name, host);
  const { team_id } = finding.process.signing;
  if (exercise.clocks.some(({ host }) => on(host))) return 'clock';
  if (exercise.reimaged !== null && on(exercise.reimaged.host)) return 're-image';
  const updated = exercise.updates.find((update) => update.team_id === team_id);
  return updated?.hosts.some(({ host }) => on(host)) === true ? 'update' : null;
}
