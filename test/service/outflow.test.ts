import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutflow, type Outflow, type OutflowOptions } from '../../src/service/index.js';
import { PAIRS } from '../detect/pairs.js';
import { describeEngines } from '../support/engines.js';
import { everydayFleet, mac, withStories, writeTelemetry } from '../support/telemetry.js';

const NOW = '2026-03-20T09:00:00.000Z';
const directory = mkdtempSync(join(tmpdir(), 'outflow-api-'));
const telemetry = join(directory, 'fleet');
beforeAll(() => {
  const attacks = PAIRS.slice(0, 3).map(({ attack }, index) => attack(mac(index + 1)));
  writeTelemetry(telemetry, withStories(everydayFleet(4), attacks));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function within<T>(options: OutflowOptions, work: (outflow: Outflow) => Promise<T>): Promise<T> {
  const outflow = openOutflow({ actor: 'mara', clock: () => new Date(NOW), ...options });
  try {
    return await work(outflow);
  } finally {
    await outflow.close();
  }
}

describeEngines('openOutflow', ({ id, newTarget }) => {
  let store: string;
  let first: string;
  let second: string;
  beforeAll(async () => {
    store = newTarget();
    await within({ store }, async (outflow) => {
      expect(await outflow.ingest({ paths: [telemetry] })).toMatchObject({ rejected: 0, known: 0 });
      const { schema, run, findings } = await outflow.detect({});
      expect({ schema, started: run.started }).toEqual({ schema: 'outflow.findings/1', started: NOW });
      expect(findings.length).toBeGreaterThanOrEqual(2);
      [first, second] = [findings[0]!.id, findings[1]!.id];
    });
  });

  it('goes the whole way from findings to a verified history', () =>
    within({ store }, async (outflow) => {
      expect(outflow.target).toBeUndefined();
      const queue = await outflow.findings.list();
      expect(outflow.target).toContain(id === 'chdb' ? store : new URL(store).pathname);
      expect(queue).toMatchObject({ schema: 'outflow.queue/1', counts: { open: queue.findings.length } });
      expect(await outflow.findings.idLength()).toBeGreaterThanOrEqual(8);

      const decided = await outflow.decide({ ids: [first.slice(0, 12)] }, { action: 'ack', reason: '' });
      expect(decided.findings).toMatchObject([{ id: first, state: 'open' }]);
      expect(decided.decisions).toMatchObject([{ who: 'mara', at: NOW, subject: first, action: 'ack' }]);
      expect(await outflow.findings.show(first)).toMatchObject({
        schema: 'outflow.finding/1',
        finding: { id: first, state: 'acknowledged' },
        decisions: decided.decisions,
      });
      const { head, ...verdict } = await outflow.verify();
      expect(verdict).toEqual({ ok: true, count: 1, problem: null });
      expect(await outflow.findings.history({ verify: true, expect: head })).toEqual({
        schema: 'outflow.decisions/1',
        verified: { decisions: 1, head },
        decisions: decided.decisions,
      });
      expect(await outflow.status()).toMatchObject({
        schema: 'outflow.store/1',
        store: outflow.target,
        engine: id,
        ledger: { balanced: true },
        decisions: { ok: true, count: 1 },
      });
    }));

  it('approves what a finding showed, and takes it back', () =>
    within({ store }, async (outflow) => {
      const given = { finding: second, owner: 'it', reason: 'known', expires: '2026-12-31' };
      const done = await outflow.inventory.approve('sync', given);
      expect(done).toMatchObject({
        schema: 'outflow.inventory/1',
        recorded: [{ name: 'sync', outcome: 'new' }],
      });
      expect((await outflow.inventory.list()).approvals).toMatchObject([
        { name: 'sync', created: NOW.slice(0, 10), origin: 'store', by: 'mara', at: NOW },
      ]);
      const { approvals } = await outflow.inventory.export();
      expect(await outflow.inventory.import(approvals)).toMatchObject({
        said: ['given: 0 new, 0 replaced, 1 unchanged.'],
      });
      expect((await outflow.inventory.revoke('sync')).said[0]).toContain(NOW.slice(0, 10));
      await expect(outflow.inventory.revoke('nothing')).rejects.toMatchObject({ code: 'OF_USAGE' });
    }));

  it('writes one after another: what comes second sees what the first has done', () =>
    within({ store }, async ({ decide, findings }) => {
      const choice = { ids: [second] };
      // Each is right for an open finding. Interleaved, both would pass and one would act on what is closed.
      const [closing, escalating, reopening] = await Promise.allSettled([
        decide(choice, { action: 'close', disposition: 'benign', reason: 'backup' }),
        decide(choice, { action: 'escalate', reason: 'now' }),
        decide(choice, { action: 'reopen', reason: 'not sure' }),
      ]);
      expect(closing).toMatchObject({ status: 'fulfilled' });
      expect(escalating).toMatchObject({ status: 'rejected', reason: { code: 'OF_USAGE' } });
      expect(reopening).toMatchObject({ status: 'fulfilled' });
      const notes = Array.from({ length: 8 }, (_, at) => `note ${at}`);
      await Promise.all(notes.map((note) => decide(choice, { action: 'note', note })));
      const { decisions } = await findings.history({ id: second, verify: true });
      expect(decisions.map(({ action }) => action).slice(0, 2)).toEqual(['close', 'reopen']);
      expect(decisions.slice(2).map(({ detail }) => detail['note'])).toEqual(notes);
    }));

  it('replays history while it judges', () =>
    within({ store }, async (outflow) => {
      const settings = ['detection.volume_day_bytes=100000000'];
      const [replayed, alone] = await Promise.all([
        outflow.tune.backtest({ settings }),
        outflow.detect({ rejudge: true }).then(() => outflow.tune.backtest({ settings })),
      ]);
      expect(replayed.range.judged_days).toBeGreaterThan(0);
      expect(replayed).toEqual(alone);
    }));

  it('reads on while it writes', () =>
    within({ store }, async (outflow) => {
      await outflow.findings.list();
      const ended: string[] = [];
      const end = (name: string) => () => ended.push(name);
      await Promise.all([
        outflow.detect({ rejudge: true }).then(end('detect')),
        outflow.decide({ ids: [first] }, { action: 'note', note: 'x' }).then(end('decide')),
        outflow.verify().then(end('verify')),
      ]);
      expect(ended).toEqual(['verify', 'detect', 'decide']);
    }));

  it('waits for what goes on before it closes, and refuses all that comes after', async () => {
    const outflow = openOutflow({ store, actor: 'mara' });
    const ended: string[] = [];
    const writes = ['a', 'b'].map((note) =>
      outflow.decide({ ids: [first] }, { action: 'note', note }).then(() => ended.push(note)),
    );
    const closing = outflow.close().then(() => ended.push('closed'));
    const closed = {
      code: 'OF_USAGE',
      message: 'this Outflow was closed. Open another one with openOutflow.',
    };
    const { findings, inventory, baseline, tune } = outflow;
    for (const call of [
      () => outflow.detect({}),
      () => outflow.ingest({ paths: [telemetry] }),
      () => outflow.decide({ ids: [first] }, { action: 'note', note: 'late' }),
      () => outflow.status(),
      () => outflow.verify(),
      () => findings.list(),
      () => findings.show(first),
      () => findings.history(),
      () => findings.idLength(),
      () => inventory.list(),
      () => inventory.approve('x', {}),
      () => inventory.revoke('x'),
      () => inventory.import([]),
      () => inventory.export(),
      () => inventory.review(),
      () => inventory.suggest(),
      () => inventory.accept(['x'], {}),
      () => baseline.build(),
      () => baseline.list(),
      () => baseline.show('x'),
      () => baseline.diff('a', 'b'),
      () => baseline.export('a').next(),
      () => baseline.import('x'),
      () => tune.backtest({}),
      () => tune.budget({ alertsPerDay: 1, severity: 'medium' }),
    ])
      await expect(call(), String(call)).rejects.toMatchObject(closed);
    await Promise.all([...writes, closing, outflow.close()]);
    expect(ended).toEqual(['a', 'b', 'closed']);
    await within({ store }, async (again) => {
      const { decisions } = await again.findings.history({ id: first });
      expect(decisions.slice(-2).map(({ detail }) => detail['note'])).toEqual(['a', 'b']);
    });
  });
});

describe('without a kept store', () => {
  it('judges what it is given, and leaves nothing behind', () =>
    within({}, async (outflow) => {
      const judged = await outflow.detect({ paths: [telemetry] });
      expect(judged).toMatchObject({ schema: 'outflow.findings/1', run: { started: NOW } });
      const again = await outflow.detect({ paths: [telemetry] });
      expect(again.findings).toEqual(judged.findings);
      await expect(outflow.detect({})).rejects.toMatchObject({ code: 'OF_USAGE' });
      await expect(outflow.findings.list()).rejects.toMatchObject({
        code: 'OF_USAGE',
        message: expect.stringContaining('kept store') as string,
      });
    }));

  it('takes its configuration as values', async () => {
    const config = { report: { min_risk: 100 } };
    expect((await within({ config }, (one) => one.detect({ paths: [telemetry] }))).findings).toEqual([]);
    expect(() => openOutflow({ config: { report: { min_risk: -1 } } })).toThrow(
      /^configuration: report\.min_risk: /,
    );
  });
});

describe('a store that does not exist', () => {
  const store = join(directory, 'typo');

  it('is not made by asking, only by telemetry', () =>
    within({ store }, async (outflow) => {
      const calls = [
        outflow.findings.list(),
        outflow.status(),
        outflow.detect({}),
        outflow.baseline.list(),
        outflow.baseline.import('x'),
        outflow.inventory.import([]),
      ];
      for (const call of await Promise.allSettled(calls))
        expect(call).toMatchObject({ reason: { code: 'OF_STORE_UNAVAILABLE' } });
      expect(existsSync(store)).toBe(false);
      expect(outflow.created).toBe(false);
      await outflow.ingest({ paths: [telemetry] });
      expect(outflow.created).toBe(true);
      expect(await outflow.status()).toMatchObject({ ledger: { balanced: true } });
    }));

  it('is refused to an actor without a name', () => {
    expect(() => openOutflow({ store, actor: ' ' })).toThrow('is empty');
  });
});
