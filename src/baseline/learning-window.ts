import type { Config } from '../config/schema.js';

/** Days learned from, both included; `YYYY-MM-DD`, UTC. */
export interface LearningWindow {
  readonly from: string;
  readonly until: string;
  /** First day whose week may be judged by it; decisions from here on do not count. */
  readonly appliesFrom: string;
}

/** Days of one judgement: a day is judged with the six before it. */
const JUDGED_DAYS = 7;

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
  const until = addDays(appliesFrom, -JUDGED_DAYS);
  return { from: addDays(until, 1 - learnDays), until, appliesFrom };
}

/** The first day that a version learned up to `until` may judge. */
export function appliesAfter(until: string): string {
  return addDays(until, JUDGED_DAYS);
}

/** Monday of the ISO week of a day. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** `YYYY-MM-DD` some days later or, negative, earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
