import { expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { approvalSchema, type Approval } from '../../src/config/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Finding } from '../../src/ground/finding.js';
import { decideOnFindings, type FindingOrder } from '../../src/triage/decide.js';
import { appendDecision, readDecisions } from '../../src/decisions/decisions.js';
import { foldFindings, outlineFindings } from '../../src/triage/findings.js';
import { describeEngines } from '../support/engines.js';
import { writeEvaluations } from './evaluation.js';

const config = loadConfig();
const ID = 'f0000000000000aa';
const by = { who: 'ana', at: '2026-03-05T09:00:00.000Z' };
const CLOSE: FindingOrder = { action: 'close', disposition: 'benign', reason: 'known' };

const fold = (store: Store, approvals: readonly Approval[] = []): Promise<Finding[]> =>
  foldFindings(store, { config, approvals, groupOf: () => [] });

function approval(part: Partial<Approval> = {}): Approval {
  return approvalSchema.parse({
    name: 'uploads',
    team_id: 'EXAMPLE123',
    owner: 'it@example.com',
    reason: 'daily export',
    expires: '2026-12-31',
    ...part,
  });
}

describeEngines('findings of a store', ({ open, newTarget }) => {
  it('has none when nothing was judged', async () => {
    const store = await open(newTarget());
    expect(await fold(store)).toEqual([]);
  });

  it('folds evaluations into findings, the worst first', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [
      {
        on: '2026-03-03',
        risk: 40,
        days: { '2026-03-02': 100, '2026-03-03': 200 },
        first: '2026-03-02T08:00:00.000Z',
      },
      {
        on: '2026-03-04',
        risk: 70,
        days: { '2026-03-03': 250, '2026-03-04': 400 },
        body: { open: false },
      },
      { on: '2026-03-05', risk: 60, days: { '2026-03-05': 50 }, body: { open: true } },
      { on: '2026-03-05', risk: 90, id: 'b'.repeat(16), host: 'MBP-02', days: {} },
      { on: '2026-03-05', risk: 70, id: 'a'.repeat(16), host: 'MBP-03' },
    ]);
    const findings = await fold(store);
    expect(findings.map(({ id, risk }) => [id, risk])).toEqual([
      ['b'.repeat(16), 90],
      ['a'.repeat(16), 70],
      [ID, 70],
    ]);
    expect(findings[0]).toMatchObject({ days: [], bytes_out: 0, state: 'open', host: { name: 'MBP-02' } });
    expect(findings[2]).toMatchObject({
      severity: 'high',
      title: 'Uploader on MBP-01, judged on 2026-03-04',
      summary: 'As judged on 2026-03-04.',
      first_seen: '2026-03-02T08:00:00.000Z',
      last_seen: '2026-03-05T20:00:00.000Z',
      open: true,
      bytes_out: 800,
      bytes_in: 80,
      connections: 4,
      days: [
        { day: '2026-03-02', bytes_out: 100, bytes_in: 10 },
        { day: '2026-03-03', bytes_out: 250, bytes_in: 25 },
        { day: '2026-03-04', bytes_out: 400, bytes_in: 40 },
        { day: '2026-03-05', bytes_out: 50, bytes_in: 5 },
      ],
      history: { first_judged: '2026-03-03', last_judged: '2026-03-05', raised_on: '2026-03-04' },
    });
    const outlines = await outlineFindings(store, { config, approvals: [], groupOf: () => [] });
    expect(outlines.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
    const some = await foldFindings(store, { config, approvals: [], groupOf: () => [], ids: [ID] });
    expect(some).toEqual([findings[2]]);
    const high = await foldFindings(store, {
      config,
      approvals: [],
      groupOf: () => [],
      accept: ({ severity }) => severity === 'critical',
    });
    expect(high).toEqual([findings[0]]);
  });

  it('applies approvals to each evaluation', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [
      { on: '2026-03-03', risk: 70 },
      { on: '2026-03-04', risk: 50, days: { '2026-03-04': 5_000_000 } },
    ]);
    const [approved] = await fold(store, [approval()]);
    expect(approved).toMatchObject({
      state: 'approved',
      severity: 'informational',
      risk: config.severity.low - 1,
      history: { approval: 'uploads', worst_judged: '2026-03-03', raised_on: null },
    });
    expect(approved?.summary).toBe(
      'As judged on 2026-03-03. Approved as "uploads" by it@example.com: daily export.',
    );
    expect(approved?.indicators.reduce((sum, one) => sum + one.points, 0)).toBe(approved?.risk);

    const [exceeded] = await fold(store, [approval({ max_bytes_out_per_day: 2_000_000 })]);
    expect(exceeded).toMatchObject({
      state: 'open',
      risk: 50,
      severity: 'medium',
      title: 'Uploader on MBP-01, judged on 2026-03-04',
      history: { worst_judged: '2026-03-04', raised_on: '2026-03-04', approval: 'uploads' },
    });
    expect(exceeded?.summary).toContain('It allows 2 MB a day; 5 MB left on one.');
  });

  it('shows what people decided', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [{ on: '2026-03-04' }, { on: '2026-03-04', id: 'b'.repeat(16) }]);
    await decideOnFindings(store, await fold(store), { action: 'ack', reason: '' }, by);
    const [first] = await fold(store);
    expect(first?.state).toBe('acknowledged');
    await decideOnFindings(store, [first!], { action: 'assign', to: 'bo' }, by);
    await decideOnFindings(store, [first!], { action: 'note', note: 'called the user' }, by);
    await decideOnFindings(store, [first!], { action: 'escalate', reason: 'looks bad' }, by);
    expect(
      (await fold(store)).map(({ state, history }) => [state, history?.assignee, history?.notes]),
    ).toEqual([
      ['escalated', 'bo', 1],
      ['acknowledged', null, 0],
    ]);
    const [ack] = await readDecisions(store, { subject: first!.id });
    expect(ack).toMatchObject({
      who: 'ana',
      kind: 'finding',
      action: 'ack',
      detail: { seen: { title: first!.title, severity: 'medium', host: { name: 'MBP-01' } } },
    });
  });

  it('closes what was seen, and reopens for what goes beyond it', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [
      { on: '2026-03-03', risk: 55, days: { '2026-03-03': 4_000 }, places: ['a.example.com'] },
      { on: '2026-03-04', risk: 50, days: { '2026-03-03': 4_000, '2026-03-04': 1_000 } },
    ]);
    await decideOnFindings(store, await fold(store), CLOSE, by);
    const [decision] = await readDecisions(store);
    expect(decision?.detail).toMatchObject({
      disposition: 'benign',
      reason: 'known',
      closed: {
        evaluated_on: '2026-03-04',
        last_seen: '2026-03-04T20:00:00.000Z',
        risk: 55,
        severity: 'medium',
        max_day_bytes: 4_000,
        places: ['a.example.com', 'drop.example.net'],
        behaviours: ['volume'],
      },
    });
    expect((await fold(store))[0]).toMatchObject({ state: 'closed', history: { disposition: 'benign' } });

    await writeEvaluations(store, [{ on: '2026-03-05', risk: 60, days: { '2026-03-05': 8_000 } }]);
    expect((await fold(store))[0]?.state).toBe('closed');

    await writeEvaluations(store, [
      { on: '2026-03-06', risk: 40, days: { '2026-03-06': 8_010 }, behaviours: ['slow_drip'] },
    ]);
    const [reopened] = await fold(store);
    expect(reopened).toMatchObject({ state: 'open', history: { disposition: 'benign' } });
    expect(reopened?.history?.reopened).toBe(
      'Reopened: ana closed it on 2026-03-05 as benign, and since then it sent 8.01 kB on 2026-03-06, when the largest day closed was 4 kB; it also shows slow_drip.',
    );
    expect(reopened?.summary).toContain(reopened!.history!.reopened!);

    await decideOnFindings(store, [reopened!], CLOSE, by);
    expect((await fold(store))[0]).toMatchObject({ state: 'closed', history: { reopened: null } });
  });

  it('says the same whatever came first: the records or the decision', async () => {
    const later = [
      { on: '2026-03-05', risk: 52 },
      { on: '2026-03-06', risk: 80 },
    ];
    const results: Finding[][] = [];
    for (const order of ['in order', 'late'] as const) {
      const store = await open(newTarget());
      await writeEvaluations(store, [{ on: '2026-03-04', risk: 50 }]);
      await decideOnFindings(store, await fold(store), CLOSE, by);
      for (const one of order === 'late' ? [...later].reverse() : later) await writeEvaluations(store, [one]);
      results.push(await fold(store));
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.[0]?.state).toBe('open');
  });

  it('keeps what people touched when the records no longer support it', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [
      { on: '2026-03-04', risk: 70 },
      { on: '2026-03-04', id: 'b'.repeat(16) },
    ]);
    const [first] = await fold(store);
    await decideOnFindings(store, [first!], { action: 'note', note: 'odd' }, by);
    await store.command('ALTER TABLE evaluations DROP PARTITION {day:String}', { day: '2026-03-04' });
    const [gone, ...more] = await fold(store);
    expect(more).toEqual([]);
    expect(gone).toMatchObject({
      id: first!.id,
      state: 'closed',
      risk: 0,
      severity: 'informational',
      title: first!.title,
      host: first!.host,
      history: { disposition: null, notes: 1, worst_judged: '2026-03-04' },
    });
    expect(gone?.summary).toMatch(/^No longer supported by the records: .* high \(risk 70\) on 2026-03-04/);
    await writeEvaluations(store, [{ on: '2026-03-04', risk: 60 }]);
    expect((await fold(store))[0]).toMatchObject({ state: 'open', risk: 60, history: { notes: 1 } });
  });

  it('lists a finding whose decisions say nothing but its id', async () => {
    const store = await open(newTarget());
    await appendDecision(store, { ...by, kind: 'finding', subject: 'x', action: 'close', detail: {} });
    expect((await fold(store))[0]).toMatchObject({ id: 'x', state: 'closed', risk: 0 });
  });

  it('refuses what makes no sense, and then changes nothing', async () => {
    const store = await open(newTarget());
    await writeEvaluations(store, [
      { on: '2026-03-04', risk: 70 },
      { on: '2026-03-04', id: 'b'.repeat(16) },
    ]);
    const [first, second] = await fold(store);
    await decideOnFindings(store, [second!], CLOSE, by);
    const now = await fold(store);
    await expect(decideOnFindings(store, now, { action: 'ack', reason: '' }, by)).rejects.toThrow(
      'is closed',
    );
    await expect(decideOnFindings(store, [first!], { action: 'reopen', reason: '' }, by)).rejects.toThrow(
      'is open, not closed',
    );
    expect(await readDecisions(store)).toHaveLength(1);
  });
});
