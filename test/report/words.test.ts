import { describe, expect, it } from 'vitest';
import { groupBlindSpots } from '../../src/report/blind-spots.js';
import {
  destinationText,
  indicatorValue,
  isPressing,
  processText,
  seenText,
  stateText,
} from '../../src/report/words.js';
import { destination, finding, HOSTILE, iso } from './fixture.js';

describe('words', () => {
  it('names a destination by name, else by address, else as unknown', () => {
    expect(destinationText(destination({}))).toBe('drop.example.net:443');
    expect(destinationText(destination({ name: null }))).toBe('198.51.100.7:443');
    expect(destinationText(destination({ name: null, ip: ['2001:db8::1'] }))).toBe('[2001:db8::1]:443');
    expect(destinationText(destination({ name: null, ip: [] }))).toBe('destination unknown:443');
    expect(destinationText(destination({ name: null, ip: [], port: 0 }))).toBe('destination unknown');
  });

  it('names a process by name, else by path, else as unknown', () => {
    const process = finding({}).process;
    expect(processText(finding({}))).toBe('uploader');
    expect(processText(finding({ process: { ...process, name: '', executable: '/opt/tool/run' } }))).toBe(
      'run',
    );
    expect(processText(finding({ process: { ...process, name: '', executable: null } }))).toBe(
      'unknown process',
    );
  });

  it('writes indicator values in their units', () => {
    expect(indicatorValue('long_lived', 28_800)).toBe('8 h 00 min');
    expect(indicatorValue('sustained_rate', 1_250_000)).toBe('1.25 MB/s');
    expect(indicatorValue('volume', 1e9)).toBe('1 GB');
    expect(indicatorValue('slow_drip', 96)).toBe('96 h');
    expect(indicatorValue('unusual_port', 8443)).toBe('8443');
    expect(indicatorValue('rare_destination', 12_000)).toBe('12,000');
    expect(indicatorValue('volume', null)).toBe('–');
    expect(indicatorValue('signer', HOSTILE)).not.toContain('\x1b');
  });

  it('says when, and whether it goes on', () => {
    expect(seenText(finding({ first_seen: iso(1, 9), last_seen: iso(1, 9), open: true }))).toBe(
      '2026-03-02 09:00 UTC, still open',
    );
    expect(seenText(finding({ first_seen: '', last_seen: '' }))).toBe('time unknown');
  });

  it('presses for medium and above until somebody has it or has settled it', () => {
    expect(isPressing(finding({ severity: 'medium' }))).toBe(true);
    expect(isPressing(finding({ severity: 'low' }))).toBe(false);
    expect(isPressing(finding({ severity: 'critical', state: 'escalated' }))).toBe(true);
    for (const state of ['acknowledged', 'approved', 'closed'] as const)
      expect(isPressing(finding({ severity: 'critical', state })), state).toBe(false);
  });

  it('says in which state a finding is, and who has it', () => {
    const history = {
      first_judged: '2026-03-02',
      last_judged: '2026-03-02',
      worst_judged: '2026-03-02',
      raised_on: null,
      disposition: null,
      assignee: null,
      notes: 0,
      reopened: null,
      approval: null,
    };
    expect(stateText(finding({}))).toBe('');
    expect(
      stateText(finding({ state: 'escalated', history: { ...history, assignee: `bo${HOSTILE}` } })),
    ).toMatch(/^escalated, assigned to bo\\x1b/);
    expect(stateText(finding({ state: 'closed', history }))).toBe('closed by the evidence');
    expect(
      stateText(finding({ state: 'closed', history: { ...history, disposition: 'true_positive' } })),
    ).toBe('closed as true positive');
  });
});

describe('groupBlindSpots', () => {
  it('groups hosts by what they lack, the most widespread first', () => {
    const sees = { process: true, signing: true, bytes: true, duration: true, open_connections: true };
    const spots = groupBlindSpots([
      { ...sees, host: 'b', signing: false, notes: ['redacted'] },
      { ...sees, host: 'a', signing: false, notes: [] },
      { ...sees, host: 'c', notes: [] },
    ]);
    expect(spots.map((spot) => spot.hosts)).toEqual([['a', 'b'], ['b']]);
    expect(spots[0]?.text).toContain('no signing facts');
    expect(spots[1]?.text).toBe('redacted');
  });
});
