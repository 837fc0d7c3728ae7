import { describe, expect, it } from 'vitest';
import { parseBytes, parseSeconds } from '../../src/ground/amounts.js';
import { buildApproval } from '../../src/inventory/build-approval.js';
import { bindingFor, draftFromFinding } from '../../src/inventory/from-finding.js';
import type { WeekOfUse } from '../../src/inventory/load-weeks.js';
import { aPlace, someFacts } from '../support/approvals.js';

it.each([
  ['2GB', 2e9],
  ['500 MB', 5e8],
  ['1.5TiB', 1.5 * 2 ** 40],
  ['12', 12],
  ['7b', 7],
  ['0', undefined],
  ['-1GB', undefined],
  ['2 G', undefined],
  ['GB', undefined],
  ['1e9', undefined],
  ['9999999999999TB', undefined],
])('reads %s as bytes: %s', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

it.each([
  ['12h', 43_200],
  ['90min', 5400],
  ['90m', 5400],
  ['3d', 259_200],
  ['45', 45],
  ['1w', undefined],
  ['', undefined],
])('reads %s as seconds: %s', (text, seconds) => {
  expect(parseSeconds(text)).toBe(seconds);
});

const SAID = { owner: 'ada', reason: 'training set', expires: '2027-03-31' };

describe('an approval out of options', () => {
  it('has what they say', () => {
    const options = {
      ...SAID,
      executable: '*/rclone',
      host: ['A'],
      group: ['studio'],
      destination: ['*.bucket.example'],
      maxBytesPerDay: 2e9,
      maxDuration: 60,
      ticket: 'OPS-1',
    };
    expect(buildApproval('x', options, '2026-03-20')).toEqual({
      name: 'x',
      executable: '*/rclone',
      hosts: ['A'],
      groups: ['studio'],
      destinations: ['bucket.example'],
      max_bytes_out_per_day: 2e9,
      max_duration_seconds: 60,
      owner: 'ada',
      reason: 'training set',
      ticket: 'OPS-1',
      created: '2026-03-20',
      expires: '2027-03-31',
    });
  });

  const draft = {
    team_id: 'T',
    signing_id: 's',
    hosts: ['A'],
    destinations: ['a.example'],
    max_bytes_out_per_day: 5,
  };

  it.each([
    [{}, draft],
    [{ host: ['*'] }, { ...draft, hosts: undefined }],
    [{ group: ['studio'] }, { ...draft, hosts: undefined, groups: ['studio'] }],
    [{ destination: ['*'] }, { ...draft, destinations: undefined }],
    [{ destination: ['b.example'] }, { ...draft, destinations: ['b.example'] }],
    [{ maxBytesPerDay: 9 }, { ...draft, max_bytes_out_per_day: 9 }],
    [{ executable: '*/x' }, { ...draft, team_id: undefined, signing_id: undefined, executable: '*/x' }],
  ])('narrows and widens what a finding showed: %o', (options, expected) => {
    expect(buildApproval('x', { ...SAID, ...options }, '2026-03-20', draft)).toMatchObject(
      JSON.parse(JSON.stringify(expected)) as object,
    );
  });

  it.each([
    [{ ...SAID, owner: '' }, /"x" lacks --owner: /],
    [{ executable: 'x' }, /"x" lacks --owner, --reason, --expires: /],
    [SAID, /"x" names no program: give --team-id/],
    [{ ...SAID, executable: 'x', expires: '2027-02-30' }, /^--expires: /],
    [{ ...SAID, cdhash: 'xyz' }, /^--cdhash: a cdhash is/],
  ])('says in a line what is missing or wrong: %o', (options, message) => {
    const act = (): unknown => buildApproval('x', options, '2026-03-20');
    expect(act).toThrow(message);
    expect(act).toThrow(expect.objectContaining({ code: 'OF_USAGE', exitCode: 2 }) as Error);
  });
});

function aWeek(facts: Parameters<typeof someFacts>[0], more: Partial<WeekOfUse> = {}): WeekOfUse {
  return {
    id: 'f1',
    evaluatedOn: '2026-03-10',
    risk: 55,
    severity: 'medium',
    facts: someFacts(facts),
    days: [],
    process: { name: '', args: [], signer: 'ad_hoc' },
    indicators: [],
    open: false,
    ...more,
  };
}
const signed = { signingId: 'com.example.sync', teamId: 'ABCDE12345', executable: '/Applications/S.app/S' };

it.each<[string, WeekOfUse, object]>([
  ['a vendor', aWeek(signed), { team_id: 'ABCDE12345', signing_id: 'com.example.sync' }],
  [
    'Apple',
    aWeek(
      { executable: '/usr/libexec/x', signingId: 'com.apple.x' },
      { process: { name: 'x', args: [], signer: 'apple_platform' } },
    ),
    { signing_id: 'com.apple.x' },
  ],
  [
    'nobody',
    aWeek({ executable: '/opt/homebrew/Cellar/x/1.2/bin/x', signingId: 'x', parent: '/Users/ada/run' }),
    { signing_id: 'x', executable: '/opt/homebrew/Cellar/x/*/bin/x', parent: '/Users/*/run' },
  ],
  [
    'nobody, with an id that is new with every build',
    aWeek({ executable: '/opt/x', signingId: 'x-5555494412345678abcdef', parent: '' }),
    { executable: '/opt/x' },
  ],
  [
    'a general tool by what uses it',
    aWeek({ actor: 'path:/opt/homebrew/bin/rclone by team:T/x' }),
    { executable: '/opt/homebrew/bin/rclone', actor: 'path:/opt/homebrew/bin/rclone by team:T/x' },
  ],
  [
    'a general tool nobody is known to use',
    aWeek({}),
    { executable: '/opt/homebrew/bin/rclone', parent: '/bin/zsh', actor: 'path:/opt/homebrew/bin/rclone' },
  ],
])('binds the code of %s', (_whose, week, binding) => {
  expect(bindingFor(week)).toEqual(binding);
});

describe('from a finding', () => {
  it('takes what all its evaluations showed', () => {
    const weeks = [
      aWeek({ ...signed, places: [aPlace({ key: 'b.example' }), aPlace({ key: 'other.example' })] }),
      aWeek({
        ...signed,
        places: [aPlace({ key: 'a.example' })],
        maxDayOut: 2_000_000_001,
        maxDuration: 2401,
      }),
    ];
    expect(draftFromFinding(weeks)).toEqual({
      team_id: 'ABCDE12345',
      signing_id: 'com.example.sync',
      hosts: ['MBP-7F2A'],
      destinations: ['a.example', 'b.example'],
      max_bytes_out_per_day: 3_001_000_000,
      max_duration_seconds: 7200,
    });
  });

  it('bounds no time that is not over, no place that is hidden', () => {
    const hidden = aPlace({ key: 'unknown:443', hidden: true });
    const draft = draftFromFinding([aWeek({ ...signed, places: [hidden], hostName: '' }, { open: true })]);
    expect(draft).toEqual({
      team_id: 'ABCDE12345',
      signing_id: 'com.example.sync',
      hosts: ['host-1'],
      max_bytes_out_per_day: 1_500_000_000,
    });
  });
});
