import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../../support/engines.js';
import {
  observe,
  type Counter,
  type FlowObservation,
  type ProcessObservation,
} from '../../support/observations.js';
import { at, buildDays, connectionsOf, heartbeats, type DayRow } from './built-days.js';

/** Counter, day, hour, bytes out, and what differs. */
type Report = readonly [
  counter: Counter,
  day: number,
  hour: number,
  out: number | null,
  over?: Partial<FlowObservation>,
];

/** Day, bytes out, hours since it began, and how it stands. */
type Expected = readonly [
  day: number,
  out: number,
  hours: number,
  open: 'open' | 'over',
  carried?: 'carried',
];

interface Case {
  readonly reports: readonly Report[];
  readonly days: readonly Expected[];
  /** Days on which the source speaks of the host at 23:00; all four unless told. */
  readonly heard?: readonly number[];
  readonly processes?: readonly ProcessObservation[];
}

/** What a source that names the process by pid says of it. */
const BY_PID = { process: 0, pid: 700, name: 'sender', executable: '/opt/sender' } as const;

const CASES: Readonly<Record<string, Case>> = {
  'told at its beginning and its end only': {
    reports: [
      ['none', 0, 22, null, { start: at(0, 22) }],
      ['final', 2, 3, 2900, { start: at(0, 22) }],
    ],
    days: [
      [0, 0, 1, 'open'],
      [1, 0, 25, 'open', 'carried'],
      [2, 2900, 29, 'over', 'carried'],
    ],
  },
  'told at its end only': {
    reports: [['final', 2, 3, 2900, { start: at(0, 22) }]],
    days: [[2, 2900, 29, 'over']],
  },
  'a running total': {
    reports: [
      ['cumulative', 0, 22, 100],
      ['cumulative', 1, 1, 400],
      ['cumulative', 1, 22, 500],
      ['final', 2, 2, 700],
    ],
    days: [
      [0, 100, 1, 'open'],
      [1, 400, 25, 'open', 'carried'],
      [2, 200, 28, 'over', 'carried'],
    ],
  },
  'a counter that starts again overnight': {
    reports: [
      ['cumulative', 0, 22, 500],
      ['cumulative', 1, 1, 50],
      ['cumulative', 1, 2, 80],
      ['cumulative', 2, 2, 100],
      ['cumulative', 3, 2, 10],
    ],
    days: [
      [0, 500, 1, 'open'],
      [1, 80, 25, 'open', 'carried'],
      [2, 20, 49, 'open', 'carried'],
      [3, 10, 73, 'open', 'carried'],
    ],
  },
  'differences, one of them twice': {
    reports: [
      ['delta', 0, 22, 100, { record: 1 }],
      ['delta', 1, 2, 30, { record: 2 }],
      ['delta', 1, 2, 30, { record: 2 }],
      ['delta', 1, 2, 30, { record: 3 }],
      ['delta', 2, 2, 5, { record: 4 }],
    ],
    days: [
      [0, 100, 1, 'open'],
      [1, 60, 25, 'open', 'carried'],
      [2, 5, 49, 'open', 'carried'],
    ],
  },
  'samples with an end that knows more': {
    reports: [
      ['sample', 0, 22, 100],
      ['sample', 1, 2, 30],
      ['final', 1, 4, 150],
    ],
    days: [
      [0, 100, 1, 'open'],
      [1, 50, 6, 'over', 'carried'],
    ],
  },
  'an end that says less than was counted': {
    reports: [
      ['cumulative', 0, 22, 900],
      ['final', 1, 2, 700],
    ],
    days: [
      [0, 900, 1, 'open'],
      [1, 0, 4, 'over', 'carried'],
    ],
  },
  'differences after a running total': {
    reports: [
      ['cumulative', 0, 20, 1000],
      ['delta', 0, 22, 50, { record: 1 }],
      ['delta', 1, 2, 60, { record: 2 }],
      ['cumulative', 1, 3, 1200],
    ],
    days: [
      [0, 1050, 3, 'open'],
      [1, 150, 27, 'open', 'carried'],
    ],
  },
  'closed by word alone': {
    reports: [
      ['none', 0, 22, null, { start: at(0, 22) }],
      ['none', 1, 2, null, { state: 'closed' }],
    ],
    days: [
      [0, 0, 1, 'open'],
      [1, 0, 4, 'over', 'carried'],
    ],
  },
  'an end before midnight, and word of it after': {
    reports: [
      ['final', 0, 22, 100, { start: at(0, 21) }],
      ['none', 1, 0, null, { state: 'closed' }],
    ],
    // The word alone makes a connection of no bytes: what a day handed over does not say what ended on it.
    days: [
      [0, 100, 1, 'over'],
      [1, 0, 0, 'over'],
    ],
  },
  'an interim source that falls silent for a day': {
    reports: [
      ['cumulative', 0, 22, 100],
      ['cumulative', 2, 5, 300],
    ],
    // Given up after a silent day: what comes later is a connection of its own, and its counter begins at nought.
    days: [
      [0, 100, 1, 'open'],
      [2, 300, 18, 'open'],
    ],
  },
  'a source that says nothing of the host for a day': {
    reports: [
      ['none', 0, 22, null, { start: at(0, 22) }],
      ['final', 2, 3, 2900, { start: at(0, 22) }],
    ],
    heard: [0, 2],
    days: [
      [0, 0, 1, 'open'],
      [2, 2900, 29, 'over', 'carried'],
    ],
  },
  'a port used again after an end': {
    reports: [
      ['cumulative', 0, 22, 100],
      ['final', 1, 2, 150],
      ['none', 1, 5, null, { start: at(1, 5) }],
      ['cumulative', 1, 6, 10],
      ['final', 2, 4, 40],
    ],
    days: [
      [0, 100, 1, 'open'],
      [1, 50, 4, 'over', 'carried'],
      [1, 10, 18, 'open'],
      [2, 30, 23, 'over', 'carried'],
    ],
  },
  'a port used again on the day after': {
    reports: [
      ['final', 0, 22, 100, { start: at(0, 21) }],
      ['final', 1, 22, 60, { start: at(1, 21) }],
    ],
    days: [
      [0, 100, 1, 'over'],
      [1, 60, 1, 'over'],
    ],
  },
  'its process ends': {
    reports: [['none', 0, 22, null, { start: at(0, 22), ...BY_PID, localPort: 50_001 }]],
    processes: [
      { host: '', process: 4711, at: at(0, 20), event: 'exec', pid: 700, executable: '/opt/sender' },
      { host: '', process: 4711, at: at(1, 12), event: 'exit', pid: 700 },
    ],
    days: [
      [0, 0, 1, 'open'],
      [1, 0, 14, 'open', 'carried'],
    ],
  },
  'nobody says how it ends': {
    reports: [['none', 0, 22, null, { start: at(0, 22) }]],
    days: [
      [0, 0, 1, 'open'],
      [1, 0, 25, 'open', 'carried'],
      [2, 0, 49, 'open', 'carried'],
      [3, 0, 73, 'open', 'carried'],
    ],
  },
};

const expected = (row: DayRow): Expected => {
  const common = [row.day, row.out, row.hours, row.open ? 'open' : 'over'] as const;
  return row.carried ? [...common, 'carried'] : common;
};

describeEngines('a connection over midnight', ({ open, newTarget }) => {
  const found = new Map<string, Expected[]>();
  const hours = new Map<string, Record<string, number>>();

  beforeAll(async () => {
    const store = await open(newTarget());
    const files: FlowObservation[][] = [[], []];
    const processes: ProcessObservation[] = [];
    for (const [index, [name, one]] of Object.entries(CASES).entries()) {
      const rows = one.reports.map(([counter, day, hour, out, over], nth): FlowObservation => ({
        host: name,
        flow: index + 1,
        at: at(day, hour),
        counter,
        out,
        in: out === null ? null : 2 * out,
        record: 1000 * index + nth,
        process: 1000 + index,
        name: 'sender',
        ip: '198.51.100.7',
        ...over,
      }));
      // Two files, and the later records are in the earlier one.
      rows.reverse().forEach((row, nth) => files[nth < rows.length / 2 ? 0 : 1]!.push(row));
      files[0]!.push(...heartbeats(name, one.heard ?? [0, 1, 2, 3]));
      processes.push(...(one.processes ?? []).map((process) => ({ ...process, host: name })));
    }
    await observe(store, files[0]!, processes);
    await observe(store, files[1]!);
    await buildDays(store);
    for (const row of await connectionsOf(store)) {
      expect(row.in, row.host).toBe(2 * row.out);
      found.set(row.host, [...(found.get(row.host) ?? []), expected(row)]);
    }
    const activity = await store.rows<{ host_id: string; hour: string; bytes_out: string }>(
      `SELECT host_id, formatDateTime(hour, '%d %H') AS hour, toString(sum(bytes_out)) AS bytes_out FROM day_activity
       WHERE destination LIKE '198.51.100%' GROUP BY host_id, hour HAVING sum(bytes_out) > 0 ORDER BY host_id, hour`,
    );
    for (const { host_id, hour, bytes_out } of activity) {
      hours.set(host_id, { ...hours.get(host_id), [hour]: Number(bytes_out) });
    }
  });

  it.each(Object.keys(CASES))('has on each day what was sent on it: %s', (name) => {
    expect(found.get(name)).toEqual(CASES[name]!.days);
  });

  it('spreads what was counted at the end over all hours it lasted, whatever the day', () => {
    const spread = hours.get('told at its beginning and its end only')!;
    expect(Object.keys(spread)).toHaveLength(29);
    expect(spread).toMatchObject({ '02 22': 100, '02 23': 100, '03 00': 100, '03 12': 100, '04 02': 100 });
    expect(hours.get('told at its end only')).toEqual(spread);
  });

  it('spreads what interim records add over the time since the one before', () => {
    // 400 from 22:00 to 23:00 of the next day, when the source was last heard; 200 from there to two in the morning.
    const spread = hours.get('a running total')!;
    expect(spread['02 22']).toBe(116);
    expect(spread['03 12']).toBe(16);
    expect(Object.values(spread).reduce((all, bytes) => all + bytes, 0)).toBe(700);
  });
});
