import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import {
  modelOf,
  observe,
  T0,
  type FlowObservation,
  type ProcessObservation,
} from '../support/observations.js';

const LOG = 'unified-log';

/** A connection of a process that its source names by pid and name, as macOS's own log does. */
const flow = (
  host: string,
  id: number,
  at: number,
  over: Partial<FlowObservation> = {},
): FlowObservation => ({
  host,
  flow: id,
  at: at + 10,
  start: at,
  source: LOG,
  pid: 700,
  name: 'sender',
  counter: 'final',
  out: 100,
  in: 1,
  ip: '198.51.100.7',
  localPort: 50_000 + id,
  ...over,
});

const exec = (
  host: string,
  process: number,
  at: number,
  over: Partial<ProcessObservation> = {},
): ProcessObservation => ({
  host,
  process,
  at,
  event: 'exec',
  source: 'eslogger',
  pid: 700,
  executable: '/opt/tools/sender',
  ...over,
});

const exit = (host: string, process: number, at: number): ProcessObservation => ({
  ...exec(host, process, at),
  event: 'exit',
});

/** Flows are ids, processes are ids; 0 is a process known by its name only. */
const FLOWS: readonly FlowObservation[] = [
  flow('late', 1, 100),
  flow('reuse', 1, 10),
  flow('reuse', 2, 70),
  flow('other-name', 1, 100),
  flow('ended', 1, 100),
  flow('ended', 2, 5.5),
  flow('cut', 1, 100, { name: 'Google Chrome He' }),
  flow('script', 1, 100, { name: 'backup.sh' }),
  flow('chain', 1, 2),
  flow('chain', 2, 30, { name: 'zsh' }),
  flow('rounded', 1, 99.4),
  flow('rounded', 2, 98.4),
  flow('seen', 1, 50),
  flow('nobody', 1, 100),
  flow('nobody', 2, 200),
  flow('nobody', 3, 200, { pid: 701 }),
  flow('no-pid', 1, 100, { pid: 0, name: '' }),
  flow('other-host', 1, 100),
];

const PROCESSES: readonly ProcessObservation[] = [
  exec('late', 11, 99),
  exec('reuse', 21, 0),
  exit('reuse', 21, 50),
  exec('reuse', 22, 60),
  exec('other-name', 31, 0, { executable: '/usr/bin/ssh' }),
  exec('ended', 41, 0),
  exit('ended', 41, 5),
  exec('cut', 51, 0, { executable: '/Applications/Google Chrome Helper' }),
  exec('script', 61, 0, { executable: '/bin/sh', script: '/Users/user7/backup.sh' }),
  // fork, then two images under one pid: each has its time.
  { ...exec('chain', 71, 0, { executable: '/bin/zsh' }), event: 'fork' },
  { ...exec('chain', 71, 1, { executable: '/bin/zsh' }), event: 'seen' },
  exec('chain', 72, 1),
  exec('chain', 73, 20, { executable: '/bin/zsh' }),
  exec('rounded', 81, 100),
  { ...exec('seen', 91, 400), event: 'seen' },
  exec('somewhere-else', 99, 0),
];

const OWNERS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  late: { 1: 11 },
  reuse: { 1: 21, 2: 22 },
  'other-name': { 1: 0 },
  // A second of slack for rounding, and no more.
  ended: { 1: 0, 2: 41 },
  cut: { 1: 51 },
  script: { 1: 61 },
  chain: { 1: 72, 2: 73 },
  rounded: { 1: 81, 2: 0 },
  seen: { 1: 91 },
  'other-host': { 1: 0 },
};

/** Hosts as sources write them: id, name, and the host they are. */
const HOSTS: readonly (readonly [seenAs: string, name: string, host: string, shown: string])[] = [
  ['UUID-1', 'MBP-7F2A', 'UUID-1', 'MBP-7F2A'],
  ['MBP-7F2A', 'MBP-7F2A', 'UUID-1', 'MBP-7F2A'],
  ['mbp-7f2a', 'mbp-7f2a', 'UUID-1', 'MBP-7F2A'],
  // A file named after the host with its domain.
  ['Mac-9.corp.example', 'Mac-9.corp.example', 'UUID-9', 'mac-9'],
  ['UUID-9', 'mac-9', 'UUID-9', 'mac-9'],
  // Two machines of one name stay two, and a file of that name belongs to neither.
  ['UUID-2', 'studio', 'UUID-2', 'studio'],
  ['UUID-3', 'studio', 'UUID-3', 'studio'],
  ['studio', 'studio', 'studio', 'studio'],
  // Only files: letter case does not make two hosts.
  ['AIR-1', 'AIR-1', 'AIR-1', 'AIR-1'],
  ['air-1', 'air-1', 'AIR-1', 'AIR-1'],
  // Addresses are no names with domains.
  ['10.0.0.1', '', '10.0.0.1', '10.0.0.1'],
  ['10.0.0.2', '', '10.0.0.2', '10.0.0.2'],
];

const ANCESTRY: readonly ProcessObservation[] = [
  exec('tree', 1, 0, { pid: 400, executable: '/Applications/Terminal', parentExecutable: '/sbin/launchd' }),
  exec('tree', 2, 1, { pid: 500, executable: '/bin/zsh', parent: 1 }),
  exec('tree', 3, 2, { pid: 600, executable: '/usr/bin/make', parent: 2 }),
  exec('tree', 4, 3, { pid: 700, parent: 3 }),
  // The parent was never seen itself; only its path was reported.
  exec('stub', 14, 3, { parent: 13, parentExecutable: '/usr/local/bin/agent' }),
  // Nobody is their own ancestor, whatever a source says.
  exec('self', 24, 3, { parent: 24 }),
  exec('ring', 34, 3, { parent: 35 }),
  exec('ring', 35, 3, { pid: 701, executable: '/opt/other', parent: 34 }),
];

describeEngines('processes of connections', ({ open }) => {
  let store: Store;
  let run: string;

  beforeAll(async () => {
    store = await open();
    // The connections land first: who they belong to is asked when reading.
    await observe(store, FLOWS);
    await observe(store, [], PROCESSES);
    await observe(
      store,
      HOSTS.map(([host, hostName], index) => flow(host, 900 + index, 100, { hostName, name: 'host-test' })),
    );
    await observe(
      store,
      ['tree', 'stub', 'self', 'ring'].map((host) => flow(host, 1, 10)),
      ANCESTRY,
    );
    ({ run } = await modelOf(store));
  });

  const rows = <Row>(sql: string): Promise<Row[]> => store.rows<Row>(sql, { run });

  it('are the ones that had the pid when the connection began, if the names agree', async () => {
    const flows = await rows<{ host_id: string; flow: number; process_id: string }>(
      `SELECT host_id, toUInt32(flow_id) AS flow, if(process_id > 1000, '0', toString(process_id)) AS process_id
       FROM {run:Identifier}.flows ORDER BY host_id, flow`,
    );
    const owners: Record<string, Record<number, number>> = {};
    for (const one of flows) {
      if (one.host_id in OWNERS) (owners[one.host_id] ??= {})[one.flow] = Number(one.process_id);
    }
    expect(owners).toEqual(OWNERS);
  });

  it('keep the name the source gave when nothing fits, one process for each pid and name', async () => {
    const named = await rows<{
      flow: number;
      process: string;
      name: string;
      executable: string;
      pid: number;
    }>(
      `SELECT toUInt32(f.flow_id) AS flow, toString(f.process_id) AS process, p.name AS name, p.executable AS executable, p.pid AS pid
       FROM {run:Identifier}.flows AS f
       INNER JOIN {run:Identifier}.processes AS p ON p.host_id = f.host_id AND p.process_id = f.process_id
       WHERE f.host_id = 'nobody' ORDER BY flow`,
    );
    expect(named.map(({ name, executable, pid }) => ({ name, executable, pid }))).toEqual([
      { name: 'sender', executable: '', pid: 700 },
      { name: 'sender', executable: '', pid: 700 },
      { name: 'sender', executable: '', pid: 701 },
    ]);
    expect(named[0]!.process).toBe(named[1]!.process);
    expect(named[0]!.process).not.toBe(named[2]!.process);
  });

  it('are unknown when the source names neither pid nor program', async () => {
    const [unknown] = await rows<{ actor: string }>(
      `SELECT a.actor AS actor FROM {run:Identifier}.connections AS c
       INNER JOIN {run:Identifier}.actors AS a ON a.host_id = c.host_id AND a.process_id = c.process_id
       WHERE c.host_id = 'no-pid'`,
    );
    expect(unknown).toEqual({ actor: 'unknown' });
  });

  it('are looked for on their own host only, and hosts are one when their names say so', async () => {
    const hosts = await rows<{ seen_as: string; host_id: string; host_name: string }>(
      'SELECT seen_as, host_id, host_name FROM {run:Identifier}.hosts',
    );
    const byName = new Map(hosts.map((one) => [one.seen_as, [one.host_id, one.host_name]]));
    for (const [seenAs, , host, shown] of HOSTS)
      expect([seenAs, byName.get(seenAs)]).toEqual([seenAs, [host, shown]]);
    const counted = await rows<{ host_id: string; flows: string }>(
      `SELECT host_id, count() AS flows FROM {run:Identifier}.flows WHERE name = 'host-test' GROUP BY host_id ORDER BY host_id`,
    );
    expect(counted.map(({ host_id, flows }) => [host_id, Number(flows)])).toEqual([
      ['10.0.0.1', 1],
      ['10.0.0.2', 1],
      ['AIR-1', 2],
      ['UUID-1', 3],
      ['UUID-2', 1],
      ['UUID-3', 1],
      ['UUID-9', 2],
      ['studio', 1],
    ]);
  });

  describe('and who started them', () => {
    const ancestry = async (host: string): Promise<string[]> => {
      const found = await rows<{ host_id: string; executables: string[] }>(
        `SELECT host_id, arrayMap(t -> t.2, arraySort(groupArray((level, executable)))) AS executables
         FROM {run:Identifier}.ancestry WHERE (host_id, process_id) IN (('tree', 4), ('stub', 14), ('self', 24), ('ring', 34))
         GROUP BY host_id`,
      );
      return found.find((one) => one.host_id === host)?.executables ?? [];
    };

    it('reach up as far as the telemetry knows', async () => {
      expect(await ancestry('tree')).toEqual([
        '/usr/bin/make',
        '/bin/zsh',
        '/Applications/Terminal',
        '/sbin/launchd',
      ]);
    });

    it('fall back to the path the child reported', async () => {
      expect(await ancestry('stub')).toEqual(['/usr/local/bin/agent']);
    });

    it('never turn in a circle', async () => {
      expect(await ancestry('self')).toEqual([]);
      expect(await ancestry('ring')).toEqual(['/opt/other']);
    });
  });
});

/** Connections nobody saw the end of: host, flow, observations, and the second they count until. */
describeEngines('connections still open', ({ open }) => {
  let until: Record<string, number>;

  beforeAll(async () => {
    const store = await open();
    const who = { source: 'elastic-defend', pid: 0, localPort: 0 } as const;
    const still = (host: string, process: number, source = 'elastic-defend'): FlowObservation => ({
      ...flow(host, 1, 0, { ...who, process, source }),
      at: 0,
      counter: 'none',
      out: null,
      in: null,
      state: 'open',
    });
    await observe(
      store,
      [
        still('alive', 1),
        flow('alive', 2, 3590, { ...who, process: 2 }),
        still('ended', 1),
        flow('ended', 2, 3590, { ...who, process: 2 }),
        still('ended-before', 1),
        flow('ended-before', 2, 3590, { ...who, process: 2 }),
        still('alone', 1),
        // Another source's silence or talk says nothing about this one.
        still('two-sources', 1, 'unified-log'),
        flow('two-sources', 2, 90, { ...who, process: 2, source: 'unified-log' }),
        flow('two-sources', 3, 3590, { ...who, process: 3 }),
      ],
      [
        exec('ended', 1, -5),
        exit('ended', 1, 600),
        exec('ended-before', 1, -50),
        exit('ended-before', 1, -20),
      ],
    );
    const { run } = await modelOf(store);
    const found = await store.rows<{ host_id: string; until_s: number; duration: number }>(
      `SELECT host_id, (toUnixTimestamp64Milli(until_ts) - {t0:Int64}) / 1000 AS until_s, duration
       FROM {run:Identifier}.connections WHERE flow_id = 1`,
      { run, t0: T0 },
    );
    for (const one of found) expect(one.duration).toBe(one.until_s);
    until = Object.fromEntries(found.map((one) => [one.host_id, one.until_s]));
  });

  it('last until the last word of their source on that host, or the end of their process', () => {
    expect(until).toEqual({ alive: 3600, ended: 600, 'ended-before': 3600, alone: 0, 'two-sources': 100 });
  });
});
