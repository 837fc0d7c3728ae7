import { describe, expect, it } from 'vitest';
import { hostKey, isSameHost } from '../../src/ground/host-name.js';

describe('names of one host', () => {
  it.each([
    ['MBP-7F2A', 'mbp-7f2a'],
    ['mbp-7f2a', 'MBP-7F2A.local'],
    ['mbp-7f2a.local.', 'mbp-7f2a'],
    ['mbp-7f2a', 'mbp-7f2a.corp.example'],
    ['mbp-7f2a.local', 'mbp-7f2a.corp.example'],
    ['10.20.0.3', '10.20.0.3'],
    ['FE80::1', 'fe80::1'],
  ])('%s is %s', (a, b) => {
    expect([isSameHost(a, b), isSameHost(b, a)]).toEqual([true, true]);
    expect(hostKey(a)).toBe(hostKey(b));
  });

  it.each([
    ['mbp-7f2a', 'mbp-7f2b'],
    ['mbp.corp.example', 'mbp.lab.example'],
    ['10', '10.20.0.3'],
    ['10.20.0.3', '10.20.0.4'],
    ['', ''],
    ['', 'mbp'],
  ])('%s is not %s', (a, b) => {
    expect([isSameHost(a, b), isSameHost(b, a)]).toEqual([false, false]);
  });
});
