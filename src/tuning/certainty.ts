import { formatPlural } from '../ground/units.js';

/** How far figures of some days can be trusted for the days to come. */
export interface Certainty {
  readonly days: number;
  readonly hosts: number;
  readonly confirmed: number;
  /** Bounds between which the true alerts a day lie in 95 of 100 cases, if they come independently. */
  readonly alerts_per_day: readonly [low: number, high: number];
  /** What makes it less sure, in sentences. */
  readonly doubts: readonly string[];
}

/** Two working weeks: fewer days do not show what comes once a week twice. */
const ENOUGH_DAYS = 14;
/** One odd Mac of fewer weighs too much. */
const ENOUGH_HOSTS = 20;
/** Losing none of fewer says little. */
const ENOUGH_CONFIRMED = 5;
/** 95 of 100, two-sided. */
const Z = 1.96;

export function certaintyOf(known: {
  readonly days: number;
  readonly hosts: number;
  readonly confirmed: number;
  readonly alerts: number;
}): Certainty {
  const { days, hosts, confirmed, alerts } = known;
  const [low, high] = poissonBounds(alerts);
  return {
    days,
    hosts,
    confirmed,
    alerts_per_day: [low / days, high / days],
    doubts: [
      ...(days < ENOUGH_DAYS ? [`${formatPlural(days, 'day')} of history: less than two weeks.`] : []),
      ...(hosts < ENOUGH_HOSTS ? [`${formatPlural(hosts, 'host')}: one odd Mac weighs much.`] : []),
      ...(confirmed === 0
        ? ['No confirmed incident: only risk says what is worth keeping.']
        : confirmed < ENOUGH_CONFIRMED
          ? [`${formatPlural(confirmed, 'confirmed incident')}: the next one may look different.`]
          : []),
    ],
  };
}

/** Byar's approximation of the exact bounds of a Poisson mean, within 2 % of them. */
export function poissonBounds(count: number): readonly [low: number, high: number] {
  const bound = (k: number, z: number): number => k * (1 - 1 / (9 * k) + z / (3 * Math.sqrt(k))) ** 3;
  return [count === 0 ? 0 : Math.max(0, bound(count, -Z)), bound(count + 1, Z)];
}
