import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Approval } from '../../src/config/schema.js';
import type { Finding, FindingHistory } from '../../src/ground/finding.js';
import type { SimApproval } from '../../src/simulate/scenarios/stage.js';
import type { Truth, TruthIncident } from '../../src/simulate/truth.js';
import { coversIncident } from '../../src/simulate/validation/long/covers.js';
import { buildLongReport, type LongRun } from '../../src/simulate/validation/long/long-report.js';
import { scoreLong, type LongScore } from '../../src/simulate/validation/long/long-score.js';
import { renderLongValidation } from '../../src/report/validation/long-table.js';
import { judgeSuggestions } from '../../src/simulate/validation/long/suggestions.js';
import { validateLong, type LongHooks } from '../../src/simulate/validation/long/validate-long.js';
import { calm, finding, incident, truth } from './finding.js';

/** Twenty days from 2 March, of which ten to learn: the 12th is the first day that counts. */
function month(incidents: readonly TruthIncident[], more: Partial<Truth> = {}): Truth {
  return {
    ...truth(incidents),
    days: 20,
    window: { start: '2026-03-02T00:00:00.000Z', end: '2026-03-22T00:00:00.000Z' },
    exercise: { learning_days: 10, updates: [], reimaged: null, clocks: [] },
    ...more,
  };
}

const raised = (raised_on: string | null): { history: FindingHistory } => ({
  history: {
    first_judged: '2026-03-02',
    last_judged: '2026-03-21',
    worst_judged: raised_on ?? '2026-03-02',
    raised_on,
    disposition: null,
    assignee: null,
    notes: 0,
    reopened: null,
    approval: null,
  },
});

const approval = (more: Partial<Approval> = {}): Approval => ({
  name: 'suggested',
  owner: 'somebody',
  reason: 'seen daily',
  expires: '2027-01-01',
  ...more,
});

const companyApproval = (more: Partial<SimApproval> = {}): SimApproval => ({
  scenario: 'B01',
  host: 'MBP-1',
  executable: '/bin/evil',
  signing_id: '',
  team_id: '',
  destination: '*',
  max_bytes_out_per_day: 1e9,
  after_expiry: 'never',
  ...more,
});

const scored = (
  incidents: readonly TruthIncident[],
  findings: readonly Finding[],
  facts: { approvals?: SimApproval[]; accepted?: Approval[] } = {},
): LongScore => scoreLong({ truth: month(incidents), approvals: [], accepted: [], ...facts }, findings);

describe('coversIncident', () => {
  const signed = incident({
    senders: ['/Users/ada7/bin/tool'],
    processes: ['/Users/ada7/bin/tool', '/tmp/dropper'],
    signers: [{ signer: 'developer_id', signing_id: 'com.tool.helper', team_id: 'TEAM' }],
    destinations: [
      { name: 'a.s3.eu-west-1.amazonaws.com', ip: ['44.1.2.3'], port: 443, bytes_out: 9, connections: 1 },
      { name: 'www.rare.example', ip: ['44.1.2.4'], port: 443, bytes_out: 1, connections: 1 },
    ],
  });
  const covers = (more: Partial<Approval>, which: 'main' | 'any' = 'any'): boolean =>
    coversIncident(approval(more), signed, which);

  it('asks for host, program and place', () => {
    expect(covers({ team_id: 'TEAM' })).toBe(true);
    expect(covers({ team_id: 'OTHER' })).toBe(false);
    expect(covers({ team_id: 'TEAM', signing_id: 'com.tool.helper' })).toBe(true);
    expect(covers({ team_id: 'TEAM', signing_id: 'com.tool' })).toBe(false);
    expect(covers({ executable: '/Users/*/bin/tool' })).toBe(true);
    expect(covers({ executable: '/usr/bin/tool' })).toBe(false);
    expect(covers({ team_id: 'TEAM', hosts: ['mbp-1.local'] })).toBe(true);
    expect(covers({ team_id: 'TEAM', hosts: ['MBP-2'] })).toBe(false);
    expect(covers({ team_id: 'TEAM', hosts: ['MBP-2'], groups: ['sales'] })).toBe(true);
    expect(covers({ team_id: 'TEAM', parent: '/tmp/dropper' })).toBe(true);
    expect(covers({ team_id: 'TEAM', parent: '/bin/zsh' })).toBe(true);
    expect(covers({ team_id: 'TEAM', parent: '/usr/local/bin/agent' })).toBe(false);
  });

  it('knows actors with and without what qualifies them', () => {
    expect(covers({ actor: 'team:TEAM/com.tool' })).toBe(true);
    expect(covers({ actor: 'path:/Users/*/bin/tool running /opt/x.py' })).toBe(true);
    expect(covers({ actor: 'path:/Users/*/bin/toolbox' })).toBe(false);
  });

  it('tells any place from the main one, and knows buckets by one name', () => {
    expect(covers({ team_id: 'TEAM', destinations: ['a.s3.amazonaws.com'] }, 'main')).toBe(true);
    expect(covers({ team_id: 'TEAM', destinations: ['rare.example'] })).toBe(true);
    expect(covers({ team_id: 'TEAM', destinations: ['rare.example'] }, 'main')).toBe(false);
    expect(covers({ team_id: 'TEAM', destinations: ['are.example'] })).toBe(false);
    expect(covers({ team_id: 'TEAM', destinations: ['44.1.2.4'] })).toBe(true);
    expect(covers({ team_id: 'TEAM', destinations: ['*'] }, 'main')).toBe(true);
  });
});

describe('judgeSuggestions', () => {
  it('accepts what belongs to benign cases and ordinary life, and counts what hides an attack', () => {
    const facts = month([
      incident(),
      incident({ id: 'A46', difficulty: 'blind', senders: ['/bin/sync'] }),
      calm({ senders: ['/bin/calm'] }),
    ]);
    const suggested = [
      approval({ name: 'calm', executable: '/bin/calm' }),
      approval({ name: 'ordinary', executable: '/bin/ordinary' }),
      approval({ name: 'sync', executable: '/bin/sync' }),
      approval({ name: 'evil', executable: '/bin/*' }),
      approval({ name: 'evil elsewhere', executable: '/bin/evil', destinations: ['other.example'] }),
    ];
    const { accepted, mistakes } = judgeSuggestions(facts, suggested);
    expect(accepted.map(({ name }) => name)).toEqual(['calm', 'ordinary', 'sync', 'evil elsewhere']);
    expect(mistakes).toEqual([{ approval: 'evil', incident: 'A01', host: 'MBP-1' }]);
  });
});

describe('scoreLong', () => {
  const other = { host: 'MBP-9', executable: '/bin/other' };

  it('counts as false what was first raised after the learning days, whatever became of it', () => {
    const result = scored(
      [incident()],
      [
        finding(raised('2026-03-14')),
        finding({ ...other, ...raised('2026-03-11'), id: 'early' }),
        finding({ ...other, ...raised('2026-03-12'), id: 'late' }),
        finding({ ...other, ...raised('2026-03-20'), id: 'calmed', severity: 'low' }),
        finding({ ...other, ...raised(null), id: 'never', severity: 'low' }),
        finding({ ...other, ...raised('2026-03-20'), id: 'approved', state: 'approved' }),
        finding({ ...other, ...raised('2026-03-20'), id: 'closed', state: 'closed' }),
      ],
    );
    expect(result.false_findings.map(({ id }) => id)).toEqual(['late', 'calmed', 'closed']);
    expect(result.false_while_learning.map(({ id }) => id)).toEqual(['early']);
    expect(result.host_days).toBe(100);
    expect(result.false_per_host_day).toBe(0.03);
  });

  it('does not take a finding without history for an early one', () => {
    const late = finding({ ...other, last_seen: '2026-03-20T00:00:00.000Z' });
    expect(scored([], [late]).false_findings).toHaveLength(1);
  });

  it('counts an attack as found when it was raised, and says after how many days', () => {
    const found = scored([incident()], [finding({ ...raised('2026-03-06'), severity: 'low' })]).incidents[0];
    expect(found).toMatchObject({ ok: true, reached: 'low', raised_on: '2026-03-06', delay_days: 3 });
    const approved = finding({ ...raised('2026-03-06'), state: 'approved' });
    expect(scored([incident()], [approved]).incidents[0]?.ok).toBe(false);
    expect(scored([incident()], [finding({ severity: 'low' })]).incidents[0]?.ok).toBe(false);
    expect(scored([incident()], []).incidents[0]).toMatchObject({ ok: false, delay_days: null });
  });

  it('wants benign cases quiet at the end, and knows who approved them', () => {
    const states = (more: Parameters<typeof finding>[0], facts: Parameters<typeof scored>[2] = {}) =>
      scored([calm()], [finding(more)], facts).incidents[0];
    expect(states({})).toMatchObject({ ok: false, approved_by: null });
    expect(states({ severity: 'low', ...raised('2026-03-04') })?.ok).toBe(true);
    expect(states({ state: 'acknowledged' })?.ok).toBe(false);
    expect(states({ state: 'closed' })?.ok).toBe(true);
    expect(states({ state: 'approved' }, { approvals: [companyApproval()] })).toMatchObject({
      ok: true,
      approved_by: 'company',
    });
    expect(states({}, { approvals: [companyApproval({ host: 'MBP-2' })] })?.approved_by).toBeNull();
    expect(states({}, { accepted: [approval({ executable: '/bin/evil' })] })?.approved_by).toBe('suggestion');
  });

  it('lets an attack on the same host not speak against a benign case', () => {
    const both = [incident(), calm({ senders: ['/bin/calm'], processes: ['/bin/evil'] })];
    expect(scored(both, [finding()]).incidents.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('excuses what is raised after an approval expired, and nothing before', () => {
    const facts = {
      approvals: [companyApproval({ expires: '2026-03-15', after_expiry: 'judged' as const })],
    };
    const after = scored([calm()], [finding(raised('2026-03-16'))], facts);
    expect(after.after_expiry).toHaveLength(1);
    expect(after.false_findings).toEqual([]);
    expect(after.incidents[0]).toMatchObject({ lapsed: true, ok: false });
    const before = scored([calm()], [finding(raised('2026-03-15'))], facts);
    expect(before.after_expiry).toEqual([]);
    expect(before.false_findings).toHaveLength(1);
  });

  it('says which part of the exercise may be behind a false finding', () => {
    const facts = month([], {
      exercise: {
        learning_days: 10,
        updates: [{ team_id: 'TEAM', programs: [], hosts: [{ host: 'MBP-3', at: '' }] }],
        reimaged: { host: 'MBP-2', old_id: 'a', new_id: 'b', at: '' },
        clocks: [{ host: 'MBP-1', kind: 'back', from: '', until: '', offset_ms: 1 }],
      },
    });
    const one = (host: string, team_id: string | null): Finding => {
      const plain = finding({ host, ...raised('2026-03-20') });
      const { signing, ...rest } = plain.process;
      return { ...plain, process: { ...rest, signing: { ...signing, team_id } } };
    };
    const elements = scoreLong({ truth: facts, approvals: [], accepted: [] }, [
      one('MBP-1', 'TEAM'),
      one('MBP-2', null),
      one('MBP-3', 'TEAM'),
      one('MBP-3', 'OTHER'),
    ]).false_findings.map(({ element }) => element);
    expect(elements).toEqual(['clock', 're-image', 'update', null]);
  });
});

const FLEET = { hosts: 10, days: 20, learning_days: 10, seeds: ['1'] };

function run(score: LongScore, more: Partial<LongRun> = {}): LongRun {
  return { score, suggestions: { offered: 0, accepted: 0, mistakes: [] }, expired: [], ...more };
}

describe('buildLongReport', () => {
  const ramp = incident({ id: 'X01', title: 'ramp' });
  const missed = (...runs: LongRun[]): string[] =>
    buildLongReport(FLEET, runs)
      .targets.filter(({ met }) => !met)
      .map(({ name }) => name.replace(', elastic-defend', ''));

  it('meets its targets when attacks are raised and nothing else is', () => {
    const report = buildLongReport(FLEET, [run(scored([ramp], [finding(raised('2026-03-10'))]))]);
    expect(report.passed).toBe(true);
    expect(report.summaries[0]).toMatchObject({
      ramp: { reached: 1, total: 1 },
      must: { reached: 1, total: 1 },
    });
  });

  it('misses them one by one', () => {
    expect(missed(run(scored([ramp], [])))).toEqual(['recall of must', 'recall of the slow ramp']);
    expect(missed(run(scored([incident({ difficulty: 'should' })], [])))).toEqual(['recall of should']);
    const noise = ['a', 'b'].map((id) => finding({ id, host: 'MBP-9', ...raised('2026-03-20') }));
    expect(missed(run(scored([], noise)))).toEqual(['false findings per host-day after learning']);
    expect(missed(run(scored([], noise.slice(1))))).toEqual([]);
    const loud = scored([calm()], [finding(raised('2026-03-05'))], { approvals: [companyApproval()] });
    expect(missed(run(loud))).toEqual(['share of approved benign cases that are quiet']);
    const unapproved = scored([calm()], [finding(raised('2026-03-05'))]);
    expect(missed(run(unapproved))).toEqual([]);
    const expired = { scenario: 'B01', host: 'MBP-1', expires: '2026-03-15', open: true };
    expect(missed(run(unapproved, { expired: [{ ...expired, expected: 'judged' }] }))).toEqual([]);
    expect(missed(run(unapproved, { expired: [{ ...expired, expected: 'stays_approved' }] }))).toEqual([
      'cases that came back when their approval expired',
    ]);
  });
});

describe('renderLongValidation', () => {
  it('shows what was reached and when, and escapes names that attackers chose', () => {
    const hostile = finding({
      id: 'f9',
      host: 'MBP-9',
      executable: '/tmp/\u001b[31mred',
      ...raised('2026-03-20'),
    });
    const score = scored([incident({ id: 'X01' }), calm()], [finding(raised('2026-03-05')), hostile], {
      accepted: [approval({ executable: '/bin/evil' })],
    });
    const text = renderLongValidation(
      buildLongReport(FLEET, [
        run(score, {
          suggestions: {
            offered: 2,
            accepted: 1,
            mistakes: [{ approval: 'x\u001b[2J', incident: 'X01', host: 'MBP-1' }],
          },
          expired: [
            { scenario: 'X14', host: 'MBP-1', expires: '2026-03-12', expected: 'judged', open: true },
          ],
        }),
      ]),
    );
    expect(text).toMatch(/X01 {2}must {4}attack +high \+2d$/m);
    expect(text).toMatch(/B01 {2}none {4}calm +- s$/m);
    expect(text).toContain('1/ed  2 offered, 1 accepted, 1 would have hidden an attack');
    expect(text).toContain('X14 on MBP-1        until 2026-03-12: goes on and is judged; open');
    expect(text).toContain('1/ed  2026-03-20 high');
    expect(text).toContain('met     false findings per host-day after learning, elastic-defend: 0.0100');
    expect(text).not.toContain('\u001b');
  });
});

describe('validateLong', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'outflow-test-'));
    vi.stubEnv('TMPDIR', temporary);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true, force: true });
  });

  const options = {
    hosts: 4,
    days: 4,
    seeds: ['7'],
    sourceSets: [['eslogger', 'unified-log']],
    start: Date.parse('2026-03-02T00:00:00Z'),
    intensity: 0.2,
    scenarios: ['A38', 'B23'],
    inventory: true,
  };

  it('gives each day once, in order, to one store; asks once; and leaves nothing behind', async () => {
    const calls: string[] = [];
    const stores = new Set<string>();
    const accepted: string[] = [];
    const hooks: LongHooks = {
      runDay: ({ paths, store, config, now }) => {
        stores.add(store);
        const [day = ''] = paths;
        const files = readdirSync(day);
        expect(files.length).toBeGreaterThan(4);
        expect(
          files.every((file) => /^[A-Z]+-[0-9A-Z]{4}\.(?:log\.ndjson|eslogger\.jsonl)$/.test(file)),
        ).toBe(true);
        expect(readdirSync(join(day, '..')).sort()[0]).toBe(basename(day));
        expect(readFileSync(config, 'utf8')).toContain('X14 on ');
        calls.push(`${basename(day)} ${now}`);
        return Promise.resolve();
      },
      suggest: ({ now }) => {
        calls.push(`suggest ${now}`);
        return Promise.resolve([
          approval({ name: 'everything', executable: '*' }),
          approval({ name: 'exports', executable: '/usr/bin/scp' }),
        ]);
      },
      accept: ({ approvals, store }) => {
        expect(existsSync(store)).toBe(true);
        accepted.push(...approvals.map(({ name }) => name));
        return Promise.resolve();
      },
      findings: ({ now }) => {
        calls.push(`findings ${now}`);
        return Promise.resolve([]);
      },
    };
    const report = await validateLong(options, hooks);
    expect(calls).toEqual([
      '2026-03-02 2026-03-03T00:00:00.000Z',
      '2026-03-03 2026-03-04T00:00:00.000Z',
      'suggest 2026-03-04T00:00:00.000Z',
      '2026-03-04 2026-03-05T00:00:00.000Z',
      '2026-03-05 2026-03-06T00:00:00.000Z',
      'findings 2026-03-06T00:00:00.000Z',
    ]);
    expect(stores.size).toBe(1);
    expect(accepted).toEqual(['exports']);
    expect(report).toMatchObject({ learning_days: 2, passed: false });
    expect(report.runs[0]?.suggestions).toMatchObject({ offered: 2, accepted: 1 });
    expect(new Set(report.runs[0]?.suggestions.mistakes.map(({ incident: id }) => id))).toEqual(
      new Set(['A38', 'X01']),
    );
    expect(report.runs[0]?.expired.map(({ scenario }) => scenario)).toContain('X14');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('leaves nothing behind when a day fails, and no approvals without the inventory', async () => {
    const fail: LongHooks['runDay'] = ({ config }) => {
      expect(readFileSync(config, 'utf8')).toBe('{}');
      return Promise.reject(new Error('broken day'));
    };
    const never = (): Promise<never> => Promise.reject(new Error('not reached'));
    await expect(
      validateLong(
        { ...options, inventory: false },
        { runDay: fail, suggest: never, accept: never, findings: never },
      ),
    ).rejects.toThrow('broken day');
    expect(readdirSync(temporary)).toEqual([]);
  });
});
