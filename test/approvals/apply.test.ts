import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/config/schema.js';
import { applyApprovals } from '../../src/approvals/apply.js';
import type { ApprovalFacts } from '../../src/approvals/facts.js';
import { byNarrowness, lastDay } from '../../src/approvals/narrowness.js';
import { anApproval, aPlace, approvals, DAY, facts, someFacts } from '../support/approvals.js';

const groups = (_id: string, name: string): readonly string[] => (name === 'MBP-7F2A' ? ['Studio'] : []);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function apply(given: readonly Partial<Approval>[], of: Partial<ApprovalFacts> = {}, on?: string) {
  const held = someFacts(of);
  return applyApprovals(held, given.map(anApproval), on ?? dayOf(held.lastMs), groups);
}

describe('which one decides', () => {
  const strong = { name: 'z strong', executable: undefined, team_id: 'ABCDE12345', signing_id: 'rclone' };
  const signed = { signingId: 'rclone', teamId: 'ABCDE12345', cdhash: 'ab'.repeat(20) };

  it.each<[string, Partial<Approval>, Partial<Approval>]>([
    ['Team ID with signing id before signing id', strong, { signing_id: 'rclone' }],
    [
      'signing id before cdhash',
      { signing_id: 'rclone', executable: undefined },
      { cdhash: 'ab'.repeat(20) },
    ],
    ['cdhash before Team ID', { cdhash: 'ab'.repeat(20), executable: undefined }, { team_id: 'ABCDE12345' }],
    ['Team ID before path', { team_id: 'ABCDE12345', executable: undefined }, {}],
    ['a whole path before a pattern', {}, { executable: '*/rclone' }],
    ['a parent before none', { parent: '/bin/zsh' }, {}],
    ['a host before a group', { hosts: ['host-1'] }, { groups: ['studio'] }],
    ['a group before the fleet', { groups: ['studio'] }, {}],
    ['one host before two', { hosts: ['host-1'] }, { hosts: ['host-1', 'host-2'] }],
    ['a destination before anywhere', { destinations: ['bucket.example'] }, {}],
    ['anywhere by its name is anywhere', { destinations: ['example'] }, { destinations: ['*'] }],
    ['a longer destination', { destinations: ['bucket.example'] }, { destinations: ['example'] }],
    ['fewer bytes', { max_bytes_out_per_day: 2e9 }, { max_bytes_out_per_day: 3e9 }],
    ['some bytes before any', { max_bytes_out_per_day: 2e9 }, {}],
    ['a shorter time', { max_duration_seconds: 700 }, {}],
    ['an earlier end', { expires: '2026-06-30' }, {}],
    ['the name', { name: 'a' }, {}],
  ])('%s', (_what, narrow, wide) => {
    const named = [
      { name: 'narrow', ...narrow },
      { name: 'wide', ...wide },
    ];
    const decided = apply(named, signed);
    expect(decided).toMatchObject({ name: narrow.name ?? 'narrow', inside: true });
    expect(decided?.text).toContain(`"${narrow.name ?? 'narrow'}"`);
    expect(apply([...named].reverse(), signed)).toEqual(decided);
  });

  it('is the narrowest even where a wider one has more room', () => {
    const narrow = { name: 'narrow', max_bytes_out_per_day: 1e8 };
    expect(apply([{ name: 'wide' }, narrow])).toMatchObject({ name: 'narrow', inside: false });
  });

  it('is none that covers another place', () => {
    const elsewhere = { name: 'narrow', destinations: ['drop.example'] };
    expect(apply([elsewhere, { name: 'wide', destinations: ['example'] }])).toMatchObject({
      name: 'wide',
      inside: true,
    });
  });

  it('is in a total order that does not depend on how they were given', () => {
    fc.assert(
      fc.property(approvals, approvals, approvals, (a, b, c) => {
        expect(Math.sign(byNarrowness(a, b))).toBe(-Math.sign(byNarrowness(b, a)) || 0);
        if (byNarrowness(a, b) <= 0 && byNarrowness(b, c) <= 0) {
          expect(byNarrowness(a, c)).toBeLessThanOrEqual(0);
        }
        if (byNarrowness(a, b) === 0) expect(a).toEqual(b);
      }),
    );
    fc.assert(
      fc.property(fc.array(approvals, { maxLength: 6 }), facts, (given, held) => {
        const decided = applyApprovals(held, given, dayOf(held.lastMs), groups);
        expect(applyApprovals(held, [...given].reverse(), dayOf(held.lastMs), groups)).toEqual(decided);
        if (decided !== undefined) expect(given.map(({ name }) => name)).toContain(decided.name);
      }),
    );
  });
});

describe('why none holds', () => {
  it.each<[Partial<Approval>, RegExp]>([
    [{ expires: '2026-03-09' }, /It expired on 2026-03-09\.$/],
    [{ revoked: '2026-03-09' }, /It was revoked on 2026-03-09\.$/],
    [{ revoked: '2026-03-09', expires: '2026-03-08' }, /It expired on 2026-03-08\.$/],
    [{ destinations: ['drop.example'] }, /It does not cover bucket\.example\.$/],
    [{ max_bytes_out_per_day: 999_999_999 }, /It allows 1 GB a day; 1 GB left on one\.$/],
    [{ max_duration_seconds: 599 }, /It allows connections of 9 min; one lasted 10 min\.$/],
  ])('%o', (approval, text) => {
    const decided = apply([approval]);
    expect(decided).toMatchObject({ name: 'nightly copy', inside: false });
    expect(decided?.text).toMatch(text);
  });

  it('names the one that has ended rather than one for another place', () => {
    const ended = { name: 'ended', expires: '2026-03-09' };
    expect(apply([{ name: 'a', destinations: ['drop.example'] }, ended])?.text).toMatch(/"ended".*expired/);
  });

  it('is silent about another program or host', () => {
    expect(
      apply([{ executable: '/usr/bin/scp' }, { hosts: ['other'] }, { groups: ['build'] }]),
    ).toBeUndefined();
  });

  it('approves nothing that has not been sent', () => {
    expect(apply([{}], { execOnly: true, places: [] })).toBeUndefined();
    expect(apply([{ expires: '2026-03-01' }], { execOnly: true, places: [] })?.inside).toBe(false);
  });
});

it.each([
  ['mbp-7f2a', true],
  ['MBP-7F2A.local', true],
  ['mbp-7f2a.corp.example', true],
  ['HOST-1', true],
  ['mbp-7f2', false],
  ['mbp-7f2a2.corp.example', false],
])('a host is %s: %s', (host, holds) => {
  expect(apply([{ hosts: [host] }]) !== undefined).toBe(holds);
});

it('takes an address for no host name with a domain', () => {
  expect(apply([{ hosts: ['10'] }], { hostId: '10.0.0.1', hostName: '' })).toBeUndefined();
});

it('holds in peer groups, in any letter case', () => {
  expect(apply([{ groups: ['studio'] }])?.inside).toBe(true);
  expect(apply([{ groups: ['studio'], hosts: ['other'] }])?.inside).toBe(true);
  expect(apply([{ groups: ['studio'] }], { hostName: 'other' })).toBeUndefined();
});

it.each([
  [{ cdhash: 'AB'.repeat(20) }, { cdhash: 'ab'.repeat(20) }, true],
  [{ cdhash: 'ab'.repeat(20) }, { cdhash: '' }, false],
  [{ parent: '/bin/*sh' }, {}, true],
  [{ parent: '*' }, { parent: '' }, false],
  [{ actor: 'path:/opt/homebrew/bin/rclone' }, {}, true],
  [
    { actor: 'path:/opt/homebrew/bin/rclone' },
    { actor: 'path:/opt/homebrew/bin/rclone by path:/tmp/x' },
    false,
  ],
  [{ executable: '*' }, { executable: '' }, false],
])('%o fits %o: %s', (approval, held, fits) => {
  expect(apply([approval], held) !== undefined).toBe(fits);
});

describe('a second place', () => {
  const places = [aPlace(), aPlace({ key: 'drop.example', maxDayOut: 5e8 })];
  const first = { name: 'first', destinations: ['bucket.example'], max_bytes_out_per_day: 1e9 };
  const second = { name: 'second', destinations: ['drop.example'], max_bytes_out_per_day: 5e8 };

  it('needs an approval of its own', () => {
    expect(apply([{ ...first, max_bytes_out_per_day: undefined }], { places })?.text).toMatch(
      /It does not cover drop\.example\.$/,
    );
    expect(apply([first, second], { places, maxDayOut: 1.5e9 })).toMatchObject({
      name: 'first',
      inside: true,
    });
  });

  it('stays within its own bounds, and both within what they allow together', () => {
    const small = { ...second, max_bytes_out_per_day: 4e8 };
    expect(apply([first, small], { places, maxDayOut: 1.4e9 })?.text).toMatch(
      /"second", which covers drop\.example, is exceeded\. It allows 400 MB a day; 500 MB left on one\.$/,
    );
    expect(apply([first, second], { places, maxDayOut: 1.6e9 })?.text).toMatch(
      /Together "first" and "second" allow 1\.5 GB a day; 1\.6 GB left on one\.$/,
    );
  });
});

describe('the end', () => {
  it('leaves approved what ended by then, whenever it is judged', () => {
    const lastMs = Date.UTC(2026, 2, 9, 23, 59, 59, 999);
    expect(apply([{ expires: '2026-03-09' }], { lastMs }, '2026-03-15')?.inside).toBe(true);
    expect(apply([{ expires: '2026-03-09' }], { lastMs: lastMs + 1 }, '2026-03-15')?.inside).toBe(false);
  });

  it('never floods back: an end changes nothing that was judged by then', () => {
    fc.assert(
      fc.property(
        fc.array(approvals, { minLength: 1, maxLength: 5 }),
        facts,
        fc.nat(6),
        (given, held, later) => {
          const on = dayOf(held.lastMs + later * DAY);
          const decided = applyApprovals(held, given, on, groups);
          // The day before the evaluation, nothing had ended that has not ended now.
          const revoked = given.map((approval) => ({
            ...approval,
            revoked: on < lastDay(approval) ? on : approval.revoked,
          }));
          expect(applyApprovals(held, revoked, on, groups)?.inside ?? false).toBe(decided?.inside ?? false);
          for (const day of [dayOf(held.lastMs + 30 * DAY), dayOf(held.lastMs + 400 * DAY)]) {
            const ended = given.filter((approval) => lastDay(approval) >= dayOf(held.lastMs));
            expect(applyApprovals(held, ended, day, groups)).toEqual(
              applyApprovals(held, ended, dayOf(held.lastMs), groups),
            );
          }
        },
      ),
    );
  });

  it('counts by the day of the evaluation where no activity has a time', () => {
    expect(apply([{ expires: '2026-03-09' }], { lastMs: 0 }, '2026-03-20')?.inside).toBe(true);
  });
});
