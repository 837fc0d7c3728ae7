import { FIRST_ANALYTIC } from '../../approvals/scope.js';
import { ANALYTICS } from '../../detect/analytics/registry.js';
import type { Approval } from '../../config/schema.js';
import { applyApprovals } from '../../approvals/apply.js';
import type { WeekOfUse } from '../load-weeks.js';
import type { GroupOf } from '../../approvals/scope.js';
import { isEligible } from './eligible-place.js';
import { hostActor } from './history.js';
import { vouchFor, type Vouch } from './vouch.js';

const EXCUSED_BY_HABIT: ReadonlySet<string> = new Set(
  ANALYTICS.filter(({ excusedByHabit }) => excusedByHabit).map(({ id }) => id),
);

/** A program on a host for which an approval may be proposed. */
export interface Candidate {
  readonly hostId: string;
  readonly hostName: string;
  readonly actor: string;
  /** Its latest evaluation. */
  readonly latest: WeekOfUse;
  readonly vouch: Vouch;
  /** Keys of the places it was looked at for and which may be approved. */
  readonly places: ReadonlySet<string>;
}

interface Seen {
  latest: WeekOfUse;
  vouch: Vouch | undefined;
  exposed: boolean;
  readonly places: Set<string>;
}

/**
 * Programs whose findings no approval covers and which somebody answers for in every evaluation. `incidents` are ids of
 * findings that people escalated or confirmed: nothing is proposed for these, nor for what was seen there elsewhere.
 */
export async function collectCandidates(
  weeks: AsyncIterable<WeekOfUse>,
  approvals: readonly Approval[],
  incidents: ReadonlySet<string>,
  groupOf: GroupOf,
): Promise<readonly Candidate[]> {
  const seen = new Map<string, Seen>();
  const burnt = new Set<string>();
  for await (const week of weeks) {
    const { facts, evaluatedOn } = week;
    if (incidents.has(week.id)) {
      for (const place of facts.places) burnt.add(placeOf(facts.actor, place.key));
      continue;
    }
    // Only where steady amounts are what the analytic is about does a habit say that all is well.
    if (!EXCUSED_BY_HABIT.has(facts.analytic ?? FIRST_ANALYTIC)) continue;
    if (facts.execOnly || facts.places.length === 0) continue;
    const key = hostActor(facts.hostId, facts.actor);
    const one = seen.get(key) ?? { latest: week, vouch: 'vendor', exposed: false, places: new Set() };
    seen.set(key, one);
    one.latest = week;
    one.vouch = weaker(one.vouch, vouchFor(week));
    one.exposed ||= applyApprovals(facts, approvals, evaluatedOn, groupOf)?.inside !== true;
    for (const place of facts.places) if (isEligible(place)) one.places.add(place.key);
  }
  return [...seen.values()].flatMap(({ latest, vouch, exposed, places }): Candidate[] => {
    if (!exposed || vouch === undefined) return [];
    const { hostId, hostName, actor } = latest.facts;
    const left = new Set([...places].filter((key) => !burnt.has(placeOf(actor, key))));
    return left.size === 0 ? [] : [{ hostId, hostName, actor, latest, vouch, places: left }];
  });
}

const placeOf = (actor: string, key: string): string => `${actor}\n${key}`;

const weaker = (a: Vouch | undefined, b: Vouch | undefined): Vouch | undefined =>
  a === undefined || b === undefined ? undefined : a === 'local' ? a : b;
