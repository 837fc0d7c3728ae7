import type { Approval } from '../config/schema.js';
import { formatBytes, formatDuration } from '../ground/units.js';
import type { ApprovalFacts, ApprovalPlace } from './facts.js';
import { byNarrowness, lastDay } from './narrowness.js';
import { coversPlace, isAbout, type GroupOf } from './scope.js';

export interface Approved {
  /** The approval that decides. */
  readonly name: string;
  /** The activity stays within the approval's bounds. */
  readonly inside: boolean;
  /** What the approval says, or why it does not hold. */
  readonly text: string;
}

/**
 * The approval that decides on what was judged, if one speaks about this program and host. Inside its bounds activity is
 * approved; outside them it stands and says why. Of several that hold, the narrowest decides, and its bounds count even
 * where a wider one would be kept.
 *
 * An approval holds for the evaluation of a day up to its last one, and ever after for activity that ended by then: its
 * end opens what goes on, not what was. Pure: the same arguments give the same answer.
 *
 * @param evaluatedOn last day of what was judged, `YYYY-MM-DD`, UTC
 */
export function applyApprovals(
  facts: ApprovalFacts,
  approvals: readonly Approval[],
  evaluatedOn: string,
  groupOf: GroupOf,
): Approved | undefined {
  const about = approvals.filter((approval) => isAbout(approval, facts, groupOf)).sort(byNarrowness);
  const current = about.filter((approval) => !hasEnded(approval, facts, evaluatedOn));
  const [judged] = facts.execOnly ? [] : facts.places;
  const decides = current.find((approval) => judged === undefined || coversPlace(approval, judged));
  if (decides === undefined) return whyNot(about, judged, facts, evaluatedOn);
  const outside = excess(decides, current, facts);
  if (outside !== undefined) return verdict(decides, outside);
  return judged === undefined ? undefined : verdict(decides);
}

function hasEnded(approval: Approval, facts: ApprovalFacts, evaluatedOn: string): boolean {
  const end = lastDay(approval);
  return evaluatedOn > end && facts.lastMs > Date.parse(`${end}T23:59:59.999Z`);
}

function verdict(approval: Approval, outside?: string): Approved {
  const said = `Approved as "${approval.name}" by ${approval.owner}: ${approval.reason}.`;
  return {
    name: approval.name,
    inside: outside === undefined,
    text: outside === undefined ? said : `${said} ${outside}`,
  };
}

/** An approval that covered the place and has ended tells more than one that never covered it. */
function whyNot(
  about: readonly Approval[],
  judged: ApprovalPlace | undefined,
  facts: ApprovalFacts,
  evaluatedOn: string,
): Approved | undefined {
  const nearest =
    about.find((approval) => judged === undefined || coversPlace(approval, judged)) ??
    about.find((approval) => !hasEnded(approval, facts, evaluatedOn)) ??
    about[0];
  if (nearest === undefined) return undefined;
  if (!hasEnded(nearest, facts, evaluatedOn))
    return verdict(nearest, `It does not cover ${judged?.key ?? ''}.`);
  const { revoked, expires } = nearest;
  return verdict(
    nearest,
    revoked !== undefined && revoked < expires
      ? `It was revoked on ${revoked}.`
      : `It expired on ${expires}.`,
  );
}

/** By what the activity exceeds the approval that decides, and those that cover what else was looked at. */
function excess(decides: Approval, current: readonly Approval[], facts: ApprovalFacts): string | undefined {
  const elsewhere = facts.places.filter((place) => !coversPlace(decides, place));
  const others = elsewhere.map((place) => current.find((approval) => coversPlace(approval, place)));
  if (others.every((other) => other === undefined)) {
    const outside = beyondBytes(decides, facts.maxDayOut) ?? beyondDuration(decides, facts.maxDuration);
    const [first] = elsewhere;
    return outside ?? (first === undefined ? undefined : `It does not cover ${first.key}.`);
  }
  for (const [index, place] of elsewhere.entries()) {
    const other = others[index];
    if (other === undefined) return `It does not cover ${place.key}.`;
    const outside = beyondBytes(other, place.maxDayOut) ?? beyondDuration(other, place.maxDuration);
    if (outside !== undefined) return `"${other.name}", which covers ${place.key}, is exceeded. ${outside}`;
  }
  // Bytes are bounded over all places: approvals that share these allow together what each allows.
  const sharing = [...new Set([decides, ...others.filter((other) => other !== undefined)])];
  const limit = sharing.reduce((sum, one) => sum + (one.max_bytes_out_per_day ?? Infinity), 0);
  const own = facts.places.filter((place) => coversPlace(decides, place));
  if (facts.maxDayOut > limit) {
    const names = sharing.map(({ name }) => `"${name}"`).join(' and ');
    return `Together ${names} allow ${formatBytes(limit)} a day; ${formatBytes(facts.maxDayOut)} left on one.`;
  }
  return beyondDuration(decides, Math.max(0, ...own.map((place) => place.maxDuration)));
}

function beyondBytes({ max_bytes_out_per_day: limit }: Approval, most: number): string | undefined {
  return limit === undefined || most <= limit
    ? undefined
    : `It allows ${formatBytes(limit)} a day; ${formatBytes(most)} left on one.`;
}

function beyondDuration({ max_duration_seconds: limit }: Approval, longest: number): string | undefined {
  return limit === undefined || longest <= limit
    ? undefined
    : `It allows connections of ${formatDuration(limit)}; one lasted ${formatDuration(longest)}.`;
}
