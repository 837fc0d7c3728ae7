import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../../support/engines.js';
import { modelOf, observe, type FlowObservation } from '../../support/observations.js';
import { at, buildDays, heartbeats } from './built-days.js';

/** Days the records of one connection are spread over. */
const DAYS = 4;

/**
 * How a source reports, one way each. A source that counts one connection in two ways that contradict each other gets the
 * larger total of the whole window, and of each day: those differ, and neither is right.
 */
const WAYS = ['delta', 'sample', 'cumulative', 'none', 'running total, then differences'] as const;

interface Mix {
  readonly way: (typeof WAYS)[number];
  /** Days with interim records, from the first without a gap: after a silent day an interim source is given up. */
  readonly days: readonly (readonly {
    readonly minute: number;
    readonly out: number;
    readonly in: number | null;
  }[])[];
  /** Minutes after the last interim record, and totals, of the record of its end. */
  readonly end: { readonly after: number; readonly out: number; readonly in: number } | null;
  readonly closedByWord: boolean;
  readonly again: number;
}

const reports = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 1, max: 1300 }),
    out: fc.integer({ min: 0, max: 1000 }),
    in: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 1000 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  }),
  { minLength: 1, maxLength: 4, selector: ({ minute }) => minute },
);

const mixes = (runs: number): readonly Mix[] =>
  fc.sample(
    fc.record({
      way: fc.constantFrom(...WAYS),
      days: fc.array(reports, { minLength: 1, maxLength: DAYS - 1 }),
      end: fc.oneof(
        fc.constant(null),
        fc.record({
          after: fc.integer({ min: 1, max: 1500 }),
          out: fc.integer({ min: 0, max: 4000 }),
          in: fc.integer({ min: 0, max: 4000 }),
        }),
      ),
      closedByWord: fc.boolean(),
      // A second connection under the same key, after the end of the first; on a later day than it, see below.
      again: fc.constantFrom(0, 0, 1),
    }),
    { numRuns: runs, seed: 20_260_303 },
  );

/**
 * Left out, because days and one window count them differently on purpose:
 * - records after the only end of a key: one window takes them for late words of the connection that ended, a later day
 *   for a new one. So a connection that uses a key again has an end itself, and begins on a day after the first ended
 *   (on the same day, that day still sees one end only, and counts both as one);
 * - interim records after a silent day, or after word of closing: the counter begins anew.
 */
function recordsOf(mix: Mix, host: string, nth: number): FlowObservation[] {
  const common = { host, flow: 1 + nth, process: 5000 + nth, name: 'sender', ip: '198.51.100.7' };
  let record = 10_000 * (nth + 1);
  const rows: FlowObservation[] = [];
  let day = 0;
  const connection = (days: Mix['days'], end: Mix['end'], from: number): void => {
    let last = 0;
    let began = Infinity;
    let level = { out: 0, in: 0 };
    days.forEach((reported, index) => {
      const sorted = [...reported].sort((a, b) => a.minute - b.minute);
      sorted.forEach((one, place) => {
        const when = at(from + index, one.minute / 60);
        last = Math.max(last, when);
        began = Math.min(began, when);
        const counter =
          mix.way === 'running total, then differences'
            ? place % 2 === 0
              ? 'cumulative'
              : 'delta'
            : mix.way;
        // Differences tell what was added since; the running total that follows has it in.
        if (mix.way === 'running total, then differences') {
          level = { out: level.out + one.out, in: level.in + (one.in ?? 0) };
        }
        const told = counter === 'cumulative' && mix.way !== 'cumulative' ? level : one;
        const silent = counter === 'none';
        rows.push({
          ...common,
          at: when,
          counter,
          out: silent ? null : told.out,
          in: silent ? null : mix.way === 'running total, then differences' ? (told.in ?? 0) : told.in,
          record: ++record,
        });
      });
      day = from + index;
    });
    if (end !== null) {
      const when = Math.min(last + end.after * 60, at(DAYS, 0) - 60);
      day = Math.max(day, Math.floor((when - at(0, 0)) / 86_400));
      rows.push({
        ...common,
        at: when,
        start: began,
        counter: 'final',
        out: end.out,
        in: end.in,
        record: ++record,
      });
    } else if (mix.closedByWord) {
      rows.push({
        ...common,
        at: last + 60,
        counter: 'none',
        state: 'closed',
        out: null,
        in: null,
        record: ++record,
      });
    }
  };
  connection(mix.days, mix.end, 0);
  if (mix.again === 1 && mix.end !== null && day < DAYS - 1) {
    connection([mix.days[0]!], { after: 30, out: 70, in: 7 }, day + 1);
  }
  return rows;
}

const MIXES = mixes(250);
const HOST = (nth: number): string => `HOST-${String(nth).padStart(3, '0')}`;

interface Total {
  readonly host_id: string;
  readonly out: string;
  readonly received: string;
}

describeEngines('days of a connection', ({ open, newTarget }) => {
  let window: Map<string, Total>;
  let days: Map<string, Total>;
  let standing: { host_id: string; day: number; open: number; duration: number; carried: number }[];
  let spread: Map<string, string>;

  beforeAll(async () => {
    const store = await open(newTarget());
    const files: FlowObservation[][] = [[], [], []];
    MIXES.forEach((mix, nth) => {
      const rows = recordsOf(mix, HOST(nth), nth);
      // In any order, in any of two files, and some of them in both.
      rows.forEach((row, place) => {
        files[(place * 7 + nth) % 2]!.unshift(row);
        if ((place + nth) % 3 === 0) files[2]!.push(row);
      });
      files[0]!.push(...heartbeats(HOST(nth), [0, 1, 2, 3]));
    });
    for (const file of files) await observe(store, file);
    const byHost = (rows: readonly Total[]): Map<string, Total> =>
      new Map(rows.map((row) => [row.host_id, row]));
    const model = await modelOf(store);
    window = byHost(
      await store.rows<Total>(
        `SELECT host_id, toString(sum(bytes_out)) AS out, toString(sum(bytes_in)) AS received FROM {run:Identifier}.flows
         WHERE flow_id < 900000 GROUP BY host_id`,
        { run: model.run },
      ),
    );
    await model.drop();
    await buildDays(store);
    days = byHost(
      await store.rows<Total>(
        `SELECT host_id, toString(sum(bytes_out)) AS out, toString(sum(bytes_in)) AS received FROM day_connections
         WHERE flow_id < 900000 GROUP BY host_id`,
      ),
    );
    standing = await store.rows(
      `SELECT host_id, toInt32(seen_on - toDate('2026-03-02')) AS day, open, duration, carried FROM day_connections
       WHERE flow_id < 900000 ORDER BY host_id, start_ts, seen_on`,
    );
    spread = new Map(
      (
        await store.rows<{ host_id: string; out: string }>(
          `SELECT host_id, toString(sum(bytes_out)) AS out FROM day_activity WHERE destination LIKE '198.51.100%' GROUP BY host_id`,
        )
      ).map(({ host_id, out }) => [host_id, out]),
    );
  });

  it('add up to what one window over all of them counts', () => {
    expect(days.size).toBe(MIXES.length);
    MIXES.forEach((mix, nth) => {
      expect(days.get(HOST(nth)), `${HOST(nth)} ${JSON.stringify(mix)}`).toEqual(window.get(HOST(nth)));
    });
  });

  it('put every byte into an hour', () => {
    MIXES.forEach((mix, nth) => {
      expect(spread.get(HOST(nth)), JSON.stringify(mix)).toBe(days.get(HOST(nth))?.out);
    });
  });

  it('grow from day to day until the end, and not beyond', () => {
    MIXES.forEach((mix, nth) => {
      const rows = standing.filter(({ host_id }) => host_id === HOST(nth));
      rows.forEach((row, place) => {
        const before = rows[place - 1];
        const label = `${HOST(nth)} ${JSON.stringify(mix)}`;
        expect(row.carried === 1, label).toBe(before?.open === 1);
        if (row.carried === 1) expect(row.duration, label).toBeGreaterThan(before!.duration);
      });
      if (mix.end !== null || mix.closedByWord) expect(rows.at(-1)?.open, JSON.stringify(mix)).toBe(0);
      else expect(rows.at(-1)?.open, JSON.stringify(mix)).toBe(1);
    });
  });
});
