import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { registerInventory } from '../../src/cli/inventory.js';
import { loadConfig } from '../../src/service/load-config.js';
import type { Store } from '../../src/store/store.js';
import { applyApprovals } from '../../src/approvals/apply.js';
import { parseApprovals } from '../../src/inventory/approval-file.js';
import { loadWeeks } from '../../src/inventory/load-weeks.js';
import { resolveApprovals } from '../../src/approvals/resolve.js';
import { readDecisions } from '../../src/decisions/decisions.js';
import { describeEngines } from '../support/engines.js';
import { dayOf, findingId, keepHabits, keepHosts } from '../inventory/kept-store.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-inventory-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
const write = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const GB = 1e9;
const APP = {
  actor: 'team:ABCDE12345/com.example.sync',
  executable: '/Applications/Sync.app/Contents/MacOS/Sync',
  signingId: 'com.example.sync',
  teamId: 'ABCDE12345',
};
const LAST = 7;
const NOW = '2026-03-10T08:00:00.000Z';
const ANSWER = ['--owner', 'ada', '--reason', 'backups'];

describeEngines('outflow inventory', ({ open, newTarget }) => {
  let target = '';
  const ids = { a: findingId('A', APP.actor), b: findingId('B', APP.actor) };

  beforeAll(async () => {
    target = newTarget();
    const store = await open(target);
    await keepHosts(store, ['A', 'B', 'C'], LAST);
    await keepHabits(store, [
      { host: 'A', facts: APP, amounts: [2, 3, 2, 2, 3, 2, 2, 3].map((one) => one * GB) },
      { host: 'B', facts: APP, amounts: [1, 1, 1, 1, 1, 1, 1, 9].map((one) => one * GB) },
    ]);
    await store.close();
  });

  /** What the command prints; the process is this one. */
  async function run(...args: string[]): Promise<{ out: string; err: string }> {
    const program = new Command('outflow').exitOverride().configureOutput({ writeErr: () => undefined });
    registerInventory(program);
    const printed = { out: '', err: '' };
    const capture = (key: 'out' | 'err') => (text: unknown) => {
      printed[key] += String(text);
      return true;
    };
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation(capture('out')),
      vi.spyOn(process.stderr, 'write').mockImplementation(capture('err')),
    ];
    try {
      await program.parseAsync(['inventory', ...args, '--store', target], { from: 'user' });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    return printed;
  }

  async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await open(target);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** Evaluations each finding has that some approval covers. */
  const approvedWeeks = (): Promise<Record<string, number>> =>
    inStore(async (store) => {
      const approvals = await resolveApprovals(store, loadConfig());
      const counts: Record<string, number> = { [ids.a]: 0, [ids.b]: 0 };
      for await (const week of loadWeeks(store)) {
        const decided = applyApprovals(week.facts, approvals, week.evaluatedOn, () => []);
        if (decided?.inside === true) counts[week.id] = (counts[week.id] ?? 0) + 1;
      }
      return counts;
    });

  it('begins with nothing', async () => {
    expect((await run('list')).out).toBe('Nothing is approved.\n');
    expect((await run('review')).out).toBe('Nothing is approved.\n');
    expect((await run('export')).out).toBe('approvals: []\n');
  });

  it('approves a finding, which is approved at once', async () => {
    const { out } = await run(
      'approve',
      'sync',
      '--finding',
      ids.a.slice(0, 6),
      ...ANSWER,
      '--expires',
      '2026-12-31',
      '--by',
      'grace',
      '--now',
      NOW,
    );
    expect(out.split('\n')).toEqual([
      'Approved "sync": Team ID ABCDE12345, com.example.sync, on A, to bucket.example, 4.5 GB a day, connections of 1 h 00 min, until 2026-12-31.',
      'It approves 1 finding with 19 GB out so far.',
      '',
    ]);
    expect(await approvedWeeks()).toEqual({ [ids.a]: 8, [ids.b]: 0 });
    const [decision, ...others] = await inStore((store) => readDecisions(store, { kind: 'approval' }));
    expect(decision).toMatchObject({
      who: 'grace',
      at: NOW,
      subject: 'sync',
      action: 'approve',
      detail: { source: 'finding', finding: ids.a, approval: { created: '2026-03-10' } },
    });
    expect(others).toEqual([]);
  });

  it('replaces the one of the same name, and says so', async () => {
    const { out } = await run(
      'approve',
      'sync',
      '--finding',
      ids.a,
      ...ANSWER,
      '--expires',
      '2026-12-31',
      '--host',
      '*',
      '--now',
      NOW,
    );
    expect(out).toMatch(/^Approved, in place of the one of that name, "sync": .* on every host,/);
    expect(out).toMatch(/approves 2 findings .* 1 finding went beyond it\./);
    expect(await approvedWeeks()).toEqual({ [ids.a]: 8, [ids.b]: 7 });
  });

  it('reviews what it hides', async () => {
    const { out } = await run('review', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'outflow.inventory/1',
      as_of: dayOf(LAST),
      approvals: [{ name: 'sync', hides: { findings: 2, hosts: 2 }, remarks: [{ kind: 'exceeded' }] }],
    });
    expect((await run('review')).out).toContain('  - exceeded: 1 finding went beyond it.\n');
  });

  it('revokes without taking back what was approved', async () => {
    const { out } = await run('revoke', 'sync', '--on', dayOf(4), '--reason', 'left', '--now', NOW);
    expect(out).toBe(
      `Revoked "sync": its last day is ${dayOf(4)}. What it approved until then stays approved.\n`,
    );
    expect(await approvedWeeks()).toEqual({ [ids.a]: 5, [ids.b]: 5 });
    const twice = await run('revoke', 'sync', '--on', dayOf(6), '--now', NOW);
    expect(twice.err).toMatch(/warning: "sync" had ended on 2026-03-06 already/);
    await expect(run('revoke', 'nobody')).rejects.toMatchObject({ code: 'OF_USAGE', exitCode: 2 });
  });

  it('exports what import takes back, and then nothing changes', async () => {
    const { out } = await run('export');
    const before = await inStore((store) => resolveApprovals(store, loadConfig()));
    expect(parseApprovals(out, 'x')).toEqual(before);
    const file = write('export.yaml', out);
    expect((await run('import', file)).out).toBe(`${file}: 0 new, 0 replaced, 1 unchanged.\n`);
    expect(await inStore((store) => resolveApprovals(store, loadConfig()))).toEqual(before);
  });

  it('imports all of a file or nothing, and warns of what has ended', async () => {
    const one = (name: string, expires: string): string =>
      `- { name: ${name}, executable: '*/x', owner: o, reason: r, expires: ${expires} }\n`;
    const bad = write('bad.yaml', one('p', '2027-01-01') + one('q', 'never'));
    await expect(run('import', bad)).rejects.toMatchObject({ code: 'OF_INVENTORY_INVALID', exitCode: 2 });
    await expect(run('import', bad)).rejects.toThrow(`${bad}:2: approval "q": expires: `);
    await expect(run('import', join(directory, 'none.yaml'))).rejects.toMatchObject({ exitCode: 3 });
    expect((await run('list')).out).not.toMatch(/^p /m);
    const good = write('good.yaml', one('p', '2027-01-01') + one('q', '2026-03-01'));
    const { out, err } = await run('import', good, '--now', NOW);
    expect(out).toBe(`${good}: 2 new, 0 replaced, 0 unchanged.\n`);
    expect(err).toBe('outflow: warning: "q" has ended on 2026-03-01: it approves nothing after that day.\n');
    expect((await run('list')).out).toMatch(/^p +\*\/x +every host +anywhere +unbounded +2027-01-01/m);
  });

  it('puts those of the store in place of configured ones of the same name', async () => {
    const config = write(
      'outflow.yaml',
      `approvals:\n  - { name: c, executable: '*/c', owner: o, reason: r, expires: 2027-01-01 }\n`,
    );
    const listed = async (): Promise<{ name: string; origin: string; owner: string }[]> =>
      (JSON.parse((await run('list', '--config', config, '--format', 'json')).out) as { approvals: [] })
        .approvals;
    expect(await listed()).toContainEqual(expect.objectContaining({ name: 'c', origin: 'configuration' }));
    const { out } = await run(
      'approve',
      'c',
      '--executable',
      '*/c',
      ...ANSWER,
      '--expires',
      '2027-01-01',
      '--config',
      config,
    );
    expect(out).toMatch(/in place of the one of that name in the configuration/);
    expect((await listed()).filter(({ name }) => name === 'c')).toMatchObject([
      { origin: 'store', owner: 'ada' },
    ]);
  });

  it('suggests, prints a file that is refused until it is filled in, and accepts', async () => {
    const name = 'Sync to bucket.example on A';
    expect((await run('suggest')).out).toMatch(
      /^Sync to bucket\.example on A\n {2}program +Team ID ABCDE12345/,
    );
    const { out } = await run('suggest', '--format', 'yaml');
    const file = write('proposed.yaml', out);
    await expect(run('import', file)).rejects.toThrow(
      /approval "Sync to bucket\.example on A": owner: .*\(1 more\)/,
    );
    const filled = out.replace('owner: ""', 'owner: ada').replace('reason: ""', 'reason: backups');
    expect(parseApprovals(filled, file)).toMatchObject([
      { name, hosts: ['A'], max_bytes_out_per_day: 6 * GB },
    ]);
    await expect(run('suggest', '--accept', name)).rejects.toThrow(/lacks --owner, --reason: /);
    await expect(run('suggest', '--accept', 'x', ...ANSWER)).rejects.toThrow(
      /"x" is not among the proposals/,
    );
    const accepted = await run('suggest', '--accept', name, ...ANSWER, '--now', NOW, '--format', 'json');
    expect(JSON.parse(accepted.out)).toMatchObject({
      recorded: [{ name, outcome: 'new' }],
      approvals: [{ hides: { findings: 1, last_on: dayOf(LAST) } }],
    });
    expect((await approvedWeeks())[ids.a]).toBe(8);
    expect((await run('suggest')).out).toMatch(/^Nothing to suggest/);
  });

  it('says in a line what is missing', async () => {
    const refused = (...args: string[]) => expect(run('approve', 'x', ...args)).rejects;
    await refused('--team-id', 'T').toThrow(/^"x" lacks --owner, --reason, --expires: /);
    await refused(...ANSWER, '--expires', '2027-01-01').toThrow(/names no program/);
    await refused('--finding', 'none', ...ANSWER, '--expires', '2027-01-01').toMatchObject({
      code: 'OF_FINDING_UNKNOWN',
      exitCode: 2,
    });
    await refused('--max-duration', 'long').toMatchObject({ exitCode: 1 });
  });
});

describe('without a store', () => {
  it('a mistyped directory is no empty inventory', async () => {
    const program = new Command('outflow').exitOverride();
    registerInventory(program);
    const args = ['inventory', 'list', '--store', join(directory, 'nowhere')];
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
    });
  });
});
