import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/config/schema.js';
import type { WeekOfUse } from '../../src/inventory/load-weeks.js';
import { reviewInventory } from '../../src/inventory/review.js';
import { anApproval, aPlace, someFacts } from '../support/approvals.js';

const AS_OF = '2026-04-05';
const TIGHT = {
  executable: undefined,
  team_id: 'ABCDE12345',
  signing_id: 'com.example.sync',
  hosts: ['host-1'],
  destinations: ['bucket.example'],
  max_bytes_out_per_day: 2e9,
};

interface Seen {
  readonly on?: string;
  readonly id?: string;
  readonly facts?: Parameters<typeof someFacts>[0];
  readonly bytes?: readonly (readonly [day: string, bytes: number])[];
  readonly signer?: WeekOfUse['process']['signer'];
}

function aWeek({ on = AS_OF, id = 'f1', facts = {}, bytes, signer = 'developer_id' }: Seen = {}): WeekOfUse {
  return {
    id,
    evaluatedOn: on,
    risk: 55,
    severity: 'medium',
    facts: someFacts({
      signingId: 'com.example.sync',
      teamId: 'ABCDE12345',
      cdhash: 'ab'.repeat(20),
      lastMs: Date.parse(`${on}T12:00:00Z`),
      ...facts,
    }),
    days: (bytes ?? [[on, 1e9]]).map(([day, bytesOut]) => ({ day, bytesOut })),
    process: { name: 'sync', args: [], signer },
    indicators: ['volume'],
    open: false,
  };
}

async function review(given: readonly Partial<Approval>[], weeks: readonly Seen[]) {
  const entries = given.map((one) => ({
    approval: anApproval(one),
    origin: 'configuration' as const,
    by: null,
    at: null,
  }));
  return reviewInventory(entries, weeks.map(aWeek), AS_OF, () => ['studio']);
}

async function remarks(
  approval: Partial<Approval>,
  weeks: readonly Seen[] = [{}],
): Promise<Record<string, string>> {
  const [reviewed] = await review([approval], weeks);
  return Object.fromEntries(reviewed!.remarks.map(({ kind, text }) => [kind, text]));
}

it('has nothing to say about a tight approval in use', async () => {
  expect(await review([TIGHT], [{}])).toMatchObject([
    {
      name: 'nightly copy',
      binding: 'team_id+signing_id',
      hides: { findings: 1, bytes_out: 1e9, hosts: 1, actors: 1, last_on: AS_OF },
      remarks: [],
    },
  ]);
});

it('counts each day of a finding once, as the latest evaluation has it', async () => {
  const [reviewed] = await review(
    [TIGHT],
    [
      {
        on: '2026-04-03',
        bytes: [
          ['2026-04-02', 5],
          ['2026-04-03', 7],
        ],
      },
      {
        on: '2026-04-04',
        bytes: [
          ['2026-04-03', 9],
          ['2026-04-04', 11],
        ],
      },
      { on: '2026-04-04', id: 'f2', bytes: [['2026-04-04', 100]] },
    ],
  );
  expect(reviewed?.hides).toMatchObject({ findings: 2, bytes_out: 5 + 9 + 11 + 100, last_on: '2026-04-04' });
});

it('does not count what stands beyond the bounds', async () => {
  const weeks = [{}, { id: 'f2', facts: { maxDayOut: 3e9 } }];
  const [reviewed] = await review([TIGHT], weeks);
  expect(reviewed?.hides.findings).toBe(1);
  expect(await remarks(TIGHT, weeks)).toEqual({ exceeded: '1 finding went beyond it.' });
});

describe('too wide is', () => {
  it.each<[Partial<Approval>, string]>([
    [{ ...TIGHT, destinations: undefined }, 'It covers any destination.'],
    [{ ...TIGHT, destinations: ['*'] }, 'It covers any destination.'],
    [{ ...TIGHT, max_bytes_out_per_day: undefined }, 'It covers any amount.'],
    [{ ...TIGHT, signing_id: undefined }, 'It covers everything of a vendor.'],
    [{ ...TIGHT, max_bytes_out_per_day: undefined, hosts: undefined }, 'It covers any host, any amount.'],
  ])('%o', async (approval, text) => {
    expect((await remarks(approval))['too_wide']).toBe(text);
  });

  it('more than three programs', async () => {
    const weeks = [1, 2, 3, 4].map((number) => ({ id: `f${number}`, facts: { actor: `actor ${number}` } }));
    expect(await remarks(TIGHT, weeks.slice(0, 3))).toEqual({});
    expect(await remarks(TIGHT, weeks)).toEqual({ too_wide: 'It covers 4 programs so far.' });
  });

  it('not the fleet alone, nor a group', async () => {
    expect(await remarks({ ...TIGHT, hosts: undefined })).toEqual({});
    expect(await remarks({ ...TIGHT, hosts: undefined, groups: ['studio'] })).toEqual({});
  });
});

describe('weak is', () => {
  const bound = (more: Partial<Approval>): Partial<Approval> => ({
    ...TIGHT,
    team_id: undefined,
    signing_id: undefined,
    ...more,
  });

  it.each<[string, Partial<Approval>, WeekOfUse['process']['signer'], RegExp | undefined]>([
    ['a path', bound({ executable: '*/rclone' }), 'developer_id', /Only a path/],
    ['paths', bound({ executable: '*/rclone', parent: '/bin/zsh' }), 'ad_hoc', /Only paths/],
    ['a cdhash of unsigned code', bound({ cdhash: 'ab'.repeat(20) }), 'unsigned', /one build/],
    ['no cdhash of signed code', bound({ cdhash: 'ab'.repeat(20) }), 'developer_id', undefined],
    ['a signing id of nobody', bound({ signing_id: 'com.example.sync' }), 'ad_hoc', /anybody may sign/],
    ["no signing id of Apple's", bound({ signing_id: 'com.example.sync' }), 'apple_platform', undefined],
  ])('%s', async (_what, approval, signer, text) => {
    const said = (await remarks(approval, [{ signer }]))['weak'];
    if (text === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(text);
  });
});

it.each<[Partial<Approval>, Record<string, string>]>([
  [{ expires: '2026-05-05' }, { expiring: 'It ends on 2026-05-05.' }],
  [{ expires: '2026-05-06' }, {}],
  [{ revoked: AS_OF }, { expiring: `It ends on ${AS_OF}.` }],
  [{ expires: '2026-04-04' }, { ended: 'It ended on 2026-04-04.', exceeded: '1 finding went beyond it.' }],
])('says when it ends: %o', async (end, said) => {
  expect(await remarks({ ...TIGHT, ...end })).toEqual(said);
});

it.each<[string, readonly Seen[], string | undefined]>([
  ['never', [], 'It approved nothing in 30 days, never.'],
  ['long ago', [{ on: '2026-03-06' }], 'It approved nothing in 30 days, last on 2026-03-06.'],
  ['thirty days ago', [{ on: '2026-03-07' }], undefined],
])('says that it is unused: %s', async (_when, weeks, said) => {
  expect((await remarks(TIGHT, weeks))['unused']).toBe(said);
});

it('tells an approval that never decides from one that is overlapped', async () => {
  const wide = { ...TIGHT, name: 'wide', hosts: undefined };
  const said = async (weeks: readonly Seen[]) =>
    (await review([TIGHT, wide], weeks))[1]?.remarks.filter(({ kind }) => kind !== 'unused');
  expect(await said([{}])).toEqual([
    { kind: 'shadowed', text: 'The narrower "nightly copy" decides in 1 finding it would approve.' },
  ]);
  const elsewhere = { id: 'f2', facts: { hostId: 'host-2', hostName: '', places: [aPlace()] } };
  expect(await said([{}, elsewhere])).toEqual([
    { kind: 'overlaps', text: 'The narrower "nightly copy" decides in 1 finding it would approve.' },
  ]);
});
