/**
 * Digits below the millisecond keep the order of events that share one: first the process, then its connections,
 * then their ends. Each kind has a tenth of the millisecond.
 */
const PHASE = { fork: 0, start: 1, open: 4, close: 6, exit: 9 } as const;

export type Phase = keyof typeof PHASE;

/** Nanoseconds inside the millisecond, 0 to 999,999; `salt` is any number of the event. */
export function nanosecondsInMillisecond(phase: Phase, salt: number): number {
  return PHASE[phase] * 100_000 + (salt % 100_000);
}

/** ISO 8601 UTC with `digits` (3 to 9) of a second; `ms` is epoch milliseconds. */
export function isoTime(ms: number, digits: number, nanoseconds = 0): string {
  const millis = new Date(Math.floor(ms)).toISOString().slice(0, -1);
  return `${millis}${String(nanoseconds)
    .padStart(6, '0')
    .slice(0, digits - 3)}Z`;
}
