import { DAY, HOUR, MINUTE, type Window } from '../machine.js';
import type { Random } from '../random.js';
import type { Role } from './role.js';

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** When one Mac is on, when its user works, and when they meet. All times are epoch milliseconds. */
export interface Calendar {
  /** From boot to shutdown; the first may have begun before the window. */
  readonly boots: readonly Interval[];
  readonly awake: readonly Interval[];
  readonly active: readonly Interval[];
  readonly meetings: readonly Interval[];
}

const MEETINGS_A_DAY: Readonly<Record<Role, number>> = {
  developer: 2,
  designer: 2,
  sales: 4,
  finance: 2,
  executive: 5,
  scientist: 1.5,
  it: 1.5,
  support: 1,
  media: 1.5,
  ci: 0,
};

export interface CalendarOptions {
  readonly window: Window;
  readonly role: Role;
  readonly utcOffsetMinutes: number;
  /** Never sleeps: a server, a CI machine, a Mac on a desk with sleep switched off. */
  readonly alwaysOn: boolean;
}

export function makeCalendar(random: Random, options: CalendarOptions): Calendar {
  const { window, role, alwaysOn } = options;
  const awake: Interval[] = [];
  const active: Interval[] = [];
  const meetings: Interval[] = [];
  const usualStart = random.between(7.3, 10) * HOUR;
  const usualLength = random.between(7, 10.5) * HOUR;
  const eveningHabit = random.between(0, 0.5);
  const weekendHabit = random.between(0, 0.4);
  const localDay0 = Math.floor((window.start + options.utcOffsetMinutes * MINUTE) / DAY) - 1;
  const lastDay = Math.ceil((window.end + options.utcOffsetMinutes * MINUTE) / DAY);
  for (let day = localDay0; day <= lastDay; day++) {
    const own = random.child(`day ${day}`);
    const midnight = day * DAY - options.utcOffsetMinutes * MINUTE;
    if (role === 'ci') continue;
    const weekday = (day + 4) % 7;
    const weekend = weekday === 0 || weekday === 6;
    if (weekend ? !own.chance(weekendHabit) : own.chance(0.04)) continue;
    const start = midnight + usualStart + own.normal() * 30 * MINUTE + (weekend ? 2 * HOUR : 0);
    const length = weekend
      ? own.between(0.5, 3) * HOUR
      : Math.max(3 * HOUR, usualLength + own.normal() * 45 * MINUTE);
    const lunch = start + own.between(3, 4.5) * HOUR;
    const end = start + length;
    if (lunch + HOUR < end) {
      active.push({ start, end: lunch }, { start: lunch + own.between(0.4, 1.2) * HOUR, end });
    } else active.push({ start, end });
    awake.push({ start: start - own.between(1, 20) * MINUTE, end: end + own.between(5, 40) * MINUTE });
    if (own.chance(eveningHabit)) {
      const evening = end + own.between(1, 3) * HOUR;
      const until = evening + own.between(0.3, 2) * HOUR;
      active.push({ start: evening, end: until });
      awake.push({ start: evening - 3 * MINUTE, end: until + 10 * MINUTE });
    }
    for (let i = own.poisson(weekend ? 0 : MEETINGS_A_DAY[role]); i > 0; i--) {
      const at = start + Math.floor(own.between(0.5, Math.max(1, length / HOUR - 1)) * 2) * (HOUR / 2);
      meetings.push({
        start: at + own.between(-2, 4) * MINUTE,
        end: at + own.pick([25, 30, 45, 50, 60, 60, 90]) * MINUTE,
      });
    }
  }
  const on = alwaysOn ? [{ start: window.start - DAY, end: window.end + DAY }] : merged(awake);
  return {
    boots: makeBoots(random.child('boots'), window, on),
    awake: clipped(on, window),
    active: clipped(merged(active), window),
    meetings: clipped(merged(meetings), window),
  };
}

/** Most Macs are restarted when logging is rolled out; on the rest, long-running processes predate the window. */
function makeBoots(random: Random, window: Window, awake: readonly Interval[]): Interval[] {
  const boots: Interval[] = [];
  let start = random.chance(0.2)
    ? window.start - random.between(1, 9) * DAY
    : window.start + random.between(1, 20) * MINUTE;
  for (const interval of awake) {
    if (interval.start <= window.start + DAY || interval.start >= window.end || !random.chance(0.07))
      continue;
    boots.push({ start, end: interval.start });
    start = interval.start + 2 * MINUTE;
  }
  boots.push({ start, end: window.end + DAY });
  return boots;
}

function merged(intervals: readonly Interval[]): Interval[] {
  const result: { start: number; end: number }[] = [];
  for (const interval of [...intervals].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && interval.start <= last.end) last.end = Math.max(last.end, interval.end);
    else result.push({ ...interval });
  }
  return result;
}

function clipped(intervals: readonly Interval[], window: Window): Interval[] {
  return intervals
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => end - start > MINUTE);
}
