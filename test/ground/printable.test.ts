import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/ground/printable.js';
import { anyText } from '../report/arbitrary.js';

describe('printable', () => {
  it('leaves ordinary text of any script alone', () => {
    for (const text of ['/usr/bin/curl', 'データ送信', 'Müller é', 'مرحبا', 'a\\b "c"', 'e\u0301']) {
      expect(printable(text)).toBe(text);
    }
  });

  it('writes out what acts on a terminal or hides', () => {
    expect(printable('\x1b[2J')).toBe('\\x1b[2J');
    expect(printable('a\r\n\tb')).toBe('a\\r\\n\\tb');
    expect(printable('\x7f\x9b')).toBe('\\x7f\\x9b');
    expect(printable('x\u202egnp.app')).toBe('x\\u{202e}gnp.app');
    expect(printable('\u2028\u2029\u200b\ufeff')).toBe('\\u{2028}\\u{2029}\\u{200b}\\u{feff}');
    expect(printable('a\ud800b')).toBe('a\\u{d800}b');
    expect(printable('\u{e0041}')).toBe('\\u{e0041}');
  });

  it('bounds combining marks', () => {
    expect(printable('\u0301a')).toBe('\\u{301}a');
    expect(printable(`a${'\u0301'.repeat(6)}`)).toBe(`a${'\u0301'.repeat(4)}\\u{301}\\u{301}`);
  });

  it('lets no control character through and changes nothing a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});
