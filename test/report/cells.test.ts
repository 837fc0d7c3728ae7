import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, cutEnd, cutMiddle, flow, padLeft, padRight, wrap } from '../../src/report/cells.js';
import { printable } from '../../src/ground/printable.js';
import { anyText } from './arbitrary.js';

describe('cells', () => {
  it('cuts paths in the middle and keeps the name', () => {
    expect(cutMiddle('/Users/user1/Library/Caches/tool/bin/rclone', 24)).toBe('/Users/us…ool/bin/rclone');
    expect(cutEnd('a long sentence', 8)).toBe('a long …');
    expect(cutMiddle('short', 8)).toBe('short');
  });

  it('counts wide characters as two columns', () => {
    expect(padRight('会計', 6)).toBe('会計  ');
    expect(padLeft('会計部', 5)).toBe('会計…');
    expect(wrap('会計部の', 4)).toEqual(['会計', '部の']);
  });

  it('wraps at spaces and breaks words only when they fit no line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(flow(['aa bb', 'cc', 'dd'], ' · ', 10)).toEqual(['aa bb · cc', 'dd']);
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 60 }), (raw, width) => {
        const text = printable(raw);
        for (const line of [
          cutEnd(text, width),
          cutMiddle(text, width),
          ...wrap(text, width),
          ...flow([text, text], ' · ', width),
        ]) {
          expect(columnsOf(line)).toBeLessThanOrEqual(width);
        }
        expect(columnsOf(padLeft(text, width))).toBe(width);
        expect(columnsOf(padRight(text, width))).toBe(width);
      }),
    );
  });

  it('wraps without losing text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (raw, width) => {
        const text = printable(raw);
        expect(wrap(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
