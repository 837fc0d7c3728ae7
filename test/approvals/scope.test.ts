import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/config/schema.js';
import type { Destination } from '../../src/detect/subject.js';
import { applyApprovals } from '../../src/approvals/apply.js';
import { judge } from '../../src/detect/analytics/AN0082/judge.js';
import { factsOf } from '../../src/detect/facts-of.js';
import { aContext, aJudgement, aSubject, GB, MB, sent } from '../support/subject.js';

const APPROVAL: Approval = {
  name: 'nightly copy',
  executable: '/opt/homebrew/bin/rclone',
  owner: 'data platform',
  reason: 'weekly training set',
  expires: '2026-12-31',
};
const bucket = sent(GB, { key: 'team.s3.example', remoteName: 'team.s3.example' });

interface Given {
  readonly approval?: Partial<Approval>;
  readonly subject?: Parameters<typeof aSubject>[1];
  readonly destinations?: readonly Destination[];
  /** Other approvals before this one. */
  readonly before?: readonly Approval[];
}

function approve({ approval = {}, subject = {}, destinations = [bucket], before = [] }: Given = {}) {
  const process = { executable: '/opt/homebrew/bin/rclone', signingId: 'rclone', teamId: 'ABCDE12345' };
  const judged = aSubject(destinations, {
    ...subject,
    process: subject.process === null ? null : { ...process, ...subject.process },
  });
  const context = aContext({ config: { approvals: [...before, { ...APPROVAL, ...approval }] } });
  const [, ...others] = judged.destinations;
  // A place counts where it would be found by itself.
  const elsewhere = others.filter((place) => {
    const alone = judge({ ...judged, destinations: [place] }, context);
    return alone !== undefined && !alone.execOnly && alone.risk >= context.config.severity.low;
  });
  const facts = factsOf({ ...aJudgement(judged), elsewhere }, context);
  const evaluatedOn = new Date(facts.lastMs).toISOString().slice(0, 10);
  return applyApprovals(facts, context.config.approvals, evaluatedOn, () => []);
}

it('says who approved what, and why', () => {
  expect(approve()).toEqual({
    name: 'nightly copy',
    inside: true,
    text: 'Approved as "nightly copy" by data platform: weekly training set.',
  });
});

describe('the program', () => {
  it.each([
    ['/opt/homebrew/bin/rclone', true],
    ['*/rclone', true],
    ['/opt/*/rclone', true],
    ['/opt/*/bin/*', true],
    ['*', true],
    ['**', true],
    ['/opt/homebrew/bin/rclone*', true],
    ['/opt/homebrew/bin/rclone/*', false],
    ['*/rclone2', false],
    ['/usr/*/rclone', false],
    ['/opt/*/sbin/*', false],
    ['/opt/homebrew/bin/rclon', false],
    ['/opt/homebrew/bin/r.lone', false],
    ['/OPT/homebrew/bin/rclone', false],
    ['/opt/homebrew/bin/rclone*rclone', false],
  ])('matches %s: %s', (executable, matches) => {
    expect(approve({ approval: { executable } }) !== undefined).toBe(matches);
  });

  it('matches as a regular expression with the same wildcards would', () => {
    const text = fc.stringMatching(/^[ab/]{1,8}$/);
    const pattern = fc.stringMatching(/^[ab/*]{1,8}$/);
    fc.assert(
      fc.property(text, pattern, (executable, wanted) => {
        const expected = new RegExp(`^${wanted.replaceAll('*', '.*')}$`).test(executable);
        const approved = approve({ approval: { executable: wanted }, subject: { process: { executable } } });
        expect(approved !== undefined).toBe(expected);
      }),
    );
  });

  it('takes no time to turn down a pattern of many stars', () => {
    const executable = `${'*a'.repeat(200)}b`;
    expect(
      approve({ approval: { executable }, subject: { process: { executable: 'a'.repeat(20_000) } } }),
    ).toBeUndefined();
  });

  it.each([
    [{ signing_id: 'rclone' }, true],
    [{ signing_id: 'rclone2' }, false],
    [{ team_id: 'ABCDE12345' }, true],
    [{ team_id: 'ZZZZZ99999' }, false],
    [{ team_id: 'ABCDE12345', signing_id: 'other' }, false],
  ])('must be all that is named: %o', (approval, matches) => {
    expect(approve({ approval: { executable: undefined, ...approval } }) !== undefined).toBe(matches);
    expect(approve({ approval }) !== undefined).toBe(matches);
  });

  it('must have been seen', () => {
    expect(approve({ approval: { executable: '*' }, subject: { process: null } })).toBeUndefined();
  });
});

it.each([
  [['MBP-7F2A'], true],
  [['mbp-7f2a'], true],
  [['host-1'], true],
  [['OTHER', 'host-1'], true],
  [['OTHER'], false],
  [[], false],
])('holds on hosts %o: %s', (hosts, holds) => {
  expect(approve({ approval: { hosts } }) !== undefined).toBe(holds);
});

describe('the bounds', () => {
  it('are bytes of a day', () => {
    expect(approve({ approval: { max_bytes_out_per_day: GB } })?.inside).toBe(true);
    expect(approve({ approval: { max_bytes_out_per_day: GB - 1 } })).toEqual({
      name: 'nightly copy',
      inside: false,
      text: 'Approved as "nightly copy" by data platform: weekly training set. It allows 1 GB a day; 1 GB left on one.',
    });
    expect(approve({ approval: { max_bytes_out_per_day: 500 * MB } })?.text).toMatch(
      /It allows 500 MB a day; 1 GB left on one\.$/,
    );
  });

  it.each([
    ['2026-12-31', Date.UTC(2026, 11, 31, 23, 59, 59, 999), true],
    ['2026-12-31', Date.UTC(2027, 0, 1), false],
    ['2026-12-31', Date.UTC(2026, 0, 1), true],
  ])('end with %s, compared with the activity at %d: inside %s', (expires, lastMs, inside) => {
    const approved = approve({ approval: { expires }, subject: { lastMs } });
    expect(approved?.inside).toBe(inside);
    if (!inside) expect(approved?.text).toMatch(/It expired on 2026-12-31\.$/);
  });

  it.each([
    [['team.s3.example'], true],
    [['s3.example'], true],
    [['203.0.113.7'], true],
    [['other.example', 's3.example'], true],
    [['am.s3.example'], false],
    [['other.example'], false],
    [[], false],
  ])('are destinations: %o, inside %s', (destinations, inside) => {
    const approved = approve({ approval: { destinations } });
    expect(approved?.inside).toBe(inside);
    if (!inside) expect(approved?.text).toMatch(/It does not cover team\.s3\.example\.$/);
  });

  it('leave no room for a second place, however much went to the first', () => {
    const drop = sent(500 * MB, { key: 'drop.example' });
    const destinations = [sent(1500 * GB, { key: 'team.s3.example' }), drop];
    expect(approve({ approval: { destinations: ['s3.example'] }, destinations })).toMatchObject({
      inside: false,
    });
    expect(approve({ destinations })?.inside).toBe(true);
  });

  it('overlook a stray request elsewhere, unless it is what looks bad', () => {
    const stray = sent(99_000, { key: 'drop.example' });
    const approval = { destinations: ['s3.example'] };
    expect(approve({ approval, destinations: [bucket, stray] })?.inside).toBe(true);
    expect(approve({ approval, destinations: [stray, bucket] })?.inside).toBe(false);
  });

  it('hold where the bytes are unknown', () => {
    const unknown = sent(0, { key: 'drop.example', outKnown: false });
    expect(approve({ approval: { destinations: ['s3.example'] }, destinations: [unknown] })?.inside).toBe(
      false,
    );
  });

  it('are not held against a place the telemetry hides', () => {
    const hidden = sent(GB, { key: 'unknown:443', named: false, ips: [] });
    expect(approve({ approval: { destinations: ['s3.example'] }, destinations: [hidden] })?.inside).toBe(
      true,
    );
  });
});

it('approves nothing that has not been sent', () => {
  expect(approve({ destinations: [] })).toBeUndefined();
});
