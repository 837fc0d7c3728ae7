import type { Severity } from '../ground/vocabulary.js';
import { confirmedIds, type Said } from './said.js';
import { isRaised, type Outcome, type Pair, type Who } from './outcome.js';
import type { DayReplay } from './replay-day.js';

/** Findings at medium or above, each counted once: on the first judged day it is. */
export interface Counts {
  readonly now: number;
  readonly proposed: number;
  /** Of `proposed`, those that what is in force never raises here; of `now`, those that the proposal never raises. */
  readonly new: number;
  readonly lost: number;
}

/** One side of a listed finding, on the day that is shown. */
export interface ListedSide {
  readonly risk: number;
  readonly severity: Severity;
  /** It is told as a finding; below `report.min_risk` it is not. */
  readonly reported: boolean;
  /** Approval that covers it. */
  readonly approval: string | null;
}

export interface ListedChange {
  readonly indicator: string;
  /** Points; 0 where it did not count. */
  readonly before: number;
  readonly after: number;
}

export interface ListedFinding extends Who {
  /** First judged day at medium or above, on the side that raises it. */
  readonly raised_on: string;
  /** The day that is shown: its worst on that side. */
  readonly day: string;
  readonly before: ListedSide;
  readonly after: ListedSide;
  /** Largest change first. */
  readonly changed: readonly ListedChange[];
  /** The last word of people, null without one. */
  readonly verdict: Said | null;
}

/** Findings people confirmed: closed as true positive, or escalated. Ids, ascending. */
export interface Confirmed {
  /** With activity in what was replayed, and without. */
  readonly in_range: number;
  readonly outside_range: number;
  readonly now: number;
  readonly proposed: number;
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  /** Below medium, or approved, under both. */
  readonly below_on_both: readonly string[];
}

export interface Comparison {
  readonly totals: Counts & { readonly earlier: number; readonly later: number };
  /** Raised by the end of the judged day before the range; null without one. */
  readonly standing: Counts | null;
  readonly days: readonly (Counts & { readonly day: string })[];
  readonly new: readonly ListedFinding[];
  readonly lost: readonly ListedFinding[];
  readonly confirmed: Confirmed;
}

interface History {
  readonly days: { readonly day: string; readonly pair: Pair }[];
  now: string | undefined;
  proposed: string | undefined;
}

/**
 * What a proposal would have changed. Pure.
 *
 * @param replays in order of their days; that of `before`, if given, comes first
 * @param said the last word of people, by finding id
 * @param evaluated ids of findings that were judged in the replayed days, at whatever risk
 */
export function compareReplays(
  replays: readonly DayReplay[],
  before: string | undefined,
  said: ReadonlyMap<string, Said>,
  evaluated: ReadonlySet<string>,
): Comparison {
  const histories = historiesOf(replays);
  const entries = [...histories].sort(([a], [b]) => (a < b ? -1 : 1));
  const countsOn = (day: string): Counts => ({
    now: count(entries, (one) => one.now === day),
    proposed: count(entries, (one) => one.proposed === day),
    new: count(entries, (one) => one.now === undefined && one.proposed === day),
    lost: count(entries, (one) => one.proposed === undefined && one.now === day),
  });
  const days = replays.filter(({ day }) => day !== before).map(({ day }) => ({ day, ...countsOn(day) }));
  const standing = before === undefined ? null : countsOn(before);
  const sum = (key: keyof Counts): number => days.reduce((all, one) => all + one[key], standing?.[key] ?? 0);
  return {
    totals: {
      now: sum('now'),
      proposed: sum('proposed'),
      new: sum('new'),
      lost: sum('lost'),
      earlier: count(
        entries,
        ({ now, proposed }) => now !== undefined && proposed !== undefined && proposed < now,
      ),
      later: count(
        entries,
        ({ now, proposed }) => now !== undefined && proposed !== undefined && proposed > now,
      ),
    },
    standing,
    days,
    new: listed(entries, said, 'proposed', (one) => one.now === undefined),
    lost: listed(entries, said, 'now', (one) => one.proposed === undefined),
    confirmed: confirmedOf(histories, said, evaluated),
  };
}

function historiesOf(replays: readonly DayReplay[]): ReadonlyMap<string, History> {
  const histories = new Map<string, History>();
  for (const { day, pairs } of replays) {
    for (const pair of pairs) {
      const history = histories.get(pair.who.id) ?? { days: [], now: undefined, proposed: undefined };
      histories.set(pair.who.id, history);
      history.days.push({ day, pair });
      if (isRaised(pair.now)) history.now ??= day;
      if (isRaised(pair.proposed)) history.proposed ??= day;
    }
  }
  return histories;
}

function listed(
  entries: readonly (readonly [string, History])[],
  said: ReadonlyMap<string, Said>,
  side: 'now' | 'proposed',
  wanted: (history: History) => boolean,
): ListedFinding[] {
  return entries
    .filter(([, history]) => history[side] !== undefined && wanted(history))
    .map(([id, history]): ListedFinding => {
      const { day, pair } = history.days
        .filter((one) => isRaised(one.pair[side]))
        .reduce((worst, one) => (one.pair[side].risk > worst.pair[side].risk ? one : worst));
      return {
        ...pair.who,
        raised_on: history[side]!,
        day,
        before: sideOf(pair.now),
        after: sideOf(pair.proposed),
        changed: changesOf(pair),
        verdict: said.get(id) ?? null,
      };
    })
    .sort((a, b) => riskOf(b, side) - riskOf(a, side) || (a.id < b.id ? -1 : 1));
}

const riskOf = (one: ListedFinding, side: 'now' | 'proposed'): number =>
  side === 'now' ? one.before.risk : one.after.risk;

function sideOf({ risk, severity, reported, approval }: Outcome): ListedSide {
  return { risk, severity, reported, approval };
}

function changesOf({ now, proposed }: Pair): ListedChange[] {
  const ids = [...new Set([...Object.keys(now.indicators), ...Object.keys(proposed.indicators)])];
  return ids
    .map((indicator) => ({
      indicator,
      before: now.indicators[indicator] ?? 0,
      after: proposed.indicators[indicator] ?? 0,
    }))
    .filter(({ before, after }) => before !== after)
    .sort(
      (a, b) =>
        Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.indicator < b.indicator ? -1 : 1),
    );
}

function confirmedOf(
  histories: ReadonlyMap<string, History>,
  said: ReadonlyMap<string, Said>,
  evaluated: ReadonlySet<string>,
): Confirmed {
  const all = confirmedIds(said);
  const inRange = all.filter((id) => histories.has(id) || evaluated.has(id));
  const raised = (side: 'now' | 'proposed') => (id: string) => histories.get(id)?.[side] !== undefined;
  const [now, proposed] = [raised('now'), raised('proposed')];
  return {
    in_range: inRange.length,
    outside_range: all.length - inRange.length,
    now: inRange.filter(now).length,
    proposed: inRange.filter(proposed).length,
    lost: inRange.filter((id) => now(id) && !proposed(id)),
    gained: inRange.filter((id) => !now(id) && proposed(id)),
    below_on_both: inRange.filter((id) => !now(id) && !proposed(id)),
  };
}

function count(
  entries: readonly (readonly [string, History])[],
  test: (history: History) => boolean,
): number {
  return entries.filter(([, history]) => test(history)).length;
}
