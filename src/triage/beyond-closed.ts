import type { Disposition, Severity } from '../ground/vocabulary.js';
import { SEVERITIES } from '../ground/vocabulary.js';
import { formatBytes } from '../ground/units.js';
import type { ClosedFinding } from '../decisions/detail.js';

/** What one evaluation of a closed finding shows. */
export interface LaterWeek {
  readonly evaluatedOn: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly lastSeen: string;
  readonly severity: Severity;
  /** Keys of the destinations it was judged at. */
  readonly places: readonly string[];
  /** Ids of its behaviour indicators. */
  readonly behaviours: readonly string[];
  readonly days: readonly { readonly day: string; readonly bytes_out: number }[];
}

/** How much more than on the largest day that was closed must leave on one day, for more of the same to be news. */
const GROWN = 2;

/**
 * What goes beyond a closed finding, as clauses; none when it stays closed. Only evaluations with activity after what
 * was closed count: a higher severity, a new place, a new behaviour, or a day more than twice the largest one. After a
 * true positive any of them does: an incident that goes on is not over.
 */
export function beyondClosed(
  closed: ClosedFinding,
  disposition: Disposition,
  evaluations: readonly LaterWeek[],
): readonly string[] {
  const later = evaluations
    .filter(({ lastSeen }) => lastSeen > closed.last_seen)
    .sort((a, b) => (a.evaluatedOn < b.evaluatedOn ? -1 : 1));
  const [first] = later;
  if (first === undefined) return [];
  const reasons = [
    higherSeverity(closed, later),
    newPlaces(closed, later),
    largerDay(closed, later),
    newBehaviours(closed, later),
  ].filter((reason) => reason !== undefined);
  return reasons.length === 0 && disposition === 'true_positive'
    ? [`it was active again, until ${latestOf(later)}`]
    : reasons;
}

function higherSeverity(closed: ClosedFinding, later: readonly LaterWeek[]): string | undefined {
  const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
  const highest = later.reduce((worst, one) => (rank(one.severity) > rank(worst.severity) ? one : worst));
  return rank(highest.severity) > rank(closed.severity)
    ? `it was judged ${highest.severity} on ${highest.evaluatedOn}, not ${closed.severity} as when closed`
    : undefined;
}

function newPlaces(closed: ClosedFinding, later: readonly LaterWeek[]): string | undefined {
  const places = unknownTo(closed.places, later, (one) => one.places);
  return places.length === 0 ? undefined : `it was judged at ${listed(places)}, which was not closed`;
}

function newBehaviours(closed: ClosedFinding, later: readonly LaterWeek[]): string | undefined {
  const behaviours = unknownTo(closed.behaviours, later, (one) => one.behaviours);
  return behaviours.length === 0 ? undefined : `it also shows ${listed(behaviours)}`;
}

/** The day on which what was closed ended counts with all that left on it. */
function largerDay(closed: ClosedFinding, later: readonly LaterWeek[]): string | undefined {
  const from = closed.last_seen.slice(0, 10);
  const largest = later
    .flatMap(({ days }) => days)
    .filter(({ day }) => day >= from)
    .reduce((most, one) => (one.bytes_out > most.bytes_out ? one : most), { day: '', bytes_out: 0 });
  return largest.bytes_out > GROWN * closed.max_day_bytes
    ? `it sent ${formatBytes(largest.bytes_out)} on ${largest.day}, when the largest day closed was ${formatBytes(closed.max_day_bytes)}`
    : undefined;
}

function unknownTo(
  known: readonly string[],
  later: readonly LaterWeek[],
  of: (one: LaterWeek) => readonly string[],
): string[] {
  const before = new Set(known);
  return [...new Set(later.flatMap(of))].filter((one) => !before.has(one)).sort();
}

const NAMED = 3;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const latestOf = (later: readonly LaterWeek[]): string =>
  later
    .map(({ lastSeen }) => lastSeen)
    .reduce((a, b) => (a > b ? a : b))
    .slice(0, 16)
    .replace('T', ' ');
