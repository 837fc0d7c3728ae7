import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { openStore } from '../../src/service/open-store.js';
import { whileAlone } from '../../src/decisions/append-lock.js';
import { chainDecision, type Decision, type NewDecision } from '../../src/decisions/decision.js';
import {
  appendDecision,
  appendDecisions,
  readDecisions,
  verifyDecisions,
} from '../../src/decisions/decisions.js';
import { findBreak } from '../../src/decisions/verify-chain.js';
import { describeEngines } from '../support/engines.js';

const text = fc.string({ unit: 'binary', maxLength: 12 });

const newDecision: fc.Arbitrary<NewDecision> = fc.record({
  at: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  who: text,
  kind: fc.constantFrom('finding', 'approval', 'baseline'),
  subject: text,
  action: text,
  detail: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text))),
});

/** A history: each inner array was appended at the same moment, and all its rows follow the ones before. */
const history = fc
  .array(fc.array(newDecision, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 })
  .map((steps) => {
    const rows: Decision[] = [];
    let before: Decision[] = [];
    for (const step of steps) {
      const next = step.map((one) => chainDecision(one, before));
      // Two people who do the very same thing in the same millisecond: not what is tested here.
      before = next.filter((row, at) => next.findIndex((other) => other.hash === row.hash) === at);
      rows.push(...before);
    }
    return rows;
  });

const FIELDS = ['seq', 'at', 'who', 'kind', 'subject', 'action', 'detail', 'previous', 'hash'] as const;

/** The same row with one field that says something else. */
function tamper(row: Decision, field: (typeof FIELDS)[number]): Decision {
  switch (field) {
    case 'seq':
      return { ...row, seq: row.seq + 1 };
    case 'at':
      return { ...row, at: new Date(Date.parse(row.at) + 1).toISOString() };
    case 'kind':
      return { ...row, kind: row.kind === 'finding' ? 'approval' : 'finding' };
    case 'detail':
      return { ...row, detail: { ...row.detail, 'put in': 1 } };
    default:
      return { ...row, [field]: `${row[field]}x` };
  }
}

describe('chain of decisions', () => {
  it('accepts what was written, in whatever order it is read', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (rows, order) => {
        const shuffled = rows
          .map((row) => ({ row, rank: order.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ row }) => row);
        expect(findBreak(shuffled)).toBeNull();
      }),
    );
  });

  it('finds any field of any row that was changed', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.constantFrom(...FIELDS), (rows, pick, field) => {
        const at = pick % rows.length;
        expect(findBreak(rows.map((row, index) => (index === at ? tamper(row, field) : row)))).not.toBeNull();
      }),
    );
  });

  it('finds a changed row even when its own hash was made to fit', () => {
    fc.assert(
      fc.property(history, fc.nat(), (rows, pick) => {
        const inner = rows.filter((row) => row.seq < rows.at(-1)!.seq);
        fc.pre(inner.length > 0);
        const victim = inner[pick % inner.length]!;
        const before = rows.filter((row) => row.seq === victim.seq - 1);
        const forged = chainDecision({ ...victim, who: `${victim.who}x` }, before);
        expect(findBreak(rows.map((row) => (row === victim ? forged : row)))).not.toBeNull();
      }),
    );
  });

  it('finds rows taken out before the end, put in, or there twice', () => {
    fc.assert(
      fc.property(history, newDecision, fc.nat(), (rows, extra, pick) => {
        const inner = rows.filter((row) => row.seq < rows.at(-1)!.seq);
        fc.pre(inner.length > 0);
        const victim = inner[pick % inner.length]!;
        expect(findBreak(rows.filter((row) => row !== victim))).not.toBeNull();
        expect(findBreak([...rows, victim])).not.toBeNull();
        const before = rows.filter((row) => row.seq === victim.seq - 1);
        const inserted = chainDecision(extra, before);
        fc.pre(rows.every((row) => row.hash !== inserted.hash));
        expect(findBreak([...rows, inserted])).not.toBeNull();
      }),
    );
  });

  it('finds two rows that changed places', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const [first] = rows;
        const last = rows.at(-1)!;
        fc.pre(first!.seq !== last.seq);
        const swapped = rows.map((row) =>
          row === first ? { ...row, seq: last.seq } : row === last ? { ...row, seq: first!.seq } : row,
        );
        expect(findBreak(swapped)).not.toBeNull();
      }),
    );
  });

  it('says what is wrong', () => {
    const one = (n: number): NewDecision => ({
      at: '2026-03-04T10:00:00.000Z',
      who: 'ana',
      kind: 'finding',
      subject: 'f00',
      action: 'note',
      detail: { text: String(n) },
    });
    const rows: Decision[] = [];
    for (let n = 1; n <= 5; n++) rows.push(chainDecision(one(n), rows.slice(-1)));
    expect(findBreak([])).toBeNull();
    expect(findBreak(rows.filter((row) => row.seq !== 1))).toBe('row 1 is missing');
    expect(findBreak(rows.filter((row) => row.seq !== 2 && row.seq !== 3))).toBe('rows 2 to 3 are missing');
    expect(findBreak(rows.map((row) => (row.seq === 2 ? { ...row, who: 'bob' } : row)))).toBe(
      'row 2 (note of f00 by bob) was changed after it was written',
    );
    expect(findBreak([...rows, rows[2]!])).toBe('row 3 (note of f00 by ana) is there twice');
  });
});

const decision = (action: string, subject = 'f00'): NewDecision => ({
  at: '2026-03-04T10:00:00.123Z',
  who: 'ana',
  kind: 'finding',
  subject,
  action,
  detail: { z: [1, { b: null, a: 'ü' }], a: true },
});

describeEngines('history of decisions', ({ open, newTarget, id }) => {
  it('gives back what was appended, of all or of one subject', async () => {
    const store = await open(newTarget());
    expect(await verifyDecisions(store)).toEqual({ ok: true, count: 0, problem: null, head: '' });
    const first = await appendDecision(store, decision('note'));
    const more = await appendDecisions(store, [decision('ack', 'f01'), decision('ack')]);
    const approval = await appendDecision(store, { ...decision('approve', 'backup'), kind: 'approval' });
    expect(first).toMatchObject({ ...decision('note'), seq: 1, previous: '' });
    expect(await readDecisions(store)).toEqual([first, ...more, approval]);
    expect(await readDecisions(store, { kind: 'finding' })).toEqual([first, ...more]);
    expect(await readDecisions(store, { kind: 'finding', subject: 'f00' })).toEqual([first, more[1]]);
    expect(await readDecisions(store, { subject: '' })).toEqual([]);
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 4, problem: null });
  });

  it('finds rows cut off at the end by a head noted before', async () => {
    const store = await open(newTarget());
    await appendDecisions(store, [decision('note'), decision('ack')]);
    const { head } = await verifyDecisions(store);
    await appendDecision(store, decision('note'));
    expect(await verifyDecisions(store, head)).toMatchObject({ ok: true });
    expect((await verifyDecisions(store, head)).head).not.toBe(head);
    await store.command('ALTER TABLE decisions DELETE WHERE seq > 1', {}, { mutations_sync: '2' });
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 1 });
    const verdict = await verifyDecisions(store, head);
    expect(verdict).toMatchObject({ ok: false });
    expect(verdict.problem).toContain('rows at its end are gone');
  });

  it('keeps any text as it is', async () => {
    const store = await open(newTarget());
    await fc.assert(
      fc.asyncProperty(newDecision, async (given) => {
        const written = await appendDecision(store, given);
        expect((await readDecisions(store)).at(-1)).toEqual(written);
      }),
      { numRuns: 15 },
    );
    await appendDecision(store, {
      ...decision('note'),
      who: 'half \ud800',
      detail: { 'half \udc00': '\ud800' },
    });
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 16 });
  });

  it('numbers decisions made at once one after another', async () => {
    const store = await open(newTarget());
    await Promise.all(Array.from({ length: 12 }, (_, n) => appendDecision(store, decision(`note ${n}`))));
    expect((await readDecisions(store)).map((row) => row.seq)).toEqual(
      Array.from({ length: 12 }, (_, n) => n + 1),
    );
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 12 });
  });

  it.each([
    ['who', `ALTER TABLE decisions UPDATE who = 'eve' WHERE seq = 2`],
    ['detail', `ALTER TABLE decisions UPDATE detail = '{"a":false}' WHERE seq = 2`],
    ['spelling of detail', `ALTER TABLE decisions UPDATE detail = concat(' ', detail) WHERE seq = 2`],
    ['detail that is no JSON', `ALTER TABLE decisions UPDATE detail = '{' WHERE seq = 2`],
    ['time', `ALTER TABLE decisions UPDATE at = at - 1 WHERE seq = 3`],
    ['a missing row', 'ALTER TABLE decisions DELETE WHERE seq = 2'],
    ['a second copy', 'INSERT INTO decisions SELECT * FROM decisions WHERE seq = 3'],
  ])('finds tampering in the store: %s', async (_what, statement) => {
    const store = await open(newTarget());
    await appendDecisions(store, [decision('note'), decision('ack'), decision('note')]);
    expect(await verifyDecisions(store)).toMatchObject({ ok: true });
    await store.command(statement, {}, { mutations_sync: '2' });
    const verdict = await verifyDecisions(store);
    expect(verdict.ok).toBe(false);
    expect(verdict.problem).not.toBe('');
    expect(await readDecisions(store)).toHaveLength(verdict.count);
  });

  it.runIf(id === 'clickhouse')('lets programs on one server append at the same time', async () => {
    const target = newTarget();
    const first = await open(target);
    const others: Store[] = await Promise.all([1, 2, 3].map(() => openStore(target)));
    // Another process is another queue: the stores must not share this one's.
    const programs = [first, ...others].map((store, n) => ({ ...store, target: `program ${n}` }));
    try {
      await Promise.all(
        programs.flatMap((store, n) =>
          Array.from({ length: 6 }, (_, k) => appendDecision(store, decision(`note ${n} ${k}`))),
        ),
      );
      expect(await verifyDecisions(first)).toMatchObject({ ok: true, count: 24, problem: null });
    } finally {
      for (const store of others) await store.close();
    }
  });

  it.runIf(id === 'clickhouse')('does not wait for ever for a program that died', async () => {
    const store = await open(newTarget());
    await store.command('CREATE TABLE decisions_lock (held UInt8) ENGINE = Memory');
    expect(await whileAlone(store, 'decisions', () => Promise.resolve('done'), 200)).toBe('done');
    await appendDecision(store, decision('note'));
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 1 });
  });

  it.runIf(id === 'clickhouse')('opens again when appending fails', async () => {
    const store = await open(newTarget());
    const failing = whileAlone(store, 'decisions', () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
    await appendDecision(store, decision('note'));
    expect(await verifyDecisions(store)).toMatchObject({ ok: true, count: 1 });
  });
});
