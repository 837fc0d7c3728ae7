import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../support/engines.js';
import { modelOf, observe, T0, type Counter, type FlowObservation } from '../support/observations.js';

/** What one case reports: counter, second, bytes out, bytes in, and what differs. */
type Report = readonly [
  counter: Counter,
  at: number,
  out: number | string | null,
  received: number | string | null,
  over?: Partial<FlowObservation>,
];

/** One connection as the model sees it: bytes out, bytes in (null: not known), first and last second, open. */
type Total = readonly [out: number | null, received: number | null, from: number, to: number, open?: 'open'];

const CASES: Readonly<Record<string, { reports: readonly Report[]; totals: readonly Total[] }>> = {
  'one record at the end': {
    reports: [['final', 60, 1000, 200, { start: 0 }]],
    totals: [[1000, 200, 0, 60]],
  },
  'the same record read twice': {
    reports: [
      ['final', 60, 1000, 200, { start: 0, record: 7 }],
      ['final', 60, 1000, 200, { start: 0, record: 7 }],
    ],
    totals: [[1000, 200, 0, 60]],
  },
  'interim records and one at the end': {
    reports: [
      ['cumulative', 10, 100, 10, { start: 0 }],
      ['cumulative', 20, 500, 50],
      ['final', 30, 700, 80],
    ],
    totals: [[700, 80, 0, 30]],
  },
  'an end that says less than an interim record': {
    reports: [
      ['cumulative', 20, 900, 50, { start: 5 }],
      ['final', 30, 700, 80],
    ],
    totals: [[900, 80, 5, 30]],
  },
  'a counter that started again': {
    reports: [
      ['cumulative', 10, 100, 7],
      ['cumulative', 20, 400, 9],
      ['cumulative', 30, 50, 1],
      ['cumulative', 40, 80, 2],
    ],
    totals: [[480, 11, 10, 40, 'open']],
  },
  'a counter that stands still': {
    reports: [
      ['cumulative', 10, 300, 4],
      ['cumulative', 20, 300, 4],
      ['cumulative', 30, 300, 4],
    ],
    totals: [[300, 4, 10, 30, 'open']],
  },
  'differences, one of them twice': {
    reports: [
      ['delta', 10, 100, 5, { record: 1 }],
      ['delta', 20, 100, 5, { record: 2 }],
      ['delta', 10, 100, 5, { record: 1 }],
    ],
    totals: [[200, 10, 10, 20, 'open']],
  },
  'two equal differences at one moment': {
    reports: [
      ['delta', 10, 100, 5, { record: 11 }],
      ['delta', 10, 100, 5, { record: 12 }],
    ],
    totals: [[200, 10, 10, 10, 'open']],
  },
  'differences after a running total': {
    reports: [
      ['delta', 5, 70, 1, { record: 20 }],
      ['cumulative', 10, 1000, 10],
      ['delta', 20, 50, 2, { record: 21 }],
      ['delta', 30, 60, 3, { record: 22 }],
    ],
    totals: [[1110, 15, 5, 30, 'open']],
  },
  'differences and an end that knows less': {
    reports: [
      ['delta', 10, 300, 1, { record: 30 }],
      ['delta', 20, 400, 2, { record: 31 }],
      ['final', 30, 650, 9, { start: 0 }],
    ],
    totals: [[700, 9, 0, 30]],
  },
  'no byte counts at all': {
    reports: [
      ['none', 0, null, null],
      ['none', 30, null, null, { state: 'closed', end: 30 }],
    ],
    totals: [[null, null, 0, 30]],
  },
  'one direction only': {
    reports: [['final', 60, 1000, null, { start: 0 }]],
    totals: [[1000, null, 0, 60]],
  },
  'zero is known': {
    reports: [['final', 60, 0, 0, { start: 0 }]],
    totals: [[0, 0, 0, 60]],
  },
  'a port used again': {
    reports: [
      ['final', 60, 100, 10, { start: 0 }],
      ['final', 120, 200, 20, { start: 90 }],
    ],
    totals: [
      [100, 10, 0, 60],
      [200, 20, 90, 120],
    ],
  },
  'a port used again, with records of its life and no declared start': {
    reports: [
      ['none', 0, null, null],
      ['cumulative', 30, 50, 5],
      ['final', 60, 100, 10],
      ['none', 90, null, null],
      ['cumulative', 100, 80, 1],
      ['final', 120, 200, 20],
    ],
    totals: [
      [100, 10, 0, 60],
      [200, 20, 90, 120],
    ],
  },
  'a port used a third time and still open': {
    reports: [
      ['final', 60, 100, 10, { start: 0 }],
      ['final', 120, 200, 20, { start: 90 }],
      ['cumulative', 150, 5, 6],
      ['cumulative', 180, 7, 8],
    ],
    totals: [
      [100, 10, 0, 60],
      [200, 20, 90, 120],
      [7, 8, 150, 180, 'open'],
    ],
  },
  'a key used again, counted by differences': {
    reports: [
      ['delta', 10, 100, 1, { record: 41 }],
      ['delta', 20, 200, 2, { record: 42 }],
      ['final', 30, 250, 9],
      ['delta', 100, 10, 1, { record: 43 }],
      ['delta', 110, 20, 2, { record: 44 }],
      ['final', 120, 5, 9],
    ],
    totals: [
      [300, 9, 10, 30],
      [30, 9, 100, 120],
    ],
  },
  'a key used again, with a counter that started again': {
    reports: [
      ['cumulative', 10, 400, 1],
      ['cumulative', 20, 30, 2],
      ['final', 30, 250, 3],
      ['final', 120, 5, 4, { start: 100 }],
    ],
    totals: [
      [430, 3, 10, 30],
      [5, 4, 100, 120],
    ],
  },
  'two records of one end, and a port used again': {
    reports: [
      ['final', 60, 100, 10, { start: 0 }],
      ['final', 60, 140, 10, { start: 0 }],
      ['final', 120, 200, 20, { start: 90 }],
    ],
    totals: [
      [140, 10, 0, 60],
      [200, 20, 90, 120],
    ],
  },
  'more than a petabyte is a broken counter': {
    reports: [['final', 60, '10000000000000000', 200, { start: 0 }]],
    totals: [[null, 200, 0, 60]],
  },
  'one broken value among good ones': {
    reports: [
      ['cumulative', 10, 100, 10],
      ['cumulative', 20, '10000000000000000', 20],
      ['cumulative', 30, 200, 30],
    ],
    totals: [[200, 30, 10, 30, 'open']],
  },
  'a direction missing in one interim record': {
    reports: [
      ['cumulative', 10, 100, 10],
      ['cumulative', 20, 150, null],
      ['cumulative', 30, 200, 30],
    ],
    totals: [[200, 30, 10, 30, 'open']],
  },
};

/** How a source names the process decides which way its records go through the model. */
const WAYS = {
  'by its own key': (at: number) => ({ process: 1000 + at }),
  'by pid': (at: number) => ({
    pid: 500 + at,
    name: 'sender',
    localPort: 50_000 + at,
    source: 'unified-log',
  }),
};

const ORDERS = ['as written', 'backwards', 'twice'] as const;

function observations(host: string, flow: number, reports: readonly Report[], who: Partial<FlowObservation>) {
  return reports.map(([counter, at, out, received, over]): FlowObservation => ({
    host,
    flow,
    at,
    counter,
    out,
    in: received,
    record: flow * 1000 + at,
    ip: '198.51.100.7',
    ...who,
    ...over,
  }));
}

interface FlowRow {
  host_id: string;
  out: string | null;
  received: string | null;
  from_s: number;
  to_s: number;
  open: number;
}

const FLOWS = `
  SELECT host_id, if(out_known, toString(bytes_out), NULL) AS out, if(in_known, toString(bytes_in), NULL) AS received,
         (toUnixTimestamp64Milli(start_ts) - {t0:Int64}) / 1000 AS from_s,
         (toUnixTimestamp64Milli(end_ts) - {t0:Int64}) / 1000 AS to_s, open
  FROM {run:Identifier}.flows ORDER BY host_id, start_ts, end_ts, bytes_out`;

const seen = (row: FlowRow): Total => {
  const total = [
    row.out === null ? null : Number(row.out),
    row.received === null ? null : Number(row.received),
    row.from_s,
    row.to_s,
  ] as const;
  return row.open === 1 ? [...total, 'open'] : total;
};

/** Seeded, so that a failure can be repeated. */
const MIXES = fc.sample(
  fc.uniqueArray(
    fc.record({
      counter: fc.constantFrom<Counter>('delta', 'cumulative', 'final', 'none'),
      at: fc.integer({ min: 1, max: 40 }),
      out: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(null)),
      received: fc.integer({ min: 0, max: 1000 }),
    }),
    { minLength: 2, maxLength: 8, selector: ({ counter, at }) => `${counter} ${at}` },
  ),
  { numRuns: 60, seed: 20_260_302 },
);

describeEngines('totals of a connection', ({ open }) => {
  const found = new Map<string, Total[]>();

  beforeAll(async () => {
    for (const who of Object.values(WAYS)) {
      const store = await open();
      const way = who === WAYS['by pid'] ? 'by pid' : 'by its own key';
      const late: FlowObservation[] = [];
      const early: FlowObservation[] = [];
      Object.entries(CASES).forEach(([name, { reports }], index) => {
        for (const order of ORDERS) {
          const rows = observations(`${way}/${name}/${order}`, index + 1, reports, who(index));
          if (order === 'backwards') rows.reverse();
          if (order === 'twice') late.push(...rows);
          early.push(...rows);
        }
      });
      MIXES.forEach((mix, index) => {
        const reports = mix.map(({ counter, at, out, received }): Report => [counter, at, out, received]);
        for (const order of ORDERS) {
          const rows = observations(`${way}/mix ${index}/${order}`, 1000 + index, reports, who(100 + index));
          // Halves in two files, either file first, or everything once more.
          if (order === 'backwards') rows.reverse();
          early.push(...(order === 'twice' ? rows : rows.slice(0, 3)));
          late.push(...(order === 'twice' ? rows : rows.slice(3)));
        }
      });
      await observe(store, early);
      await observe(store, late);
      const model = await modelOf(store);
      for (const row of await store.rows<FlowRow>(FLOWS, { run: model.run, t0: T0 })) {
        found.set(row.host_id, [...(found.get(row.host_id) ?? []), seen(row)]);
      }
      await model.drop();
    }
  });

  for (const way of Object.keys(WAYS)) {
    it.each(Object.keys(CASES))(`are right when the process is named ${way}: %s`, (name) => {
      for (const order of ORDERS) {
        expect(found.get(`${way}/${name}/${order}`), order).toEqual(CASES[name]!.totals);
      }
    });

    it(`do not depend on order, files or repeats when the process is named ${way}`, () => {
      MIXES.forEach((mix, index) => {
        const [first, ...others] = ORDERS.map((order) => found.get(`${way}/mix ${index}/${order}`));
        expect(first, JSON.stringify(mix)).toBeDefined();
        for (const other of others) expect(other, JSON.stringify(mix)).toEqual(first);
      });
    });

    it(`are never less than any one record says when the process is named ${way}`, () => {
      MIXES.forEach((mix, index) => {
        const total = found.get(`${way}/mix ${index}/as written`)!;
        const sum = total.reduce((all, [, received]) => all + (received ?? 0), 0);
        const most = Math.max(0, ...mix.map(({ counter, received }) => (counter === 'none' ? 0 : received)));
        expect(sum, JSON.stringify(mix)).toBeGreaterThanOrEqual(most);
      });
    });
  }
});
