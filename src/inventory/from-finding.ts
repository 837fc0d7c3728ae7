import type { Approval } from '../config/schema.js';
import { qualificationOf } from '../approvals/qualification.js';
import { FIRST_ANALYTIC } from '../approvals/scope.js';
import { dualUse } from '../knowledge/dual-use.js';
import type { Signer } from '../ground/vocabulary.js';
import { foldPath } from '../model/fold-path.js';
import type { WeekOfUse } from './load-weeks.js';
import { matchesWildcard } from '../ground/wildcard.js';

/** An approval without what only a person can say. */
export type ApprovalDraft = Omit<Approval, 'name' | 'owner' | 'reason' | 'expires'>;

const VENDORS: ReadonlySet<Signer> = new Set(['developer_id', 'app_store', 'apple', 'apple_platform']);

/** A vendor's certificate, or Apple, vouches for the code. */
export const isVouched = (signer: Signer): boolean => VENDORS.has(signer);

/** Linkers and build tools sign with an id that is new with every build. */
const BUILD_ID = /[-.][0-9a-f]{16,}$/i;

/**
 * The strongest binding the telemetry has for a program. A vendor's or Apple's signature binds alone. Without one the
 * path and who starts it are all there is, and a signing id that anybody may use. General tools are also bound to what
 * they run or who runs them, because "python" alone is nobody. Versions and user names in paths become `*`.
 */
export function bindingFor({ facts, process }: WeekOfUse): ApprovalDraft {
  const { teamId, signingId, executable, actor } = facts;
  const parent = (facts.parent ?? '') === '' ? {} : { parent: patternOf(facts.parent ?? '') };
  const general = dualUse({ executable, name: process.name, signingId }) !== undefined;
  const qualified = qualificationOf(facts).by !== '';
  const nobody = general ? { actor, ...(qualified ? {} : parent) } : {};
  if (teamId !== '' && signingId !== '') return { team_id: teamId, signing_id: signingId, ...nobody };
  if (signingId !== '' && isVouched(process.signer)) return { signing_id: signingId, ...nobody };
  return {
    ...(signingId === '' || BUILD_ID.test(signingId) ? {} : { signing_id: signingId }),
    ...(executable === '' ? {} : { executable: patternOf(executable) }),
    ...(general && qualified ? {} : parent),
    ...nobody,
  };
}

/** The path with versions and user names left open. */
function patternOf(path: string): string {
  const folded = foldPath(path);
  return matchesWildcard(path, folded) ? folded : path;
}

/** How far beyond its largest day a finding's approval reaches. */
const ROOM = 1.5;
/** Shorter connections are no sign of anything (`detection.long_lived_hours`), so that no bound is below. */
const HOUR = 3600;

/**
 * An approval of what a finding showed, on its host: the destinations it was judged at, one and a half times its largest
 * day and, unless a connection is still open, its longest connection in whole hours. `weeks` are its evaluations, at least one, by day.
 */
export function draftFromFinding(weeks: readonly WeekOfUse[]): ApprovalDraft {
  const latest = weeks.at(-1)!;
  const { hostName, hostId } = latest.facts;
  const judged = weeks.flatMap(({ facts }) => (facts.execOnly ? [] : facts.places.slice(0, 1)));
  const destinations = [...new Set(judged.filter((place) => !place.hidden).map((place) => place.key))].sort();
  const most = Math.max(...weeks.map(({ facts }) => facts.maxDayOut));
  const longest = Math.max(...weeks.map(({ facts }) => facts.maxDuration));
  const { analytic = FIRST_ANALYTIC } = latest.facts;
  return {
    ...(analytic === FIRST_ANALYTIC ? {} : { analytic }),
    ...bindingFor(latest),
    hosts: [hostName || hostId],
    ...(destinations.length === 0 ? {} : { destinations }),
    max_bytes_out_per_day: roundUp(most * ROOM, 1e6),
    ...(latest.open || longest <= 0 ? {} : { max_duration_seconds: roundUp(longest * ROOM, HOUR) }),
  };
}

/** Up to a whole multiple of `step`, at least one. */
export const roundUp = (value: number, step: number): number => Math.max(1, Math.ceil(value / step)) * step;
