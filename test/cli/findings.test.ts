import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerFindings } from '../../src/cli/findings.js';
import { type Store } from '../../src/store/store.js';
import { openStore } from '../../src/service/open-store.js';
import type { Finding } from '../../src/ground/finding.js';
import type { Decision } from '../../src/decisions/decision.js';
import { HOSTILE } from '../report/fixture.js';
import { type EvaluationPart, writeEvaluations } from '../triage/evaluation.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-findings-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const A = `a1b2${'0'.repeat(12)}`;
const B = `a1c3${'0'.repeat(12)}`;
const C = `c0de${'0'.repeat(12)}`;

const WEEK: readonly EvaluationPart[] = [
  { on: '2026-03-04', id: A, risk: 90, host: 'MBP-01' },
  { on: '2026-03-04', id: B, risk: 50, host: 'MBP-02', last: '2026-03-04T10:00:00.000Z' },
  { on: '2026-03-04', id: C, risk: 30, host: 'mini.example.com' },
];

let stores = 0;
let target = '';

async function newStore(): Promise<void> {
  target = join(directory, `store-${++stores}`);
  await inStore(async (store) => {
    await writeEvaluations(store, WEEK);
    await store.insert('evaluation_builds', [
      { evaluated_on: '2026-03-04', fingerprint: 'x', config: 'x', baseline: '', findings: 3, built_at: 1 },
    ]);
  });
}

async function inStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(target);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** What the command prints; the process is this one. */
async function findings(...args: string[]): Promise<string> {
  const program = new Command('outflow').exitOverride().configureOutput({ writeErr: () => undefined });
  registerFindings(program);
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    await program.parseAsync(['findings', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return printed.join('');
}

const store = (): string[] => ['--store', target];
const listed = async (...args: string[]): Promise<string[]> =>
  (
    JSON.parse(await findings('list', ...store(), '--format', 'json', ...args)) as { findings: Finding[] }
  ).findings.map(({ id }) => id);
const shown = async (id: string): Promise<{ finding: Finding; decisions: Decision[] }> =>
  JSON.parse(await findings('show', id, ...store(), '--format', 'json')) as {
    finding: Finding;
    decisions: Decision[];
  };

describe('outflow findings list', () => {
  beforeAll(newStore);

  it('writes the findings of the contract as JSON', async () => {
    expect(JSON.parse(await findings('list', ...store(), '--format', 'json'))).toMatchObject({
      schema: 'outflow.queue/1',
      judged: { first: '2026-03-04', last: '2026-03-04' },
      counts: { open: 3, acknowledged: 0, escalated: 0, closed: 0, approved: 0 },
      findings: [{ id: A, state: 'open', history: { first_judged: '2026-03-04' } }, { id: B }, { id: C }],
    });
  });

  it.each<[string[], string[]]>([
    [['--host', 'mbp-01'], [A]],
    [
      ['--host', 'MBP-*'],
      [A, B],
    ],
    [['--host', 'mini'], [C]],
    [
      ['--actor', '*uploader'],
      [A, B, C],
    ],
    [
      ['--actor', 'uploader'],
      [A, B, C],
    ],
    [['--actor', 'upload'], []],
    [
      ['--signer', 'Developer_ID'],
      [A, B, C],
    ],
    [
      ['--signer', 'example123'],
      [A, B, C],
    ],
    [['--signer', 'unsigned'], []],
    [
      ['--destination', 'example.net'],
      [A, B, C],
    ],
    [
      ['--destination', '*.example.net'],
      [A, B, C],
    ],
    [
      ['--destination', '198.51.100.7'],
      [A, B, C],
    ],
    [['--destination', 'ample.net'], []],
    [
      ['--severity', 'medium'],
      [A, B],
    ],
    [['--state', 'closed,approved'], []],
    [
      ['--state', 'open', '--state', 'closed'],
      [A, B, C],
    ],
    [
      ['--since', '2026-03-04T12:00:00Z'],
      [A, C],
    ],
    [['--until', '2026-03-04T08:00:00Z'], []],
    [['--until', '2026-03-04T08:00:01Z', '--severity', 'high'], [A]],
  ])('%s', async (args, ids) => {
    expect(await listed(...args)).toEqual(ids);
  });

  it('counts approvals of the configuration', async () => {
    const config = join(directory, 'approvals.yaml');
    writeFileSync(
      config,
      'approvals:\n  - { name: up, team_id: EXAMPLE123, owner: it, reason: export, expires: 2026-12-31, hosts: [mbp-02] }\n',
    );
    expect(await listed('--config', config)).toEqual([A, C]);
    expect(await listed('--config', config, '--state', 'approved')).toEqual([B]);
  });

  it('says so when nothing fits', async () => {
    expect(await findings('list', ...store(), '--host', 'other')).toContain(
      'No finding fits; 3 in this store',
    );
  });

  it('prints the queue, the worst first, and what else there is', async () => {
    await newStore();
    await findings('close', C, '--as', 'benign', '--reason', 'known', ...store());
    const text = await findings('list', ...store());
    expect(text).toMatch(/^ID +STATE +SEVERITY/);
    expect(text).toMatch(/^a1b20000 {2}open +CRITICAL/m);
    expect(text).toMatch(/^a1c30000 {2}open +MEDIUM/m);
    expect(text).not.toContain('c0de');
    expect(text.replace(/\s+/g, ' ')).toContain(
      '2 findings shown; 3 in this store: 2 open, 1 closed, judged from 2026-03-04 to 2026-03-04.',
    );
  });

  it('is loud when there is no store, or nothing was judged in it', async () => {
    await expect(findings('list', '--store', join(directory, 'nowhere'))).rejects.toMatchObject({
      code: 'OF_STORE_UNAVAILABLE',
    });
    target = join(directory, 'fresh');
    await inStore(() => Promise.resolve());
    await expect(findings('list', ...store())).rejects.toMatchObject({ code: 'OF_STORE_EMPTY' });
  });
});

describe('outflow findings, deciding', () => {
  beforeAll(newStore);

  const by = ['--by', 'ana', '--now', '2026-03-05T09:00:00Z'];

  it.each<[string, string[], string]>([
    ['an unknown id', ['ack', 'ffff'], 'OF_FINDING_UNKNOWN'],
    ['one that fits several', ['ack', 'a1'], 'OF_FINDING_UNKNOWN'],
    ['an empty one', ['ack', ''], 'OF_FINDING_UNKNOWN'],
    ['no id', ['ack'], 'OF_USAGE'],
    ['filters without --all-matching', ['ack', A, '--host', 'x'], 'OF_USAGE'],
    ['ids with --all-matching', ['ack', A, '--all-matching', '--host', 'x'], 'OF_USAGE'],
    ['all of them by accident', ['ack', '--all-matching'], 'OF_USAGE'],
    ['an empty note', ['note', A, '--text', ' '], 'OF_USAGE'],
    ['assigning to no one in particular', ['assign', A], 'OF_USAGE'],
    ['reopening what is open', ['reopen', A], 'OF_USAGE'],
    ['an unknown state', ['list', '--state', 'gone'], 'commander.invalidArgument'],
    ['a closing without reason', ['close', A, '--as', 'benign'], 'commander.missingMandatoryOptionValue'],
    ['a closing as nothing', ['close', A, '--reason', 'x'], 'commander.missingMandatoryOptionValue'],
  ])('refuses %s and changes nothing', async (_what, args, code) => {
    await expect(findings(...args, ...store())).rejects.toMatchObject({ code });
    expect(JSON.parse(await findings('history', ...store(), '--format', 'json'))).toEqual({
      schema: 'outflow.decisions/1',
      verified: null,
      decisions: [],
    });
  });

  it('says in one line what it did', async () => {
    await newStore();
    expect(await findings('ack', 'a1b', ...by, ...store())).toBe(
      `Acknowledged: ${A} (uploader on MBP-01).\n`,
    );
    expect(await findings('escalate', A, ...by, ...store())).toMatch(/^Escalated: /);
    expect(await findings('assign', A, '--to', 'bo', ...by, ...store())).toMatch(/^Assigned to bo: /);
    expect(await findings('note', A, '--text', 'called', ...by, ...store())).toMatch(/^Noted: /);
    expect((await shown(A)).finding).toMatchObject({
      state: 'escalated',
      history: { assignee: 'bo', notes: 1 },
    });
    expect(await findings('assign', A, '--nobody', ...by, ...store())).toMatch(/^Assigned to nobody: /);
    expect(
      await findings('close', A, '--as', 'true_positive', '--reason', 'it was theft', ...by, ...store()),
    ).toBe(`Closed as true positive: ${A} (uploader on MBP-01).\n`);
    expect((await shown(A)).finding).toMatchObject({
      state: 'closed',
      history: { disposition: 'true_positive', assignee: null },
    });
    expect(await findings('reopen', A, '--reason', 'not all of it', ...by, ...store())).toMatch(
      /^Reopened: /,
    );
    const { finding, decisions } = await shown(A);
    expect(finding).toMatchObject({ state: 'open', history: { disposition: null } });
    expect(finding.summary).toContain('Reopened by ana on 2026-03-05: not all of it.');
    expect(decisions.map(({ action, who }) => [action, who])).toEqual(
      ['ack', 'escalate', 'assign', 'note', 'assign', 'close', 'reopen'].map((action) => [action, 'ana']),
    );
  });

  it('takes several ids at once, or all that fit', async () => {
    await newStore();
    expect(await findings('note', A, 'a1c', A, '--text', 'same campaign', ...by, ...store())).toBe(
      `Noted: 2 findings (${A}, ${B}).\n`,
    );
    expect(await findings('ack', '--all-matching', '--severity', 'informational', ...by, ...store())).toBe(
      `Acknowledged: 3 findings (${A}, ${B}, ${C}).\n`,
    );
    expect(await findings('ack', '--all-matching', '--host', 'nobody', ...by, ...store())).toBe(
      'Acknowledged: nothing, since no finding fits.\n',
    );
    const closing = ['--as', 'duplicate', '--reason', 'one case', ...by, ...store()];
    await findings('close', '--all-matching', '--severity', 'medium', ...closing);
    expect(await listed('--state', 'closed')).toEqual([A, B]);
    expect(await findings('list', ...store(), '--state', 'closed')).toMatch(/^a1b20000 {2}closed +CRITICAL/m);
    await findings('reopen', '--all-matching', '--host', 'MBP-02', ...by, ...store());
    expect(await listed('--state', 'closed')).toEqual([A]);
    expect(await findings('history', ...store())).toMatch(/^2026-03-05 09:00 {2}a1b2.* ana {2}noted: same/);
  });
});

describe('outflow findings show and history', () => {
  beforeEach(newStore);

  it('shows the finding with its decisions, and lets nothing hostile through', async () => {
    await findings('note', A, '--text', HOSTILE, '--by', HOSTILE, ...store());
    const text = await findings('show', 'a1b2', ...store());
    expect(text).toContain('Only this host of 60 reached drop.example.net.');
    expect(text).toContain('raised    medium or above since 2026-03-04');
    expect(text).toMatch(/noted: .*\\x1b\[31mred/);
    for (const out of [text, await findings('history', ...store()), await findings('list', ...store())])
      // eslint-disable-next-line no-control-regex
      expect(out.replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e\u200b]/);
  });

  it('verifies the history, and says when it is broken', async () => {
    expect(await findings('history', '--verify', ...store())).toBe(
      'Nobody has decided anything.\nThe history is as it was written: 0 decisions.\n',
    );
    await findings('note', A, B, '--text', 'odd', ...store());
    const verified = await findings('history', 'a1b', '--verify', ...store());
    const head = /head ([0-9a-f]{64})\.\n$/.exec(verified)?.[1] ?? '';
    expect(verified).toContain('2 decisions');
    await findings('ack', A, ...store());
    expect(await findings('history', '--verify', '--expect', head, ...store())).toContain('3 decisions');
    await expect(findings('history', '--expect', head, ...store())).rejects.toMatchObject({
      code: 'OF_USAGE',
    });
    await inStore((open) =>
      open.command(`ALTER TABLE decisions UPDATE who = 'eve' WHERE seq = 1`, {}, { mutations_sync: '2' }),
    );
    await expect(findings('history', '--verify', ...store())).rejects.toMatchObject({
      code: 'OF_HISTORY_BROKEN',
      exitCode: 4,
    });
  });
});

describe('outflow as a program', () => {
  it('takes the store from the environment and leaves with the code of the catalogue', async () => {
    await newStore();
    const ok = await outflow(['findings', 'ack', 'a1b2']);
    expect(ok).toMatchObject({ code: 0, stderr: '' });
    expect(ok.stdout).toBe(`Acknowledged: ${A} (uploader on MBP-01).\n`);
    const unknown = await outflow(['findings', 'show', 'ffff']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/^outflow: OF_FINDING_UNKNOWN: no finding ffff in .*\n$/);
  }, 60_000);
});

function outflow(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const viteNode = join(
    dirname(createRequire(import.meta.url).resolve('vite-node/package.json')),
    'vite-node.mjs',
  );
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  return new Promise((done) => {
    const child = spawn(process.execPath, [viteNode, main, ...args], {
      env: { ...process.env, OUTFLOW_STORE: target },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
}
