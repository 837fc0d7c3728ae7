import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysToJudge } from '../../src/detect/stale-weeks.js';
import { addDays } from '../../src/ground/day.js';

const judgedOf = (days: readonly string[]): readonly string[] =>
  daysToJudge(days.map((day) => ({ day, fingerprint: day }))).map(({ day }) => day);
const from = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, nth) => addDays(first, nth));

describe('days whose week is judged', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['none in an empty store', [], []],
    ['the only one', ['2026-03-02'], ['2026-03-02']],
    ['the last of less than a week', from('2026-03-02', 4), ['2026-03-05']],
    ['the last of a week', from('2026-03-02', 7), ['2026-03-08']],
    ['from then on each', from('2026-03-02', 10), ['2026-03-08', '2026-03-09', '2026-03-10', '2026-03-11']],
    [
      'the last before a long gap, and those after',
      ['2026-03-02', '2026-03-03', '2026-04-01'],
      ['2026-03-03', '2026-04-01'],
    ],
    ['both sides of a week without records', ['2026-03-02', '2026-03-09'], ['2026-03-02', '2026-03-09']],
    ['one week over a gap within it', ['2026-03-02', '2026-03-08'], ['2026-03-08']],
    [
      'each whose first day the next week leaves out',
      ['2026-03-02', '2026-03-05', '2026-03-09'],
      ['2026-03-05', '2026-03-09'],
    ],
    [
      'a stray day long ago by itself',
      ['2019-05-01', ...from('2026-03-02', 3)],
      ['2019-05-01', '2026-03-04'],
    ],
  ])('%s', (_, days, expected) => {
    expect(judgedOf(days)).toEqual(expected);
  });

  it('cover every day, none of them by a week that lies within another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }), (numbers) => {
        const days = numbers.sort((a, b) => a - b).map((number) => addDays('2026-03-02', number));
        const judged = judgedOf(days);
        const weeks = judged.map((last) => days.filter((day) => day <= last && day >= addDays(last, -6)));
        expect(new Set(weeks.flat())).toEqual(new Set(days));
        for (const [at, week] of weeks.entries()) {
          const next = weeks[at + 1];
          expect(next === undefined || week[0]! < next[0]!).toBe(true);
        }
        // A week that no later day can fill belongs to the result for good; a new day only ever adds behind it.
        if (days.length > 0) {
          const more = judgedOf([...days, addDays(days.at(-1)!, 1)]);
          expect(more.slice(0, judged.length - 1)).toEqual(judged.slice(0, -1));
        }
      }),
      { seed: 20_260_302, numRuns: 500 },
    );
  });
});
