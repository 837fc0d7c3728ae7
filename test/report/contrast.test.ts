import { describe, expect, it } from 'vitest';
import { pageStyle } from '../../src/report/html/page-style.js';

const css = pageStyle();
const [light = '', dark = ''] = Array.from(css.matchAll(/:root \{([^}]*)\}/g), (match) => match[1]);

function colors(block: string): Map<string, string> {
  return new Map(
    Array.from(block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g), (match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', colors(light)],
  ['dark', colors(dark)],
])('report colours, %s', (_, named) => {
  const of = (name: string): string => named.get(name) ?? '';

  it('keeps text readable (WCAG AA)', () => {
    for (const ground of ['page', 'card', 'sunken']) {
      for (const ink of ['text', 'quiet', 'critical', 'high', 'medium', 'low', 'informational', 'approved']) {
        expect(contrast(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const tone of ['critical', 'high', 'medium']) {
      expect(contrast(of('on-badge'), of(tone)), `badge ${tone}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of ['alarm-page', 'warn-page']) {
      expect(contrast(of('text'), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('keeps bars apart from their ground', () => {
    for (const bar of ['bar', 'over', 's4', 's5', 'expected']) {
      expect(contrast(of(bar), of('card')), bar).toBeGreaterThanOrEqual(3);
    }
  });
});
