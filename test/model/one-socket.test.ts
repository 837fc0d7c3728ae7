import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../support/engines.js';
import { modelOf, observe, T0, type FlowObservation } from '../support/observations.js';

/** The kernel's record of a socket: redacted, with pid and name. */
const kernel = (over: Partial<FlowObservation> = {}): Partial<FlowObservation> => ({
  source: 'unified-log',
  pid: 700,
  name: 'sender',
  start: 0,
  at: 60,
  transport: 'udp',
  localPort: 50_001,
  counter: 'final',
  out: 1000,
  in: 40,
  ...over,
});

/** What the same program's network library says of it: more names, other numbers. */
const library = (over: Partial<FlowObservation> = {}): Partial<FlowObservation> =>
  kernel({
    transport: 'quic',
    start: 0.4,
    at: 60.2,
    out: 940,
    in: 55,
    remoteName: 'files.example.com',
    ...over,
  });

const agent = (over: Partial<FlowObservation> = {}): Partial<FlowObservation> =>
  kernel({
    source: 'elastic-defend',
    process: 77,
    transport: 'tcp',
    executable: '/opt/tools/sender',
    localIp: '10.20.0.17',
    ip: '198.51.100.7',
    ...over,
  });

/** A sensor on the wire: no process, and the host is an address. */
const sensor = (over: Partial<FlowObservation> = {}): Partial<FlowObservation> =>
  agent({ source: 'zeek-conn', process: 0, pid: 0, name: '', executable: '', ...over });

interface Seen {
  readonly out: number;
  readonly in: number;
  readonly transport: string;
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly process: number;
}

const one: Seen = { out: 1000, in: 40, transport: 'tcp', from: 0, to: 60, name: '', process: 77 };

const CASES: Readonly<
  Record<string, { records: readonly Partial<FlowObservation>[]; flows: readonly Partial<Seen>[] }>
> = {
  'kernel and network library': {
    records: [kernel(), library()],
    flows: [
      { out: 1000, in: 55, transport: 'quic', from: 0, to: 60.2, name: 'files.example.com', process: 0 },
    ],
  },
  'kernel and endpoint agent': {
    records: [kernel({ transport: 'tcp', out: 1100 }), agent()],
    flows: [{ ...one, out: 1100 }],
  },
  'kernel, network library and endpoint agent of a long one still open': {
    records: [
      kernel({ at: 0, counter: 'none', out: null, in: null, state: 'open' }),
      library({ at: 5000, out: 940 }),
      agent({ transport: 'udp', at: 5000.5 }),
    ],
    flows: [{ ...one, out: 1000, in: 55, transport: 'quic', to: 5000.5, name: 'files.example.com' }],
  },
  'a port used again within seconds stays two': {
    records: [kernel(), kernel({ start: 63, at: 90, out: 7 })],
    flows: [
      { out: 1000, from: 0, to: 60 },
      { out: 7, from: 63, to: 90 },
    ],
  },
  'TCP and UDP of one port number': {
    records: [kernel(), kernel({ transport: 'tcp', out: 7, at: 61 })],
    flows: [
      { out: 1000, transport: 'udp' },
      { out: 7, transport: 'tcp' },
    ],
  },
  'another remote port': {
    records: [kernel(), kernel({ port: 8443, out: 7, at: 61 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'another process with the same ports': {
    records: [kernel(), kernel({ pid: 701, out: 7, at: 61 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'one local port to two addresses': {
    records: [kernel({ ip: '198.51.100.7' }), kernel({ ip: '198.51.100.8', out: 7, at: 61 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'no local port says nothing about the socket': {
    records: [kernel({ localPort: 0 }), kernel({ localPort: 0, out: 7, at: 61 })],
    flows: [{ out: 1000 }, { out: 7 }],
  },
  'a network sensor beside an endpoint agent': {
    records: [agent(), sensor({ start: 1, at: 61, out: 1200 })],
    flows: [one],
  },
  'a network sensor with a clock half a minute off': {
    records: [agent(), sensor({ start: 90, at: 115 })],
    flows: [one],
  },
  'a network sensor, the same ports an hour later': {
    records: [agent(), sensor({ start: 3600, at: 3660, out: 9 })],
    flows: [one, { out: 9, process: 0, from: 3600 }],
  },
  'a network sensor, another remote end': {
    records: [agent(), sensor({ at: 61, out: 9, ip: '198.51.100.8' })],
    flows: [one, { out: 9, process: 0 }],
  },
  'a network sensor sees UDP, the agent TCP': {
    records: [agent(), sensor({ at: 61, out: 9, transport: 'udp' })],
    flows: [one, { out: 9, process: 0 }],
  },
};

describeEngines('a socket that several records tell of', ({ open }) => {
  const found = new Map<string, Seen[]>();

  beforeAll(async () => {
    const store = await open();
    const observations = Object.entries(CASES).flatMap(([name, { records }], index) =>
      records.map((record, at): FlowObservation => {
        // A sensor's host is an address; each case has one of its own.
        const address = `10.20.1.${index + 1}`;
        const own = record.localIp === undefined ? {} : { localIp: address };
        const host = record.source === 'zeek-conn' ? address : name;
        return { at: 60, host, flow: 100 * index + at + 1, ...record, ...own };
      }),
    );
    await observe(
      store,
      observations.filter((_, at) => at % 2 === 0),
    );
    await observe(
      store,
      observations.filter((_, at) => at % 2 === 1),
    );
    const { run } = await modelOf(store);
    const rows = await store.rows<Seen & { host_id: string }>(
      `SELECT host_id, toUInt32(bytes_out) AS out, toUInt32(bytes_in) AS in, transport,
              (toUnixTimestamp64Milli(start_ts) - {t0:Int64}) / 1000 AS from,
              (toUnixTimestamp64Milli(end_ts) - {t0:Int64}) / 1000 AS to, remote_name AS name,
              if(process_id = 77, 77, 0) AS process
       FROM {run:Identifier}.flows ORDER BY from, to, out DESC`,
      { run, t0: T0 },
    );
    const names = Object.keys(CASES);
    for (const { host_id, ...seen } of rows) {
      const name = host_id.startsWith('10.20.1.') ? names[Number(host_id.split('.')[3]) - 1]! : host_id;
      found.set(name, [...(found.get(name) ?? []), seen]);
    }
  });

  it.each(Object.keys(CASES))('counts once: %s', (name) => {
    const { flows } = CASES[name]!;
    const seen = found.get(name)!;
    expect(seen).toHaveLength(flows.length);
    flows.forEach((flow, at) => expect(seen[at]).toMatchObject(flow));
  });
});
