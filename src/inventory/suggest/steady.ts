/** Bytes out of one UTC day. */
export interface DayAmount {
  readonly day: string;
  readonly bytes: number;
}

/** A working week: less is no habit. */
export const LEAST_DAYS = 5;
/** The largest day over the median one: the spread of normal days between people, as in `detection.volume_over_others`. */
const MOST_SPREAD = 3;
/** The last third over the first: more is growth, however slow. */
const MOST_GROWTH = 1.5;
/** Growth that counts where nearly every day is above those before it. */
const STEADY_GROWTH = 1.1;
/** Share of rising pairs of days minus falling ones (Kendall's tau) from which a growth is steady. */
const STEADY_TREND = 0.5;

/**
 * Whether days with traffic, ascending, are a habit: enough of them, none far above the others, and not more and more. A
 * slow ramp is what somebody does who wants to become normal, so it is turned down however gentle.
 */
export function isSteady(days: readonly DayAmount[]): boolean {
  if (days.length < LEAST_DAYS) return false;
  const amounts = days.map(({ bytes }) => bytes);
  return Math.max(...amounts) <= MOST_SPREAD * median(amounts) && !isGrowing(amounts);
}

function isGrowing(amounts: readonly number[]): boolean {
  const third = Math.max(1, Math.floor(amounts.length / 3));
  const growth = median(amounts.slice(-third)) / Math.max(1, median(amounts.slice(0, third)));
  return growth > MOST_GROWTH || (growth > STEADY_GROWTH && trendOf(amounts) >= STEADY_TREND);
}

/** Kendall's tau: 1 where every day is above all before it, -1 where below. */
function trendOf(amounts: readonly number[]): number {
  let rising = 0;
  for (const [at, amount] of amounts.entries()) {
    for (const later of amounts.slice(at + 1)) rising += Math.sign(later - amount);
  }
  return rising / ((amounts.length * (amounts.length - 1)) / 2);
}

/** The largest day that is no outlier among them; 0 without days. */
export function usualDay(days: readonly DayAmount[]): number {
  const amounts = days.map(({ bytes }) => bytes);
  const limit = MOST_SPREAD * median(amounts);
  return Math.max(0, ...amounts.filter((bytes) => bytes <= limit));
}

/** The lower one of two in the middle; 0 of nothing. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
