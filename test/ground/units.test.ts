import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPlural,
  formatPoints,
  formatRate,
  formatTime,
} from '../../src/ground/units.js';

describe('units', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1234, '1.23 kB'],
    [1_250_000, '1.25 MB'],
    [9_996, '10 kB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_950, '1 MB'],
    [40_200_000_000, '40.2 GB'],
    [312_000_000, '312 MB'],
    [2.5e12, '2.5 TB'],
    [-1500, '-1.5 kB'],
    [Number.NaN, 'unknown'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [0.2, '<1 s'],
    [42.9, '42 s'],
    [119, '119 s'],
    [120, '2 min'],
    [3300, '55 min'],
    [3600, '1 h 00 min'],
    [7500, '2 h 05 min'],
    [86_399, '23 h 59 min'],
    [86_400, '1 d 00 h'],
    [526_000, '6 d 02 h'],
    [-1, 'unknown'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('writes rates, counts, points and times', () => {
    expect(formatRate(5_600_000)).toBe('5.6 MB/s');
    expect(formatRate(0)).toBe('0 B/s');
    expect(formatRate(0.4)).toBe('<1 B/s');
    expect(formatCount(1_204_332)).toBe('1,204,332');
    expect(formatCount(12)).toBe('12');
    expect(formatNumber(0.9812)).toBe('0.981');
    expect(formatNumber(12_000)).toBe('12,000');
    expect(formatPoints(18)).toBe('+18');
    expect(formatPoints(4.54)).toBe('+4.5');
    expect(formatPoints(-3)).toBe('-3');
    expect(formatPlural(1, 'process', 'processes')).toBe('1 process');
    expect(formatPlural(1200, 'host')).toBe('1,200 hosts');
    expect(formatTime('2026-03-04T22:10:59.123Z')).toBe('2026-03-04 22:10');
    expect(formatTime('\x1b[2J')).toBeNull();
    expect(formatTime(null)).toBeNull();
  });

  it('never shows four digits before a decimal unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e20, noNaN: true }), (bytes) => {
        expect(formatBytes(bytes)).toMatch(/^(\d{1,3}|\d{2}\.\d|\d\.\d{1,2}) [kMGTPE]?B$/);
      }),
    );
  });
});
