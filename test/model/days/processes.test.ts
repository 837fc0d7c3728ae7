import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.js';
import { describeEngines } from '../../support/engines.js';
import {
  modelOf,
  observe,
  type FlowObservation,
  type ProcessObservation,
} from '../../support/observations.js';
import { at, buildDays, connectionsOf, heartbeats } from './built-days.js';

const exec = (
  host: string,
  process: number,
  day: number,
  over: Partial<ProcessObservation> = {},
): ProcessObservation => ({
  host,
  process,
  at: at(day, 8),
  event: 'exec',
  source: 'eslogger',
  pid: 700,
  executable: '/opt/tools/sender',
  ...over,
});

/** A connection that its source names by pid and name. */
const flow = (host: string, day: number, over: Partial<FlowObservation> = {}): FlowObservation => ({
  host,
  flow: day + 1,
  at: at(day, 13),
  start: at(day, 12),
  source: 'unified-log',
  pid: 700,
  name: 'sender',
  counter: 'final',
  out: 1000 + day,
  in: 1,
  ip: '198.51.100.7',
  localPort: 50_000 + day,
  ...over,
});

const CURL = { executable: '/usr/bin/curl', signingId: 'com.apple.curl', platform: true } as const;

interface Case {
  readonly processes: readonly ProcessObservation[];
  readonly flows: readonly FlowObservation[];
  /** Actor of the connections, in order of their days. */
  readonly actors: readonly string[];
}

const cases = (host: string): Readonly<Record<string, Case>> => ({
  'started two days before it sends, named by pid': {
    processes: [exec(host, 11, 0)],
    flows: [flow(host, 2)],
    actors: ['path:/opt/tools/sender'],
  },
  'started two days before it sends, named by its own key': {
    processes: [exec(host, 12, 0, { executable: '/opt/keyed/sender' })],
    flows: [flow(host, 2, { process: 12, pid: 0, name: '' })],
    actors: ['path:/opt/keyed/sender'],
  },
  'started by a process of days before': {
    processes: [
      exec(host, 21, 0, { pid: 600, executable: '/opt/parents/first' }),
      exec(host, 22, 1, { pid: 601, executable: '/bin/zsh', parent: 21 }),
      exec(host, 23, 2, { ...CURL, pid: 602, parent: 22 }),
    ],
    flows: [flow(host, 2, { pid: 602, name: 'curl' }), flow(host, 3, { pid: 602, name: 'curl' })],
    actors: [
      'apple:com.apple.curl by path:/opt/parents/first',
      'apple:com.apple.curl by path:/opt/parents/first',
    ],
  },
  'a pid that another process has on another day': {
    processes: [
      exec(host, 31, 0, { executable: '/opt/one/sender' }),
      exec(host, 31, 1, { event: 'exit', at: at(1, 6) }),
      exec(host, 32, 1, { executable: '/opt/two/sender' }),
    ],
    flows: [flow(host, 0), flow(host, 2), flow(host, 3)],
    actors: ['path:/opt/one/sender', 'path:/opt/two/sender', 'path:/opt/two/sender'],
  },
  'a pid whose process ended days before': {
    processes: [exec(host, 41, 0), exec(host, 41, 0, { event: 'exit', at: at(0, 20) })],
    flows: [flow(host, 0), flow(host, 2)],
    actors: ['path:/opt/tools/sender', 'name:sender'],
  },
  'never seen to start': {
    processes: [exec(host, 51, 1, { event: 'seen', at: at(1, 9) })],
    flows: [flow(host, 1), flow(host, 2)],
    actors: ['path:/opt/tools/sender', 'path:/opt/tools/sender'],
  },
  'unknown but for its name': {
    processes: [],
    flows: [flow(host, 1), flow(host, 2)],
    actors: ['name:sender', 'name:sender'],
  },
});

/** Actors of all connections of the window, by host and time. */
async function inOneWindow(store: Store): Promise<Map<string, string[]>> {
  const model = await modelOf(store);
  const rows = await store.rows<{ host_id: string; actor: string }>(
    `SELECT f.host_id AS host_id, a.actor AS actor FROM {run:Identifier}.flows AS f
     INNER JOIN {run:Identifier}.actors AS a ON a.host_id = f.host_id AND a.process_id = f.process_id
     WHERE f.flow_id < 900000 ORDER BY f.host_id, f.start_ts`,
    { run: model.run },
  );
  await model.drop();
  return byHost(rows.map(({ host_id, actor }) => [host_id, actor]));
}

function byHost(rows: readonly (readonly [string, string])[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [host, actor] of rows) found.set(host, [...(found.get(host) ?? []), actor]);
  return found;
}

describeEngines('processes of earlier days', ({ open, newTarget }) => {
  const names = Object.keys(cases(''));
  let window: Map<string, string[]>;
  let whole: Map<string, string[]>;
  let late: Map<string, string[]>;

  const built = async (store: Store): Promise<Map<string, string[]>> => {
    await buildDays(store);
    return byHost((await connectionsOf(store)).map(({ host, actor }) => [host, actor]));
  };

  beforeAll(async () => {
    const all = names.map((name) => cases(name)[name]!);
    const flows = [
      ...all.flatMap((one) => one.flows),
      ...names.flatMap((name) => heartbeats(name, [0, 1, 2, 3], 23, { source: 'unified-log' })),
    ];
    const processes = all.flatMap((one) => one.processes);
    const store = await open(newTarget());
    await observe(store, flows, processes);
    window = await inOneWindow(store);
    whole = await built(store);

    // What is known of processes comes after everything that they sent has been judged.
    const other = await open(newTarget());
    await observe(other, flows);
    await built(other);
    await observe(other, [], processes);
    late = await built(other);
  });

  it.each(names)('are who they are in one window: %s', (name) => {
    const { actors } = cases(name)[name]!;
    expect(window.get(name)).toEqual(actors);
    expect(whole.get(name)).toEqual(actors);
    expect(late.get(name)).toEqual(actors);
  });
});
