import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { isSteady, usualDay } from '../../src/inventory/suggest/steady.js';
import { suggestApprovals } from '../../src/inventory/suggest/suggest.js';
import { appendDecision } from '../../src/decisions/decisions.js';
import { describeEngines } from '../support/engines.js';
import { dayOf, findingId, keepHabits, keepHosts, type Habit } from './kept-store.js';

const CONFIG = loadConfig();
const GB = 1e9;

const days = (amounts: readonly number[]) => amounts.map((bytes, at) => ({ day: dayOf(at), bytes }));

describe('a habit', () => {
  it.each<[string, readonly number[], boolean]>([
    ['is every day the same', [5, 5, 5, 5, 5], true],
    ['may vary', [5, 9, 4, 7, 3, 8, 6, 5], true],
    ['is no four days', [5, 5, 5, 5], false],
    ['has no day far above', [5, 5, 5, 5, 16, 5, 5], false],
    ['may become less', [9, 9, 8, 6, 5, 5, 4], true],
    ['is nothing', [], false],
  ])('%s', (_what, amounts, steady) => {
    expect(isSteady(days(amounts))).toBe(steady);
  });

  it('is no ramp, however slow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.double({ min: 1.03, max: 1.6, noNaN: true }),
        fc.array(fc.double({ min: 0.99, max: 1.01, noNaN: true }), { minLength: 60, maxLength: 60 }),
        (length, growth, noise) => {
          const ramp = Array.from({ length }, (_, at) => Math.round(1e6 * growth ** at * noise[at]!));
          expect(isSteady(days(ramp))).toBe(false);
        },
      ),
    );
  });

  it('is a plateau somebody climbed to only when that was long ago', () => {
    const plateau = [1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10].map((one) => one * 1e6);
    expect(isSteady(days(plateau))).toBe(false);
  });

  it('has a usual day that an outlier does not raise', () => {
    expect(usualDay(days([5, 6, 5, 4, 100]))).toBe(6);
    expect(usualDay([])).toBe(0);
  });
});

const TOOL = {
  actor: 'path:/opt/homebrew/bin/syncer',
  executable: '/opt/homebrew/bin/syncer',
  parent: '/sbin/launchd',
};
const APP = {
  actor: 'team:ABCDE12345/com.example.sync',
  executable: '/Applications/Sync.app/Contents/MacOS/Sync',
  signingId: 'com.example.sync',
  teamId: 'ABCDE12345',
};
const STEADY = [2, 3, 2, 2, 3, 2, 2, 3].map((one) => one * GB);
const LAST = STEADY.length - 1;

describeEngines('suggestions', ({ open, newTarget }) => {
  async function suggest(habits: readonly Habit[], hosts: readonly string[] = ['A', 'B', 'C']) {
    const store = await open(newTarget());
    await keepHosts(store, hosts, LAST);
    await keepHabits(store, habits);
    return { store, suggestions: await suggestApprovals(store, CONFIG) };
  }

  it('are the steady uploads of an app, with their evidence', async () => {
    const { suggestions } = await suggest([{ host: 'A', facts: APP, amounts: STEADY }]);
    expect(suggestions).toEqual([
      {
        approval: {
          name: 'Sync to bucket.example on A',
          team_id: 'ABCDE12345',
          signing_id: 'com.example.sync',
          hosts: ['A'],
          destinations: ['bucket.example'],
          max_bytes_out_per_day: 6 * GB,
          owner: '',
          reason: '',
          created: dayOf(LAST),
          expires: '2026-09-05',
        },
        evidence: {
          actor: APP.actor,
          signer: 'developer_id',
          hosts: 1,
          fleet_hosts: 3,
          first_day: dayOf(0),
          last_day: dayOf(LAST),
          destinations: [
            { destination: 'bucket.example', hosts: 1, days: 8, median_day: 2 * GB, largest_day: 3 * GB },
          ],
          usual_day: 3 * GB,
        },
        text: 'Sync (Developer ID) sent to bucket.example from 1 host of 3, on each on at least 8 days between 2026-03-02 and 2026-03-09: 2 GB on a usual day, 3 GB on the largest, and not growing. Its largest usual day to all places is 3 GB; it may send 6 GB. It would approve 1 finding.',
        findings: [findingId('A', APP.actor)],
      },
    ]);
  });

  it('bind a local tool to path and parent', async () => {
    const { suggestions } = await suggest([{ host: 'A', facts: TOOL, signer: 'ad_hoc', amounts: STEADY }]);
    expect(suggestions.map(({ approval }) => approval)).toMatchObject([
      { executable: TOOL.executable, parent: '/sbin/launchd', hosts: ['A'] },
    ]);
  });

  it('are for the fleet where half of it has the habit', async () => {
    const hosts = ['A', 'B', 'C', 'D', 'E', 'F'];
    const habits = hosts.slice(0, 3).map((host): Habit => ({ host, facts: APP, amounts: STEADY }));
    const { suggestions } = await suggest(habits, hosts);
    expect(suggestions).toHaveLength(1);
    expect(suggestions[0]?.approval.hosts).toBeUndefined();
    expect(suggestions[0]?.findings).toHaveLength(3);
    const two = await suggest(habits.slice(0, 2), hosts);
    expect(two.suggestions.map(({ approval }) => approval.hosts)).toEqual([['A', 'B']]);
  });

  it('are never what nobody should propose', async () => {
    const never: readonly [string, Partial<Habit>][] = [
      ['a slow ramp', { amounts: STEADY.map((_, at) => GB * 1.15 ** at).map(Math.round) }],
      ['a few days', { amounts: STEADY.slice(0, 4) }],
      ['a burst', { amounts: [...STEADY.slice(1), 40 * GB] }],
      ['a file drop', { destination: 'transfer.sh' }],
      ['a webhook', { destination: 'webhook.site' }],
      ['an address', { destination: '203.0.113.0/24' }],
      ['a place that is hidden', { destination: 'unknown:443' }],
      [
        'a proxy tool',
        { facts: { ...APP, executable: '/Applications/Honeygain.app/Contents/MacOS/Honeygain' } },
      ],
      ['a broken signature', { signer: 'invalid' }],
      ['a borrowed identity', { indicators: ['volume', 'identity_drift'] }],
      ['a tool nobody starts', { facts: { ...TOOL, parent: '' }, signer: 'ad_hoc' }],
      ['a tool in a temporary place', { facts: { ...TOOL, executable: '/tmp/syncer' }, signer: 'unsigned' }],
      [
        'a tool in a hidden place',
        { facts: { ...TOOL, executable: '/Users/a/.x/syncer' }, signer: 'ad_hoc' },
      ],
      ['a tool that came later', { facts: TOOL, signer: 'ad_hoc', amounts: STEADY.slice(0, 5), from: 3 }],
      [
        'an interpreter of nothing in particular',
        {
          facts: {
            actor: 'apple:com.apple.python3',
            executable: '/usr/bin/python3',
            signingId: 'com.apple.python3',
          },
          signer: 'apple_platform',
        },
      ],
      [
        "Apple's curl in the hands of something in a temporary place",
        {
          facts: {
            actor: 'apple:com.apple.curl by path:/tmp/x',
            executable: '/usr/bin/curl',
            signingId: 'com.apple.curl',
          },
          signer: 'apple_platform',
        },
      ],
    ];
    const habits = never.map(([what, habit]): Habit => ({
      host: what,
      facts: APP,
      amounts: STEADY,
      ...habit,
    }));
    // What is proposed beside them shows that the store could have proposed something.
    const { suggestions } = await suggest(
      [...habits, { host: 'steady', facts: APP, amounts: STEADY }],
      ['steady', ...never.map(([what]) => what)],
    );
    expect(suggestions.map(({ approval }) => approval.hosts)).toEqual([['steady']]);
  });

  it("bind Apple's curl to the agent that uses it", async () => {
    const facts = {
      actor: 'apple:com.apple.curl by team:ABCDE12345/com.example.agent',
      executable: '/usr/bin/curl',
      signingId: 'com.apple.curl',
    };
    const { suggestions } = await suggest([{ host: 'A', facts, signer: 'apple_platform', amounts: STEADY }]);
    expect(suggestions.map(({ approval }) => approval)).toMatchObject([
      { signing_id: 'com.apple.curl', actor: facts.actor },
    ]);
  });

  it('are nothing people escalated or confirmed', async () => {
    const hosts = ['escalated', 'confirmed', 'benign', 'noticed'];
    const { store, suggestions } = await suggest(
      hosts.map((host) => ({ host, facts: { ...APP, actor: `${APP.actor}-${host}` }, amounts: STEADY })),
      hosts,
    );
    expect(suggestions).toHaveLength(4);
    const decide = (host: string, action: string, detail: Record<string, unknown> = {}) =>
      appendDecision(store, {
        at: '2026-03-20T00:00:00.000Z',
        who: 'ada',
        kind: 'finding',
        subject: findingId(host, `${APP.actor}-${host}`),
        action,
        detail,
      });
    await decide('escalated', 'escalate');
    await decide('confirmed', 'close', { disposition: 'true_positive' });
    await decide('benign', 'close', { disposition: 'benign' });
    await decide('noticed', 'ack');
    const left = (await suggestApprovals(store, CONFIG)).map(({ approval }) => approval.hosts?.[0]);
    expect(left).toEqual(['benign', 'noticed']);
  });

  it('are not put off by a Mac whose clock jumps', async () => {
    const store = await open(newTarget());
    const hosts = ['A', ...Array.from({ length: 20 }, (_, at) => `H${at}`)];
    await keepHosts(store, hosts, LAST);
    for (const seen_on of ['2016-07-01', '2036-07-01']) {
      const row = { seen_as: 'A', seen_name: 'A', host_id: 'A', host_name: 'A', lost: 0 };
      await store.insert('day_hosts', [{ seen_on, ...row }]);
    }
    await keepHabits(store, [{ host: 'A', facts: TOOL, signer: 'ad_hoc', amounts: STEADY }]);
    const [suggestion] = await suggestApprovals(store, CONFIG);
    expect(suggestion?.approval).toMatchObject({ created: dayOf(LAST), expires: '2026-09-05' });
  });

  it('are silent about what is approved already', async () => {
    const { store, suggestions } = await suggest([{ host: 'A', facts: APP, amounts: STEADY }]);
    const config = {
      ...CONFIG,
      approvals: suggestions.map(({ approval }) => ({ ...approval, owner: 'o', reason: 'r' })),
    };
    expect(await suggestApprovals(store, config)).toEqual([]);
  });

  it('are nothing in an empty store', async () => {
    expect(await suggestApprovals(await open(newTarget()), CONFIG)).toEqual([]);
  });
});
