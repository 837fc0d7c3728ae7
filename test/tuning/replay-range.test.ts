import { describe, expect, it } from 'vitest';
import { evaluationOf } from '../../src/detect/stale-weeks.js';
import { addDays } from '../../src/ground/day.js';
import { chooseDays } from '../../src/tuning/replay-range.js';

const dayNo = (number: number): string => addDays('2026-03-01', number);

/** Days 1 to 20 are built; judged are 7 to 20. */
function store(
  part: { gone?: number[]; rebuilt?: number[]; other?: number[] } = {},
): Parameters<typeof chooseDays>[0] {
  const { gone = [], rebuilt = [], other = [] } = part;
  const numbers = Array.from({ length: 20 }, (_, at) => at + 1);
  return {
    built: numbers.map((number) => ({
      day: dayNo(number),
      fingerprint: rebuilt.includes(number) ? 'new' : `day ${number}`,
      there: gone.includes(number) ? 0 : 1,
    })),
    judged: numbers.slice(6).map((number) => ({
      day: dayNo(number),
      fingerprint: evaluationOf(`day ${number}`),
      config: other.includes(number) ? 'other' : 'hash',
      baseline: `w${number}`,
    })),
    hash: 'hash',
    since: dayNo(1),
    until: dayNo(20),
  };
}

describe('a range', () => {
  it('of a whole store begins with its first record', () => {
    const range = chooseDays(store());
    expect(range.days).toHaveLength(14);
    expect(range).toMatchObject({
      before: undefined,
      since: dayNo(1),
      until: dayNo(20),
      daysWithData: 20,
      gone: [],
    });
    expect(range.days.every(({ current }) => current)).toBe(true);
  });

  it('inside it begins after the judged day before it', () => {
    const range = chooseDays({ ...store(), since: dayNo(10), until: dayNo(12) });
    expect(range.days.map(({ day }) => day)).toEqual([10, 11, 12].map(dayNo));
    expect(range).toMatchObject({
      before: { day: dayNo(9), baseline: 'w9' },
      since: dayNo(10),
      daysWithData: 3,
    });
  });

  it('knows days that were judged otherwise, or built again since', () => {
    const { days } = chooseDays(store({ other: [8], rebuilt: [9] }));
    expect(days.filter(({ current }) => !current).map(({ day }) => day)).toEqual([8, 9].map(dayNo));
  });

  it('leaves out days whose week was given up, and says so', () => {
    const range = chooseDays(store({ gone: [1, 2, 3] }));
    expect(range.gone).toEqual([7, 8, 9].map(dayNo));
    expect(range).toMatchObject({ before: undefined, since: dayNo(4) });
    expect(range.days[0]).toMatchObject({ day: dayNo(10) });
  });

  it('refuses a range in which nothing can be judged', () => {
    expect(() => chooseDays({ ...store(), since: dayNo(30), until: dayNo(40) })).toThrow(
      /no day .* was judged/,
    );
    expect(() => chooseDays({ ...store({ gone: [9] }), since: dayNo(10), until: dayNo(12) })).toThrow(
      /retention/,
    );
  });
});
