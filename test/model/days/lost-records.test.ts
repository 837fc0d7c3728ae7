import { expect, it } from 'vitest';
import { assembleHosts, weekUntil } from '../../../src/model/days/assemble-week.js';
import type { Store } from '../../../src/store/store.js';
import { describeEngines } from '../../support/engines.js';
import { modelOf, observe, type FlowObservation } from '../../support/observations.js';
import { at, buildDays, dayName } from './built-days.js';

/** Where the running count stood, by day, and what that says was lost. */
const CASES: Readonly<Record<string, { counts: readonly (readonly number[])[]; lost: number }>> = {
  'a count that goes on': { counts: [[5, 9], [9, 30], [41]], lost: 36 },
  'a count that starts again with each day': {
    counts: [
      [1, 9],
      [2, 4],
      [1, 7],
    ],
    lost: 8 + 2 + 6,
  },
  'a day on which nothing was lost': { counts: [[5, 9], [0], [12]], lost: 7 },
  'one count': { counts: [[7]], lost: 0 },
  'no count': { counts: [[0], [0]], lost: 0 },
};

const hosts = Object.keys(CASES);

function recordsOf(name: string): FlowObservation[] {
  const host = `host-${hosts.indexOf(name)}`;
  return CASES[name]!.counts.flatMap((counts, day) =>
    counts.map((lost, nth) => ({
      host,
      flow: 100 * day + nth + 1,
      at: at(day, 3 + nth),
      process: 1,
      name: 'sender',
      counter: 'final' as const,
      out: 1,
      in: 1,
      lost,
    })),
  );
}

async function lostOf(store: Store, run: string): Promise<Record<string, number>> {
  const rows = await store.rows<{ host_id: string; lost: string }>(
    'SELECT host_id, lost FROM {run:Identifier}.hosts ORDER BY host_id',
    { run },
  );
  return Object.fromEntries(rows.map((row) => [hosts[Number(row.host_id.slice(5))]!, Number(row.lost)]));
}

describeEngines('lost records', ({ open, newTarget }) => {
  it('are counted the same in one window and day by day', async () => {
    const store = await open(newTarget());
    await observe(store, hosts.flatMap(recordsOf));
    await buildDays(store);
    const expected = Object.fromEntries(hosts.map((name) => [name, CASES[name]!.lost]));
    for (const { run, drop } of [await modelOf(store), await assembleHosts(store, weekUntil(dayName(2)))]) {
      try {
        expect(await lostOf(store, run)).toEqual(expected);
      } finally {
        await drop();
      }
    }
  });
});
