import { expect, it } from 'vitest';
import { assembleWeek, weekUntil } from '../../../src/model/days/assemble-week.js';
import type { Store } from '../../../src/store/store.js';
import { describeEngines } from '../../support/engines.js';
import { modelOf, observe, type FlowObservation } from '../../support/observations.js';
import { at, buildDays, dayName, heartbeats } from './built-days.js';

const HOUR = 3600;
const DAYS = 4;
const HOSTS = 40;

/** The same numbers on every run and machine (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = seeded(11);
const upTo = (limit: number): number => Math.floor(random() * limit);

/** A connection as one of the ways of telling tells of it, anywhere in the days, whatever midnights it lasts over. */
function tellOf(base: Partial<FlowObservation> & { host: string; flow: number }): FlowObservation[] {
  const start = at(0, 0) + upTo(DAYS * 24 * HOUR);
  const end = Math.min(start + 1 + upTo(random() < 0.5 ? 600 : 60 * HOUR), at(DAYS - 1, 22.5));
  if (end <= start) return [];
  const out = upTo(1_000_000);
  const final: FlowObservation = { ...base, at: end, start, end, counter: 'final', out, in: upTo(5000) };
  const begun: FlowObservation = { ...base, at: start, start, counter: 'none' };
  const rising: FlowObservation[] = [];
  for (let time = start, sent = 0; time < end; time += HOUR + upTo(8 * HOUR)) {
    rising.push({ ...base, at: time, start, counter: 'cumulative', out: (sent += upTo(100_000)), in: sent });
  }
  const last = rising.at(-1)!;
  const ways: readonly FlowObservation[][] = [
    [final],
    [begun, final],
    [begun],
    // The beginning is told of only at the end.
    [{ ...base, at: start + 1, counter: 'none' }, final],
    [...rising, { ...last, at: end, end, counter: 'final', out: Number(last.out) + upTo(1000) }],
    // Its source reports it to the last.
    [...rising, { ...last, at: at(DAYS - 1, 22.75), out: Number(last.out) + upTo(1000) }].filter(
      ({ at: time }) => end > at(DAYS - 1, 20) || time > at(DAYS, 0),
    ),
  ];
  return ways[upTo(ways.length)]!;
}

function fleet(): FlowObservation[] {
  let flow = 0;
  const records: FlowObservation[] = [];
  for (let number = 0; number < HOSTS; number++) {
    const host = `host-${number}`;
    records.push(...heartbeats(host, [0, 1, 2, 3]));
    for (let nth = 0; nth < 2 + upTo(12); nth++) {
      records.push(
        ...tellOf({
          host,
          flow: ++flow,
          process: 1 + upTo(2),
          name: 'sender',
          executable: '/opt/sender',
          ip: `198.51.100.${upTo(12)}`,
          port: 440 + upTo(5),
          localPort: 1000 + flow,
        }),
      );
    }
  }
  // More than are counted one by one: 600 starts a day.
  for (let nth = 0; nth < 1500; nth++) {
    const start = at(0, 6) + nth * 97;
    const over = { host: 'host-0', flow: ++flow, process: 1, name: 'sender', executable: '/opt/sender' };
    const end = start + 5 + upTo(30);
    records.push({ ...over, ip: '203.0.113.9', at: end, start, counter: 'final', out: nth * 10, in: 1 });
  }
  return records;
}

async function pairsOf(store: Store, run: string): Promise<readonly object[]> {
  return store.rows('SELECT * FROM {run:Identifier}.pairs ORDER BY host_id, actor_id, destination', { run });
}

async function piecesOf(store: Store): Promise<{ lasting: string; cut: string }> {
  const [row] = await store.rows<{ lasting: string; cut: string }>(
    `SELECT sum(length(lasting)) AS lasting, sum(arrayCount(part -> part.carried, lasting)) AS cut FROM day_pairs`,
  );
  return row!;
}

describeEngines('pairs of days', ({ open, newTarget }) => {
  it('are those of one window, wherever midnights cut connections', async () => {
    const store = await open(newTarget());
    await observe(store, fleet());
    await buildDays(store);
    const days = await assembleWeek(store, weekUntil(dayName(DAYS - 1)));
    const window = await modelOf(store);
    try {
      const expected = await pairsOf(store, window.run);
      expect(expected.length).toBeGreaterThan(2 * HOSTS);
      expect(await pairsOf(store, days.run)).toEqual(expected);
    } finally {
      await days.drop();
      await window.drop();
    }
    const { lasting, cut } = await piecesOf(store);
    expect(Number(lasting)).toBeGreaterThan(100);
    expect(Number(cut)).toBeGreaterThan(50);
  });

  it('read what was written before connections were put together', async () => {
    const store = await open(newTarget());
    await observe(store, [
      ...heartbeats('mac', [0, 1]),
      {
        ...{ host: 'mac', flow: 1, process: 9, name: 'sender', ip: '198.51.100.1' },
        ...{ at: at(0, 3), start: at(0, 1), counter: 'final', out: 500, in: 5 },
      },
    ]);
    await buildDays(store);
    await store.command(`ALTER TABLE day_pairs UPDATE lasting = [] WHERE 1 SETTINGS mutations_sync = 2`);
    const { run, drop } = await assembleWeek(store, weekUntil(dayName(1)));
    try {
      expect(await pairsOf(store, run)).toContainEqual(
        expect.objectContaining({ total_duration: 7200, size_p50: 500, port: 443 }),
      );
    } finally {
      await drop();
    }
  });
});
