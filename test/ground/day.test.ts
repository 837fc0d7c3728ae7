import { expect, it } from 'vitest';
import { addDays, nextDay, parseDay } from '../../src/ground/day.js';

it.each(['2026-11-24', '2024-02-29', '2000-02-29', '1970-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(parseDay(text)).toBe(text);
});

it.each([
  ['no month', '2027-13-45'],
  ['no day of its month', '2026-02-30'],
  ['no leap year', '2026-02-29'],
  ['no leap year of the century', '1900-02-29'],
  ['the thirty-first of a shorter month', '2026-11-31'],
  ['day none', '2026-11-00'],
  ['month none', '2026-00-10'],
  ['a time', '2026-11-24T00:00:00Z'],
  ['short', '2026-1-4'],
  ['with blanks', ' 2026-11-24'],
  ['with a line feed', '2026-11-24\n'],
  ['other digits', '٢٠٢٦-١١-٢٤'],
  ['before the calendar', '-02026-11-24'],
  ['nothing', ''],
])('%s: %j is none', (_why, text) => {
  expect(parseDay(text)).toBeUndefined();
});

it('counts over the end of months and years', () => {
  expect(nextDay('2024-02-28')).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
});
