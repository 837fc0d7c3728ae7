import type { Interval } from '../fleet/calendar.js';
import { DAY, HOUR, MINUTE, SECOND, type Window } from '../machine.js';
import type { Random } from '../random.js';
import type { Scenario } from '../scenarios/scenario.js';

/** Incidents that start in the first week, and between it and the end of the learning days; the rest start later. */
const FIRST_WEEK_SHARE = 0.2;
const LEARNING_SHARE = 0.1;

/** A case of the whole fleet reaches its hosts within these days. */
const FLEET_WIDE_SPREAD = 2 * DAY;

export interface ExerciseTimes {
  readonly window: Window;
  /** End of the first week, and of the learning days. */
  readonly week: number;
  readonly learned: number;
}

/** Fourteen of thirty days are for learning, seven of them the first week; shorter exercises shrink both. */
export function exerciseTimes(window: Window): ExerciseTimes {
  const days = Math.round((window.end - window.start) / DAY);
  const learning = Math.max(1, days >= 21 ? 14 : Math.round((days * 14) / 30));
  const week = days >= 21 ? 7 * DAY : (learning * DAY) / 2;
  return { window, week: window.start + week, learned: window.start + learning * DAY };
}

/**
 * When an incident of the exercise starts: some in the first week, most after the learning days, while somebody works
 * where it needs that, and early enough for its campaign. Hosts of a fleet-wide case share `fleet`'s draw.
 */
export function exerciseStart(
  scenario: Scenario,
  active: readonly Interval[],
  times: ExerciseTimes,
  random: Random,
  fleet: Random,
): number {
  const { window } = times;
  if (scenario.fromTheStart === true) return window.start + random.between(0.5, 3) * HOUR;
  if (scenario.kind === 'benign' && scenario.fleetWide === true) {
    const spread = Math.min(FLEET_WIDE_SPREAD, (window.end - window.start) * 0.2);
    const [from, to] = bandOf(scenario, times, fleet);
    return Math.round(fleet.between(from, Math.max(from, to - spread)) + random.between(0, spread));
  }
  const [from, to] = bandOf(scenario, times, random);
  if (scenario.presence === 'active') {
    const fitting = within(active, from, to);
    const usable = fitting.length > 0 ? fitting : within(active, window.start + HOUR, window.end - HOUR);
    if (usable.length > 0) {
      const interval = random.pick(usable);
      return Math.round(random.between(interval.start, interval.end));
    }
  }
  return Math.round(random.between(from, to));
}

function bandOf(scenario: Scenario, times: ExerciseTimes, random: Random): readonly [number, number] {
  const { window, week, learned } = times;
  const earliest = window.start + Math.min(DAY, (window.end - window.start) * 0.05);
  const latest = window.end - scenario.campaign * SECOND * 1.5 - 2 * HOUR;
  const draw = random.next();
  if (latest < learned + 6 * HOUR) return [earliest, Math.max(earliest + HOUR, Math.min(week, latest))];
  if (draw < FIRST_WEEK_SHARE) return [earliest, week];
  if (draw < FIRST_WEEK_SHARE + LEARNING_SHARE) return [week, learned];
  return [learned, latest];
}

function within(intervals: readonly Interval[], from: number, to: number): Interval[] {
  return intervals
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => end - start > 5 * MINUTE);
}
