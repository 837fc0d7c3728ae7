import { WEEK_DAYS } from '../model/days/assemble-week.js';
import { addDays } from '../ground/day.js';
import type { Config } from '../config/schema.js';

/** Days learned from, both included; `YYYY-MM-DD`, UTC. */
export interface LearningWindow {
  readonly from: string;
  readonly until: string;
  /** First day whose week may be judged by it; decisions from here on do not count. */
  readonly appliesFrom: string;
}

/**
 * What the week of `evaluatedOn` is judged by: the days that end before the first week judged in it begins. It changes
 * on Mondays only, so that a week is judged by one baseline and nothing is trained on what it judges.
 *
 * @param evaluatedOn last day of what is judged, `YYYY-MM-DD`, UTC
 */
export function learningWindow(evaluatedOn: string, { baseline }: Pick<Config, 'baseline'>): LearningWindow {
  const monday = mondayOf(evaluatedOn);
  return windowBefore(monday, baseline.learn_days);
}

/** The window whose version applies from the week of `appliesFrom` on. */
export function windowBefore(appliesFrom: string, learnDays: number): LearningWindow {
  const until = addDays(appliesFrom, -WEEK_DAYS);
  return { from: addDays(until, 1 - learnDays), until, appliesFrom };
}

/** The first day that a version learned up to `until` may judge. */
export function appliesAfter(until: string): string {
  return addDays(until, WEEK_DAYS);
}

/** Monday of the ISO week of a day. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}
