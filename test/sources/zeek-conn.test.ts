import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { landFile, type Landed } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import {
  FIELDS,
  header,
  jsonRow,
  messageRow,
  nestedRow,
  tsvRow,
  UPLOAD,
  type Row,
} from './zeek-conn-lines.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-zeek-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;

/** Each file is written under its own name, so that equal contents do not meet in one test. */
function write(content: string | Buffer): string {
  const folder = join(directory, String(++files));
  mkdirSync(folder);
  const path = join(folder, 'sensor.log');
  writeFileSync(path, content);
  return path;
}

const FLOW = {
  host_id: '192.168.2.186',
  host_name: '',
  ts: '2021-06-10T14:47:57.109725Z',
  start_ts: '2021-06-10T13:47:56.609725Z',
  end_ts: '2021-06-10T14:47:57.109725Z',
  process_id: '0',
  pid: 0,
  name: '',
  transport: 'tcp',
  local_ip: '192.168.2.186',
  local_port: 51234,
  remote_ip: '203.0.113.9',
  remote_port: 443,
  remote_name: '',
  direction: 'egress',
  state: 'closed',
  counter: 'final',
  bytes_out: '7000000',
  bytes_in: '9000',
};

describeEngines('zeek-conn', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function land(content: string | Buffer): Promise<Landed> {
    const path = write(content);
    await store.command('TRUNCATE TABLE flow_observations');
    await store.command('TRUNCATE TABLE rejects');
    await store.command('TRUNCATE TABLE landed');
    await store.command('TRUNCATE TABLE batches');
    const landed = await landFile(store, { path, shown: path, explicit: true }, { source: 'zeek-conn' });
    if ('reason' in landed) throw new Error(`skipped: ${landed.reason}`);
    return landed;
  }

  const flows = (): Promise<Record<string, unknown>[]> =>
    store.rows('SELECT * FROM flow_observations ORDER BY ts, bytes_out, record_id');

  async function onlyFlow(content: string | Buffer): Promise<Record<string, unknown>> {
    await land(content);
    const found = await flows();
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  /** `kind reason lines` of everything that is not a flow, in order. */
  async function others(): Promise<string[]> {
    const rows = await store.rows<{ kind: string; reason: string; lines: string }>(
      "SELECT kind, reason, sum(lines) AS lines FROM landed WHERE kind != 'flow' GROUP BY kind, reason ORDER BY kind, reason",
    );
    return rows.map(({ kind, reason, lines }) => `${kind} ${reason} ${lines}`);
  }

  it('reads a TSV row, whatever the order of its columns', async () => {
    expect(await onlyFlow(header() + tsvRow(UPLOAD))).toMatchObject(FLOW);
    expect(await others()).toEqual(['ignored header 7']);
    const shuffled = ['_node_name', ...[...FIELDS].reverse(), 'vlan'];
    expect(await onlyFlow(header(shuffled) + tsvRow(UPLOAD, shuffled))).toMatchObject(FLOW);
  });

  it('reads other separators, Windows line ends, a byte order mark, gzip and a missing last line end', async () => {
    const plain = header() + tsvRow(UPLOAD);
    expect(await onlyFlow(header(FIELDS, 'conn', '|') + tsvRow(UPLOAD, FIELDS, '|'))).toMatchObject(FLOW);
    expect(await onlyFlow(plain.replaceAll('\n', '\r\n'))).toMatchObject(FLOW);
    expect(await onlyFlow(`\uFEFF${plain}`)).toMatchObject(FLOW);
    expect(await onlyFlow(gzipSync(plain))).toMatchObject(FLOW);
    expect(await onlyFlow(plain.trimEnd())).toMatchObject(FLOW);
  });

  it('reads JSON in every key style and notation of time', async () => {
    expect(await onlyFlow(jsonRow(UPLOAD))).toMatchObject(FLOW);
    expect(await onlyFlow(jsonRow(UPLOAD, { '@stream': 'conn', '@system': 's' }, true))).toMatchObject(FLOW);
    expect(
      await onlyFlow(jsonRow(UPLOAD, { _path: 'conn', _write_ts: '2021-06-10T14:47:58.000000Z' })),
    ).toMatchObject(FLOW);
    expect(await onlyFlow(jsonRow({ ...UPLOAD, ts: '2021-06-10T13:47:56.609725Z' }))).toMatchObject(FLOW);
    // JSON::TS_MILLIS
    expect(await onlyFlow(jsonRow({ ...UPLOAD, ts: '1623332876609' }))).toMatchObject({
      ...FLOW,
      start_ts: '2021-06-10T13:47:56.609000Z',
      ts: '2021-06-10T14:47:57.109000Z',
      end_ts: '2021-06-10T14:47:57.109000Z',
    });
    // The record as an object.
    expect(await onlyFlow(nestedRow(UPLOAD))).toMatchObject(FLOW);
  });

  it('gives the same flow the same id in TSV and JSON', async () => {
    const tsv = await onlyFlow(header() + tsvRow(UPLOAD));
    const json = await onlyFlow(jsonRow(UPLOAD));
    expect(json['flow_id']).toBe(tsv['flow_id']);
  });

  it('keeps interim records cumulative and open, under the id of the final one', async () => {
    const interim = {
      ...UPLOAD,
      duration: '625.2',
      orig_bytes: '1000000',
      conn_state: 'S1',
      history: 'ShADad',
    };
    await land(
      jsonRow(interim, { _path: 'conn_long' }) +
        jsonRow({ ...interim, duration: '1825.3', orig_bytes: '3000000' }, { _path: 'open_conn' }) +
        jsonRow(
          { ...interim, conn_state: 'SF', duration: '1900', orig_bytes: '4000000' },
          { _path: 'conn-long' },
        ) +
        jsonRow({ ...interim, duration: '2000', orig_bytes: '5000000' }) +
        jsonRow(UPLOAD, { _path: 'conn' }),
    );
    const found = await flows();
    expect(new Set(found.map((flow) => flow['flow_id'])).size).toBe(1);
    expect(new Set(found.map((flow) => flow['record_id'])).size).toBe(5);
    expect(found.map((flow) => [flow['bytes_out'], flow['state'], flow['counter']])).toEqual([
      ['1000000', 'open', 'cumulative'],
      ['3000000', 'open', 'cumulative'],
      ['4000000', 'open', 'cumulative'],
      ['5000000', 'open', 'cumulative'],
      ['7000000', 'closed', 'final'],
    ]);
    const tsv = await onlyFlow(header(FIELDS, 'conn_long') + tsvRow({ ...UPLOAD, conn_state: 'SF' }));
    expect(tsv).toMatchObject({ state: 'open', counter: 'cumulative', flow_id: found[0]!['flow_id'] });
  });

  it('gives an identical record the same record id', async () => {
    await land(header() + tsvRow(UPLOAD) + tsvRow(UPLOAD));
    const [first, second] = await flows();
    expect(second!['record_id']).toBe(first!['record_id']);
  });

  it('finds the local end: by local_orig and local_resp, else by private addresses, else the originator', async () => {
    const inbound = {
      host_id: '10.1.2.3',
      local_ip: '10.1.2.3',
      local_port: 22,
      remote_ip: '198.51.100.7',
      remote_port: 40000,
      direction: 'ingress',
      bytes_out: '9000',
      bytes_in: '7000000',
    };
    const reached: Row = {
      ...UPLOAD,
      'id.orig_h': '198.51.100.7',
      'id.orig_p': '40000',
      'id.resp_h': '10.1.2.3',
      'id.resp_p': '22',
    };
    expect(await onlyFlow(jsonRow({ ...reached, history: '^ShADad' }))).toMatchObject(inbound);
    expect(await onlyFlow(jsonRow(reached))).toMatchObject(inbound);
    const publicEnds: Row = { ...reached, 'id.resp_h': '192.0.2.80' };
    expect(
      await onlyFlow(header() + tsvRow({ ...publicEnds, local_orig: 'F', local_resp: 'T' })),
    ).toMatchObject({
      host_id: '192.0.2.80',
      direction: 'ingress',
    });
    expect(
      await onlyFlow(`{"local_orig":false,"local_resp":true,${jsonRow(publicEnds).slice(1)}`),
    ).toMatchObject({
      host_id: '192.0.2.80',
      direction: 'ingress',
    });
    expect(await onlyFlow(jsonRow(publicEnds))).toMatchObject({
      host_id: '198.51.100.7',
      direction: 'egress',
    });
    // Zeek's own word goes before the look of the addresses.
    expect(await onlyFlow(header() + tsvRow({ ...reached, local_orig: 'T', local_resp: 'F' }))).toMatchObject(
      {
        host_id: '198.51.100.7',
        direction: 'egress',
      },
    );
    const own = ['172.31.255.1', '100.64.0.9', '198.19.255.1', '169.254.3.3', 'fd00::7', 'fe80::1', '::1'];
    await land(own.map((address) => jsonRow({ ...reached, 'id.resp_h': address })).join(''));
    expect((await flows()).map((flow) => flow['host_id']).sort()).toEqual([...own].sort());
    const foreign = ['172.32.0.1', '100.128.0.1', '198.20.0.1', '11.0.0.1', '2001:db8::1'];
    await land(foreign.map((address) => jsonRow({ ...reached, 'id.resp_h': address })).join(''));
    expect((await flows()).map((flow) => flow['host_id'])).toEqual(foreign.map(() => '198.51.100.7'));
  });

  it('writes IPv6 addresses in their shortest form', async () => {
    const row: Row = { ...UPLOAD, 'id.orig_h': 'FD00:0:0::0001', 'id.resp_h': '2001:0DB8::0009' };
    expect(await onlyFlow(jsonRow(row))).toMatchObject({ host_id: 'fd00::1', remote_ip: '2001:db8::9' });
  });

  it('trusts counted bytes over absurd sequence numbers, and lets credible capture loss explain the rest', async () => {
    const bytes = async (row: Row): Promise<unknown[]> => {
      const flow = await onlyFlow(header() + tsvRow({ ...UPLOAD, ...row }));
      return [flow['bytes_out'], flow['bytes_in']];
    };
    expect(await bytes({ orig_bytes: '4294967295', orig_ip_bytes: '1300' })).toEqual(['1300', '9000']);
    expect(await bytes({ resp_bytes: '4294967295', resp_ip_bytes: '80' })).toEqual(['7000000', '80']);
    expect(await bytes({ orig_bytes: '9000', orig_ip_bytes: '6000', missed_bytes: '3500' })).toEqual([
      '9000',
      '9000',
    ]);
    expect(
      await bytes({ orig_bytes: '9000', orig_ip_bytes: '600', missed_bytes: '8500', conn_state: 'RSTR' }),
    ).toEqual(['600', '9000']);
    expect(await bytes({ orig_bytes: '-', orig_ip_bytes: '5000' })).toEqual(['5000', '9000']);
    expect(await bytes({ orig_ip_bytes: '-', resp_ip_bytes: '-' })).toEqual(['7000000', '9000']);
    expect(
      await bytes({
        orig_bytes: '-',
        orig_ip_bytes: '-',
        resp_bytes: '-',
        resp_ip_bytes: '-',
        duration: '-',
      }),
    ).toEqual([null, null]);
  });

  it('believes the payload of connections whose both ends were seen, and says where counts are a least', async () => {
    const judge = async (row: Row): Promise<unknown[]> => {
      const flow = await onlyFlow(jsonRow({ ...UPLOAD, ...row }));
      const least = await store.rows<{ reason: string }>(
        "SELECT reason FROM landed WHERE kind = 'flow' AND reason != ''",
      );
      return [flow['bytes_out'], flow['bytes_in'], ...least.map(({ reason }) => reason)];
    };
    const offloaded: Row = {
      orig_bytes: '100000000',
      resp_bytes: '20000',
      orig_ip_bytes: '112',
      resp_ip_bytes: '112',
      missed_bytes: '100020000',
      history: 'ShFgfG',
    };
    expect(await judge(offloaded)).toEqual(['100000000', '20000']);
    expect(await judge({ ...offloaded, conn_state: '' })).toEqual(['100000000', '20000']);
    // No FIN from both sides: the sequence numbers prove nothing.
    for (const row of [
      { conn_state: 'RSTR' },
      { conn_state: 'S1' },
      { conn_state: '', history: 'ShFgfGR' },
    ]) {
      expect(await judge({ ...offloaded, ...row })).toEqual(['112', '112', 'bytes_at_least']);
    }
    // More than was counted and missed together.
    expect(await judge({ ...offloaded, missed_bytes: '0', resp_bytes: '10' })).toEqual([
      '112',
      '10',
      'bytes_at_least',
    ]);
    // Packets that failed their checksum were not counted, in their direction.
    expect(await judge({ ...offloaded, missed_bytes: '0', history: 'ShCcFf' })).toEqual([
      '100000000',
      '20000',
    ]);
    expect(await judge({ ...offloaded, missed_bytes: '0', history: 'ShCFf' })).toEqual([
      '100000000',
      '112',
      'bytes_at_least',
    ]);
    // The sensor stopped taking packets and went on counting.
    const shunted: Row = {
      ...offloaded,
      missed_bytes: '0',
      orig_ip_bytes: '1040000',
      resp_ip_bytes: '22000',
      orig_shunted_bytes: '103000000',
    };
    expect(await judge(shunted)).toEqual(['100000000', '20000']);
    expect(await judge({ ...shunted, conn_state: 'S1', orig_bytes: '1000000' })).toEqual([
      '104040000',
      '20000',
    ]);
    // Nothing counted either way: nothing was counting.
    expect(await judge({ ...offloaded, missed_bytes: '0', orig_ip_bytes: '0', resp_ip_bytes: '0' })).toEqual([
      '100000000',
      '20000',
    ]);
    // Fragments of datagrams.
    const datagrams: Row = { proto: 'udp', orig_bytes: '1900', orig_ip_bytes: '1000', resp_ip_bytes: '9100' };
    expect(await judge(datagrams)).toEqual(['1900', '9000']);
    expect(await judge({ ...datagrams, orig_bytes: '4294967295' })).toEqual([
      '1000',
      '9000',
      'bytes_at_least',
    ]);
  });

  it('ignores what stays between two ends that the sensor calls local, and keeps private pairs', async () => {
    const inside: Row = {
      ...UPLOAD,
      'id.orig_h': '198.51.100.7',
      'id.resp_h': '198.51.100.8',
      local_orig: 'T',
      local_resp: 'T',
    };
    await land(header() + tsvRow(inside) + tsvRow({ ...inside, 'id.orig_h': '10.1.2.3' }));
    expect(await others()).toEqual(['ignored header 7', 'ignored stays_inside 2']);
    expect(await flows()).toEqual([]);
    for (const local of ['F', '-']) {
      expect(await onlyFlow(header() + tsvRow({ ...inside, local_resp: local }))).toMatchObject({
        direction: 'egress',
      });
    }
    expect(
      await onlyFlow(header() + tsvRow({ ...inside, 'id.orig_h': '10.1.2.3', 'id.resp_h': '10.1.2.4' })),
    ).toMatchObject({ host_id: '10.1.2.3', direction: 'egress' });
  });

  it('ignores attempts that were never connected, but not one-way data', async () => {
    const failed = ['S0', 'REJ', 'RSTOS0', 'RSTRH', 'SH', 'SHR'].map((state) => ({
      ...UPLOAD,
      conn_state: state,
      history: 'Sr',
      orig_bytes: '4294967295',
    }));
    await land(header() + failed.map((row) => tsvRow(row)).join(''));
    expect(await flows()).toEqual([]);
    expect(await others()).toEqual(['ignored connection_failed 6', 'ignored header 7']);
    await land(jsonRow({ ...UPLOAD, conn_state: 'S0', history: '', orig_bytes: '0', resp_bytes: '0' }));
    expect(await others()).toEqual(['ignored connection_failed 1']);
    // Half of the traffic passed the sensor; UDP needs no answer.
    expect(await onlyFlow(jsonRow({ ...UPLOAD, conn_state: 'SH', history: 'SADF' }))).toMatchObject({
      bytes_out: '7000000',
      state: 'closed',
    });
    expect(
      await onlyFlow(jsonRow({ ...UPLOAD, proto: 'udp', conn_state: 'S0', history: 'D' })),
    ).toMatchObject({
      transport: 'udp',
      bytes_out: '7000000',
    });
  });

  it('names the transport and ignores what is neither TCP nor UDP', async () => {
    expect(await onlyFlow(jsonRow({ ...UPLOAD, proto: 'udp', service: 'ssl,quic' }))).toMatchObject({
      transport: 'quic',
    });
    expect(await onlyFlow(jsonRow({ ...UPLOAD, proto: 'udp', service: '-quic' }))).toMatchObject({
      transport: 'udp',
    });
    await land(
      header() + tsvRow({ ...UPLOAD, proto: 'icmp' }) + tsvRow({ ...UPLOAD, proto: 'unknown_transport' }),
    );
    expect(await others()).toEqual(['ignored header 7', 'ignored not_tcp_udp 2']);
  });

  it('carries changed headers through concatenated files', async () => {
    const reversed = [...FIELDS].reverse();
    const named = (uid: string, out: string): Row => ({ ...UPLOAD, uid, orig_bytes: out });
    const dns = ['ts', 'uid', 'query'];
    await land(
      header() +
        tsvRow(named('C1', '1')) +
        header(reversed) +
        tsvRow(named('C2', '2'), reversed) +
        header(dns, 'dns') +
        tsvRow(named('C3', '3'), dns) +
        header(FIELDS, 'conn', ';') +
        tsvRow(named('C4', '4'), FIELDS, ';') +
        header() +
        tsvRow(named('C5', '5')) +
        header() +
        tsvRow(named('C6', '6')),
    );
    const found = await flows();
    expect(found.map((flow) => [flow['bytes_out'], flow['local_port'], flow['remote_ip']])).toEqual(
      ['1', '2', '4', '5', '6'].map((out) => [out, 51234, '203.0.113.9']),
    );
    expect(await others()).toEqual(['ignored header 42', 'ignored not_conn 1']);
  });

  it('rejects rows it cannot read, each with its reason and its text', async () => {
    const short = FIELDS.slice(0, 12).map(() => 'x');
    await land(
      tsvRow(UPLOAD) +
        header() +
        `${short.join('\t')}\n` +
        tsvRow({ ...UPLOAD, ts: 'XXXXXXXXXX.XXXXXX' }) +
        tsvRow({ ...UPLOAD, ts: '0.000000' }) +
        tsvRow({ ...UPLOAD, uid: '-' }) +
        tsvRow({ ...UPLOAD, 'id.orig_h': 'host.example' }) +
        tsvRow({ ...UPLOAD, 'id.resp_p': '70000' }) +
        '\n',
    );
    expect(await others()).toEqual([
      'reject bad_address 1',
      'reject bad_port 1',
      'reject before_header 1',
      'reject column_count 1',
      'reject no_timestamp 2',
      'reject no_uid 1',
      'ignored blank 1',
      'ignored header 7',
    ]);
    expect(
      await store.rows(
        "SELECT line_no, raw FROM rejects WHERE reason IN ('before_header', 'column_count') ORDER BY line_no",
      ),
    ).toEqual([
      { line_no: '1', raw: tsvRow(UPLOAD).trimEnd() },
      { line_no: '9', raw: short.join('\t') },
    ]);
  });

  it('reads rows that a shipper carries as text, and rejects what is none', async () => {
    expect(await onlyFlow(messageRow(UPLOAD))).toMatchObject(FLOW);
    await land(`${messageRow(UPLOAD)}{"message":"started"}\n{"a":\n`);
    expect(await others()).toEqual(['reject not_json 1', 'reject not_zeek 1']);
  });

  it('sorts a mixed JSON stream into connections, other logs and rejects', async () => {
    await land(
      jsonRow(UPLOAD, { _path: 'conn' }) +
        '{"_path":"dns","ts":1,"uid":"C1","query":"example.org"}\n' +
        '{"ts":1,"uid":"C1","proto":"udp","query":"example.org"}\n' +
        '{"a":1}\n' +
        `${jsonRow(UPLOAD).slice(0, 60)}\n` +
        '  \n',
    );
    expect(await others()).toEqual([
      'reject not_json 1',
      'reject not_zeek 1',
      'ignored blank 1',
      'ignored not_conn 2',
    ]);
    expect(await flows()).toHaveLength(1);
  });

  it('never throws and always balances, whatever the lines', { timeout: 300_000 }, async () => {
    const valid = fc.constantFrom(
      header(),
      header([...FIELDS].reverse()),
      header(FIELDS, 'dns'),
      tsvRow(UPLOAD),
      jsonRow(UPLOAD),
      jsonRow({ ...UPLOAD, duration: '1e308', ts: '9999999999.9' }, {}, true),
      '{"uid":{"a":[1]},"ts":{},"id.orig_h":[],"proto":7,"conn_state":null}\n',
    );
    const mutated = fc
      .tuple(valid, fc.nat(), fc.nat({ max: 12 }), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([text, at, removed, added]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + added + text.slice(start + removed);
      });
    const junk = fc
      .uint8Array({ maxLength: 60 })
      .map((bytes) => Buffer.concat([Buffer.from(bytes), Buffer.from('\n')]).toString('latin1'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(header(), jsonRow(UPLOAD)),
        fc.array(fc.oneof(valid, mutated, junk), { maxLength: 30 }),
        fc.boolean(),
        async (first, rest, latin) => {
          // landFile itself compares the lines it finds in the file with the lines the adapter explained.
          const landed = await land(Buffer.from(first + rest.join(''), latin ? 'latin1' : 'utf8'));
          expect(landed.accepted + landed.rejected).toBe(landed.lines);
        },
      ),
      { numRuns: 25, seed: 20_261_124 },
    );
  });
});
