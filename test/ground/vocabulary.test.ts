import { describe, expect, it } from 'vitest';
import { engineTime } from '../../src/ground/engine-time.js';
import { sha256, sha256OfJson } from '../../src/ground/hash.js';
import { isAtLeast, isPressingSeverity, SEVERITIES } from '../../src/ground/vocabulary.js';

describe('severities', () => {
  it('are in order, from medium on pressing', () => {
    expect(SEVERITIES.filter(isPressingSeverity)).toEqual(['medium', 'high', 'critical']);
    expect(SEVERITIES.filter((severity) => isAtLeast(severity, 'high'))).toEqual(['high', 'critical']);
  });
});

describe('hashes and times', () => {
  it('are those that others compute', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256OfJson({ a: 1 })).toBe(sha256('{"a":1}'));
    expect(engineTime('2026-03-02T09:00:00.123Z')).toBe('2026-03-02 09:00:00.123');
  });
});
