import type { FleetHost } from '../fleet/host.js';
import { iso } from '../incident.js';
import { DAY, HOUR, MINUTE, type Window } from '../machine.js';
import type { Random } from '../random.js';
import type { ClockFault } from './exercise-truth.js';

/** Where a Mac's clock lands that lost its time: the epochs of Unix and of Apple's frameworks, and an old image. */
const LOST_TIMES = [Date.UTC(1970, 0, 1), Date.UTC(2001, 0, 1), Date.UTC(2016, 6, 1)] as const;

export interface WrongClock {
  readonly shown: (at: number) => number;
  readonly truth: ClockFault;
}

/**
 * A clock that is wrong for a while, around something the Mac does in the second half of `window`: some hours three
 * days ahead, or some minutes years back.
 */
export function wrongClock(
  kind: ClockFault['kind'],
  host: FleetHost,
  window: Window,
  random: Random,
): WrongClock | undefined {
  const wanted = window.start + (window.end - window.start) * random.between(0.5, 0.7);
  const flows = host.machine.flows.filter((flow) => flow.start >= wanted).sort((a, b) => a.start - b.start);
  const first = flows[0];
  if (first === undefined) return undefined;
  const from = first.start;
  const length = kind === 'ahead' ? random.between(2, 6) * HOUR : random.between(3, 12) * MINUTE;
  const until = Math.min(window.end, Math.round(from + length));
  const offset =
    kind === 'ahead'
      ? Math.round(3 * DAY + random.between(-4, 4) * HOUR)
      : random.pick(LOST_TIMES) + random.integer(1, 600) * 1000 - from;
  return {
    shown: (at) => (at >= from && at < until ? at + offset : at),
    truth: { host: host.host.name, kind, from: iso(from), until: iso(until), offset_ms: offset },
  };
}
