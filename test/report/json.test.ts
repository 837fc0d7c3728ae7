import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DetectResult } from '../../src/ground/finding.js';
import { renderJson, renderNdjson } from '../../src/report/json.js';
import { anyResult } from './arbitrary.js';
import { emptyResult, quietResult, richResult } from './fixture.js';

/** The same value with the keys of every object turned round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('renderJson', () => {
  it('round-trips whatever the text', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(JSON.parse(renderJson(result))).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the declared key order however the result was put together', () => {
    const json = renderJson(richResult);
    expect(renderJson(reversed(richResult) as DetectResult)).toBe(json);
    expect(Object.keys(JSON.parse(json) as object)).toEqual([
      'schema',
      'run',
      'input',
      'findings',
      'coverage',
    ]);
    expect(json).toMatch(/"findings": \[\s+\{\s+"id": "[^"]+",\s+"analytic": "AN0082",\s+"risk": 94,/);
  });

  it('keeps keys that a later version adds', () => {
    const later = { ...quietResult, annex: { z: 1 } } as DetectResult;
    expect(JSON.parse(renderJson(later))).toEqual(later);
  });

  it('shows no control or reordering character and ends with one newline', () => {
    const json = renderJson(richResult);
    expect(json.endsWith('}\n')).toBe(true);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

describe('renderNdjson', () => {
  it('writes one finding a line that stands alone', () => {
    const lines = renderNdjson(richResult).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(richResult.findings.length);
    lines.forEach((line, index) => {
      const { schema, run, ...rest } = JSON.parse(line) as Record<string, unknown>;
      expect(schema).toBe('outflow.findings/1');
      expect(run).toEqual(richResult.run);
      expect(rest).toEqual(richResult.findings[index]);
    });
    expect(renderNdjson(reversed(richResult) as DetectResult)).toBe(renderNdjson(richResult));
  });

  it('writes nothing for no findings', () => {
    expect(renderNdjson(emptyResult)).toBe('');
  });
});
