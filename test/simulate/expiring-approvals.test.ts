import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../src/simulate/addresses.js';
import { withExpiry } from '../../src/simulate/exercise/expiring-approvals.js';
import { unsigned } from '../../src/simulate/fleet/programs.js';
import { DAY, Machine } from '../../src/simulate/machine.js';
import { Random } from '../../src/simulate/random.js';
import type { SimApproval } from '../../src/simulate/scenarios/stage.js';
import { hostNamed } from './formats/hand-made.js';

const START = Date.parse('2026-03-02T00:00:00Z');
const WINDOW = { start: START, end: START + 30 * DAY };
const TO = { name: 'a.example', ip: '44.1.2.3', port: 443 };

/** The approval of a program that sends on `own` days of its case and on `other` days of ordinary life. */
function expiryOf(own: readonly number[], other: readonly number[], scenario = 'X14'): SimApproval {
  const random = new Random('expiry');
  const machine = new Machine(hostNamed('MBP-1'), WINDOW, random, new AddressBook(random), 0);
  const process = machine.exec(unsigned('/Users/build/work/7/bin/publish'), { at: START });
  const on = (day: number) =>
    machine.connect(process, { at: START + day * DAY, seconds: 60, out: 1, in: 1, to: TO })!;
  const flows = own.map(on);
  other.forEach(on);
  const approval: SimApproval = {
    scenario,
    host: 'MBP-1',
    executable: '/Users/build/work/*/bin/publish',
    signing_id: '',
    team_id: '',
    destination: 'a.example',
    max_bytes_out_per_day: 1,
  };
  return withExpiry(approval, { machine, flows }, WINDOW, random.child('draw'));
}

describe('withExpiry', () => {
  it('says that a case which goes on is judged, and one that is over stays approved', () => {
    expect(expiryOf([2, 28], [])).toMatchObject({ after_expiry: 'judged' });
    expect(expiryOf([2], [])).toMatchObject({ after_expiry: 'stays_approved' });
    const { expires = '' } = expiryOf([2], []);
    expect(expires >= '2026-03-17' && expires <= '2026-03-21').toBe(true);
  });

  it('lets no approval expire where nobody could say what should hold', () => {
    const unclear = expiryOf([2], [28]);
    expect([unclear.expires, unclear.after_expiry]).toEqual([undefined, 'never']);
  });

  it('expires after the case has begun, or not at all', () => {
    expect(expiryOf([18], []).expires! > '2026-03-20').toBe(true);
    expect(expiryOf([29], []).after_expiry).toBe('never');
    expect(expiryOf([2, 28], [], 'X15').after_expiry).toBe('never');
  });
});
