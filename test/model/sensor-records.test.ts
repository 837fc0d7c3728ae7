import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../support/engines.js';
import { modelOf, observe, T0, type FlowObservation } from '../support/observations.js';

interface Seen {
  readonly out: number;
  readonly from: number;
  readonly to: number;
  readonly open: number;
}

/** A connection as one sensor or worker logs it. */
const sensed = (over: Partial<FlowObservation>): Partial<FlowObservation> => ({
  source: 'zeek-conn',
  start: 0,
  at: 60,
  end: 60,
  counter: 'final',
  localPort: 50_001,
  ip: '198.51.100.7',
  out: 1000,
  in: 40,
  ...over,
});

const CASES: Readonly<
  Record<string, { records: readonly Partial<FlowObservation>[]; flows: readonly Partial<Seen>[] }>
> = {
  'ten workers': {
    records: Array.from({ length: 10 }, () => sensed({})),
    flows: [{ out: 1000, from: 0, to: 60 }],
  },
  'two sensors whose clocks differ a little': {
    records: [sensed({ out: 900 }), sensed({ start: 0.9, at: 60.9, end: 60.9 })],
    flows: [{ out: 1000, from: 0, to: 60.9 }],
  },
  'three taps, one packet': {
    records: [0, 0.002, 0.004].map((start) => sensed({ start, at: start, end: start, transport: 'udp' })),
    flows: [{ out: 1000, from: 0, to: 0.004 }],
  },
  'one sensor reports while it lasts, the other at its end': {
    records: [
      sensed({ counter: 'cumulative', state: 'open', at: 30, end: 30, out: 400 }),
      sensed({ start: 0.001 }),
    ],
    flows: [{ out: 1000, open: 0 }],
  },
  'QUIC for one, UDP for the other': {
    records: [sensed({ transport: 'quic' }), sensed({ transport: 'udp' })],
    flows: [{ out: 1000 }],
  },
  'begun more than a second apart': {
    records: [sensed({}), sensed({ start: 1.2, out: 7 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'a port used again within the second': {
    records: [sensed({ at: 0.3, end: 0.3 }), sensed({ start: 0.5, at: 0.8, end: 0.8, out: 7 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'a port used again within the second, seen twice': {
    records: [0, 0.001].flatMap((late) => [
      sensed({ start: late, at: 0.3, end: 0.3 }),
      sensed({ start: 0.5 + late, at: 0.8, end: 0.8, out: 7 }),
    ]),
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'another port, address or protocol': {
    records: [
      sensed({}),
      sensed({ localPort: 50_002 }),
      sensed({ ip: '198.51.100.8' }),
      sensed({ port: 8443 }),
      sensed({ transport: 'udp' }),
    ],
    flows: Array.from({ length: 5 }, () => ({ out: 1000 })),
  },
  'a lesser count after a larger one under one key': {
    records: [
      sensed({ flow: 9001, counter: 'cumulative', state: 'open', at: 10, out: 900 }),
      sensed({ flow: 9001, counter: 'cumulative', state: 'open', at: 20, out: 300 }),
      sensed({ flow: 9001, at: 30, out: 500 }),
      sensed({ flow: 9001, at: 60, out: 800 }),
    ],
    flows: [{ out: 900, from: 0, to: 60 }],
  },
};

/** Records of one connection, by one or several workers; each may miss records and parts of the bytes. */
const MIXES = fc.sample(
  fc.array(
    fc.record({
      start: fc.integer({ min: 0, max: 9 }).map((tenth) => tenth / 10),
      records: fc.uniqueArray(
        fc.record({
          counter: fc.constantFrom<'cumulative' | 'final'>('cumulative', 'final'),
          at: fc.integer({ min: 2, max: 60 }),
          out: fc.integer({ min: 0, max: 1000 }),
          times: fc.integer({ min: 1, max: 2 }),
        }),
        { minLength: 1, maxLength: 5, selector: ({ at }) => at },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { numRuns: 60, seed: 20_260_304 },
);

describeEngines('records of sensors', ({ open }) => {
  const found = new Map<string, Seen[]>();

  beforeAll(async () => {
    const store = await open();
    const rows: FlowObservation[] = [];
    let flow = 1;
    Object.values(CASES).forEach(({ records }, index) => {
      const host = `10.20.1.${index}`;
      for (const record of records) rows.push({ at: 60, host, localIp: host, flow: ++flow, ...record });
    });
    MIXES.forEach((workers, index) => {
      const host = `10.20.2.${index}`;
      for (const { start, records } of workers) {
        flow++;
        for (const { times, ...record } of records) {
          const row = {
            ...sensed({ ...record, start, end: record.at }),
            host,
            localIp: host,
            flow,
            at: record.at,
          };
          for (let time = 0; time < times; time++) rows.push(row);
        }
      }
    });
    // In two files, so that neither holds a whole connection.
    await observe(store, rows.filter((_, at) => at % 2 === 0).reverse());
    await observe(
      store,
      rows.filter((_, at) => at % 2 === 1),
    );
    const { run } = await modelOf(store);
    const flows = await store.rows<Seen & { host_id: string }>(
      `SELECT host_id, toUInt32(bytes_out) AS out, open,
              (toUnixTimestamp64Milli(start_ts) - {t0:Int64}) / 1000 AS from,
              (toUnixTimestamp64Milli(end_ts) - {t0:Int64}) / 1000 AS to
       FROM {run:Identifier}.flows ORDER BY host_id, from, to, out DESC`,
      { run, t0: T0 },
    );
    for (const { host_id, ...seen } of flows) found.set(host_id, [...(found.get(host_id) ?? []), seen]);
  });

  it.each(Object.keys(CASES).map((name, index) => [name, index] as const))(
    'count once: %s',
    (name, index) => {
      const seen = found.get(`10.20.1.${index}`)!;
      const { flows } = CASES[name]!;
      expect(seen).toHaveLength(flows.length);
      flows.forEach((flow, at) => expect(seen[at]).toMatchObject(flow));
    },
  );

  it('give the largest count, whatever is missing, repeated or out of order', () => {
    MIXES.forEach((workers, index) => {
      const seen = found.get(`10.20.2.${index}`);
      const most = Math.max(...workers.flatMap(({ records }) => records.map(({ out }) => out)));
      expect(
        seen?.map(({ out }) => out),
        JSON.stringify(workers),
      ).toEqual([most]);
    });
  });
});
