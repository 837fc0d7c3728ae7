import { expect, it } from 'vitest';
import { memorySettings, parseMemory } from '../../src/store/memory.js';

it.each([
  ['700M', 700e6],
  ['1GB', 1e9],
  ['1gb', 1e9],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['1.5 GiB', 1.5 * 2 ** 30],
  ['512MiB', 512 * 2 ** 20],
  ['2T', 2e12],
  ['300000K', 300e6],
  [' 300000000 ', 300e6],
])('reads %j as bytes', (text, bytes) => {
  expect(parseMemory(text)).toBe(bytes);
});

it.each([
  '',
  'lots',
  '1',
  '255M',
  '-1G',
  '1e9',
  '1 G i B',
  '1PB',
  '1G2',
  'G',
  '0x10000000',
  '99999T',
  'NaN',
  'Infinity',
])('turns down %j', (text) => {
  expect(parseMemory(text)).toBeUndefined();
});

it('limits a query below the bound and spills well before the limit', () => {
  const settings = memorySettings(1e9);
  const limit = Number(settings.max_memory_usage);
  expect(limit).toBeLessThan(1e9);
  expect(Number(settings.max_bytes_before_external_group_by)).toBeLessThan(limit / 2);
  expect(Number(settings.max_bytes_before_external_sort)).toBeLessThan(limit / 2);
});
