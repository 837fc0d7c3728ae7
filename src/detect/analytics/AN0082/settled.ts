import { isPlace } from '../../../knowledge/destination-traits.js';
import type { Destination, Subject } from '../../subject.js';

/** Days of four weeks on which the same was sent to the same place: two working weeks all but two days. */
const SETTLED_DAYS = 8;

/** Times the usual day that is still the same: what varies from day to day within it is nobody's decision. */
const SAME_AMOUNT = 2;

/** From the first third of the learned time to the last: beyond it an amount grows, and growth is what has to be seen. */
const GROWTH = 1.5;

/**
 * A program a vendor signed that this Mac has used for weeks, without ever having been a finding of medium or above: rare
 * here, but not new. It says nothing of amounts.
 */
export function isLongHere(subject: Subject): boolean {
  const { known, signer, tool, drift } = subject;
  return (
    known !== undefined &&
    known.days >= SETTLED_DAYS &&
    !known.pressing &&
    (signer === 'developer_id' || signer === 'app_store') &&
    tool?.policy !== 'deny' &&
    drift === undefined
  );
}

/**
 * Whether this is what this program on this Mac has done for weeks: the same place on most days, about the same amount
 * on each, and not rising. Such days were seen before and were no finding of medium or above; they are none today. What was
 * one and was approved is not settled: when the approval ends it has to be looked at again. Never for tools the knowledge base denies, code that bears another's
 * name, or places that exist to leave something at.
 */
export function isSettled(subject: Subject, destination: Destination): boolean {
  const habit = subject.known;
  const here = destination.known;
  if (habit === undefined || here === undefined || habit.pressing) return false;
  if (subject.tool?.policy === 'deny' || subject.drift !== undefined) return false;
  if (isPlace(destination.service?.kind, 'never_excused')) return false;
  return (
    here.days >= SETTLED_DAYS &&
    destination.maxDayOut <= SAME_AMOUNT * here.medianDay &&
    subject.maxDayOut <= SAME_AMOUNT * habit.medianDay &&
    habit.firstThird > 0 &&
    habit.lastThird <= GROWTH * habit.firstThird
  );
}
