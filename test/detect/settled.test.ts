import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSettled } from '../../src/detect/analytics/AN0082/settled.js';
import type { Destination, KnownDays, KnownHabit, Subject } from '../../src/detect/subject.js';
import type { ToolMatch } from '../../src/knowledge/match-tool.js';
import { aDestination, aService, aSubject, MB } from '../support/subject.js';

/** Ten days of 50 MB to the same place, and 60 MB on the largest day of the judged week. */
const HERE: KnownDays = { days: 10, medianDay: 50 * MB, maxDay: 60 * MB };
const HABIT: KnownHabit = { ...HERE, firstThird: 50 * MB, lastThird: 50 * MB, pressing: false };

function settled({
  here = {},
  habit = {},
  destination = {},
  subject = {},
}: {
  here?: Partial<KnownDays> | null;
  habit?: Partial<KnownHabit> | null;
  destination?: Partial<Destination>;
  subject?: Partial<Omit<Subject, 'process' | 'destinations'>>;
}): boolean {
  const place = aDestination({
    bytesOut: 300 * MB,
    maxDayOut: 60 * MB,
    known: here === null ? undefined : { ...HERE, ...here },
    ...destination,
  });
  const who = aSubject([place], {
    maxDayOut: 60 * MB,
    known: habit === null ? undefined : { ...HABIT, ...habit },
    ...subject,
  });
  return isSettled(who, place);
}

const aTool = (policy: ToolMatch['policy']): ToolMatch => ({
  family: 'example',
  category: 'proxyware',
  policy,
  matchedOn: 'name',
  techniques: [],
});

describe('what a Mac has done for weeks', () => {
  it('is settled', () => {
    expect(settled({})).toBe(true);
  });

  it.each<[string, Parameters<typeof settled>[0]]>([
    ['the program is new to this Mac', { habit: null }],
    ['the place is new to it', { here: null }],
    ['it was a finding of medium or above', { habit: { pressing: true } }],
    ['it was sent there on seven days only', { here: { days: 7 } }],
    ['more than twice as much goes there', { destination: { maxDayOut: 100 * MB + 1 } }],
    ['more than twice as much goes out in all', { subject: { maxDayOut: 100 * MB + 1 } }],
    ['it grew while it was learned', { habit: { lastThird: 75 * MB + 1 } }],
    ['it sent nothing in the first third', { habit: { firstThird: 0, lastThird: 0 } }],
    ['the tool is one that nobody should have', { subject: { tool: aTool('deny') } }],
    [
      'the code bears the name of another',
      { subject: { drift: { id: 'apple.system', name: 'curl', expected: ['Apple'], by: 'path' } } },
    ],
    ...(['file_drop', 'paste', 'malware', 'proxyware', 'webhook', 'torrent', 'tunnel'] as const).map(
      (kind): [string, Parameters<typeof settled>[0]] => [
        `the place is of kind ${kind}`,
        { destination: { service: aService(kind) } },
      ],
    ),
  ])('is not settled when %s', (_, change) => {
    expect(settled(change)).toBe(false);
  });

  it.each<[string, Parameters<typeof settled>[0]]>([
    ['on eight days', { here: { days: 8 } }],
    ['at twice the usual day', { destination: { maxDayOut: 100 * MB }, subject: { maxDayOut: 100 * MB } }],
    ['when it grew by half', { habit: { lastThird: 75 * MB } }],
    ['when it shrank', { habit: { lastThird: 1 } }],
    ['at a storage service', { destination: { service: aService('cloud_storage') } }],
    ['for a tool that is not denied', { subject: { tool: aTool('review') } }],
  ])('is settled still %s', (_, change) => {
    expect(settled(change)).toBe(true);
  });
});

/** What a baseline of those days knows, in the words of baseline/sql/version-hosts.sql. */
function learned(days: readonly number[]): KnownHabit {
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const third = Math.max(1, Math.ceil(days.length / 3));
  return {
    days: days.length,
    medianDay: median(days),
    maxDay: Math.max(...days),
    firstThird: median(days.slice(0, third)),
    lastThird: median(days.slice(-third)),
    pressing: false,
  };
}

/**
 * Whether the last week of these days is taken for what the days before did. A baseline is learned from up to four weeks that
 * end `gap` days before the judged week: it changes on Mondays only.
 */
function isLastWeekSettled(days: readonly number[], gap: number): boolean {
  const known = learned(days.slice(0, days.length - 7 - gap).slice(-28));
  const most = Math.max(...days.slice(-7));
  return settled({
    here: known,
    habit: known,
    destination: { maxDayOut: most, bytesOut: most },
    subject: { maxDayOut: most },
  });
}

const shakes = (most: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -most, max: most, noNaN: true }), { minLength: 60, maxLength: 60 });

describe('a slow ramp', () => {
  const RAMPS: Readonly<Record<string, (times: number, day: number) => number>> = {
    linear: (times, day) => 1 + ((times - 1) * day) / 13,
    geometric: (times, day) => times ** (day / 13),
  };

  it.each(Object.keys(RAMPS))('is not settled at its top, nor for two weeks after: %s', (shape) => {
    fc.assert(
      fc.property(
        fc.record({
          start: fc.integer({ min: 1, max: 1e9 }),
          times: fc.double({ min: 4, max: 1000, noNaN: true }),
          before: fc.integer({ min: 0, max: 28 }),
          after: fc.integer({ min: 0, max: 14 }),
          gap: fc.integer({ min: 0, max: 6 }),
          shake: shakes(0.1),
        }),
        ({ start, times, before, after, gap, shake }) => {
          const days = Array.from({ length: before + 14 + after }, (_, day) => {
            const ramp = RAMPS[shape]!(times, Math.min(13, Math.max(0, day - before)));
            return start * ramp * (1 + shake[day]!);
          });
          expect(isLastWeekSettled(days, gap)).toBe(false);
        },
      ),
      { seed: 20_260_302, numRuns: 2000 },
    );
  });

  it('is what an even habit is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 1e9 }),
        shakes(0.15),
        fc.integer({ min: 0, max: 6 }),
        (start, shake, gap) => {
          const days = shake.slice(0, 28).map((part) => start * (1 + part));
          expect(isLastWeekSettled(days, gap)).toBe(true);
        },
      ),
      { seed: 20_260_302, numRuns: 500 },
    );
  });
});
