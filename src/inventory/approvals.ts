import type { Approval } from '../config/schema.js';
import type { DetectContext } from '../detect/indicator.js';
import { judge, type Judgement } from '../detect/judge.js';
import { isHidden, isUnder } from '../detect/normal.js';
import type { Destination, Subject } from '../detect/subject.js';
import { formatBytes } from '../report/units.js';

export interface Approved {
  /** The activity stays within the approval's bounds. */
  readonly inside: boolean;
  /** What the approval says, or by what it was exceeded. */
  readonly text: string;
}

/**
 * The approval that covers a judgement, if any. An approval never deletes: inside its bounds the finding is kept as
 * `approved`, outside the finding stands and says by what the bounds were exceeded. Expiry is compared with the
 * activity's own time, so that a later run over the same data says the same.
 */
export function approvalFor(judgement: Judgement, context: DetectContext): Approved | undefined {
  const { subject, destination } = judgement;
  const approval = context.config.approvals.find((entry) =>
    covers(entry, subject, context.telemetry.hostName),
  );
  if (approval === undefined) return undefined;
  const said = `Approved as "${approval.name}" by ${approval.owner}: ${approval.reason}.`;
  const outside = excess(approval, judgement, context);
  if (outside !== undefined) return { inside: false, text: `${said} ${outside}` };
  return destination === undefined ? undefined : { inside: true, text: said };
}

function covers(approval: Approval, subject: Subject, hostName: string): boolean {
  const { process } = subject;
  if (process === undefined) return false;
  if (
    approval.hosts !== undefined &&
    !approval.hosts.some((host) => sameHost(host, subject.hostId) || sameHost(host, hostName))
  ) {
    return false;
  }
  return (
    (approval.executable === undefined || matchesPattern(process.executable, approval.executable)) &&
    (approval.signing_id === undefined || process.signingId === approval.signing_id) &&
    (approval.team_id === undefined || process.teamId === approval.team_id)
  );
}

function excess(
  approval: Approval,
  { subject, destination }: Judgement,
  context: DetectContext,
): string | undefined {
  const end = Date.parse(`${approval.expires}T23:59:59.999Z`);
  if (subject.lastMs > end) return `It expired on ${approval.expires}.`;
  const limit = approval.max_bytes_out_per_day;
  if (limit !== undefined && subject.maxDayOut > limit) {
    return `It allows ${formatBytes(limit)} a day; ${formatBytes(subject.maxDayOut)} left on one.`;
  }
  const { destinations } = approval;
  if (destinations === undefined) return undefined;
  // Where the telemetry hides the place, the approval cannot be held against it.
  const elsewhere = subject.destinations.find(
    (place) =>
      !isHidden(place) &&
      !isCovered(place, destinations) &&
      (place === destination || wouldBeFound(subject, place, context)),
  );
  return elsewhere === undefined ? undefined : `It does not cover ${elsewhere.key}.`;
}

/** Judged alone, the place outside the approval would be a finding worth a look; a stray request is none. */
function wouldBeFound(subject: Subject, place: Destination, context: DetectContext): boolean {
  const alone = judge({ ...subject, destinations: [place] }, context);
  return alone !== undefined && !alone.execOnly && alone.risk >= context.config.severity.low;
}

function isCovered(place: Destination, destinations: readonly string[]): boolean {
  return destinations.some(
    (covered) =>
      isUnder(place.remoteName || place.key, covered) ||
      isUnder(place.key, covered) ||
      place.ips.includes(covered),
  );
}

const sameHost = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `*` stands for any run of characters. */
function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
