import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { landFile, type Landed, type LandOptions } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import { HEADER, process, row, SENT, SHORT, UPLOAD, writeInto } from './nettop-lines.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-nettop-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describeEngines('nettop', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function land(
    lines: readonly string[] | Buffer,
    options: LandOptions = {},
    name = 'MBP-7F2A.nettop.2026-11-24.csv',
  ): Promise<Landed> {
    const path = writeInto(directory, Buffer.isBuffer(lines) ? lines : `${lines.join('\n')}\n`, name);
    for (const table of ['flow_observations', 'rejects', 'landed', 'batches']) {
      await store.command(`TRUNCATE TABLE ${table}`);
    }
    const landed = await landFile(
      store,
      { path, shown: path, explicit: true },
      { source: 'nettop', ...options },
    );
    if ('reason' in landed) throw new Error(`skipped: ${landed.reason}`);
    return landed;
  }

  const flows = (): Promise<Record<string, unknown>[]> =>
    store.rows('SELECT * FROM flow_observations ORDER BY ts, pid, name, bytes_out, record_id');

  /** The named columns of every flow, in order of time and process. */
  const columns = async (...names: readonly string[]): Promise<unknown[][]> =>
    (await flows()).map((flow) => names.map((name) => flow[name]));

  /** `kind reason lines` of everything that is not a flow, in order. */
  async function others(): Promise<string[]> {
    const rows = await store.rows<{ kind: string; reason: string; lines: string }>(
      "SELECT kind, reason, sum(lines) AS lines FROM landed WHERE kind != 'flow' GROUP BY kind, reason ORDER BY kind, reason",
    );
    return rows.map(({ kind, reason, lines }) => `${kind} ${reason} ${lines}`);
  }

  it('reads a connection under its process, and leaves the sum above it out', async () => {
    await land(UPLOAD);
    expect(await flows()).toMatchObject([
      {
        host_id: 'MBP-7F2A',
        ts: '2026-11-24T10:00:00.000002Z',
        start_ts: '2026-11-24T10:00:00.000002Z',
        end_ts: '2026-11-24T10:00:00.000002Z',
        pid: 812,
        name: 'rclone',
        process_id: '0',
        transport: 'tcp',
        local_ip: '10.0.0.2',
        local_port: 50000,
        remote_ip: '203.0.113.9',
        remote_port: 443,
        remote_name: '',
        interface: 'en0',
        state: 'open',
        counter: 'cumulative',
        bytes_out: '5000000',
        bytes_in: '900',
      },
    ]);
    expect(await others()).toEqual(['ignored header 1', 'ignored sum_of_connections 1']);
  });

  it('reads process mode as traffic to an unknown destination, and names with dots, blanks and cuts', async () => {
    await land([
      HEADER,
      process(SENT, 'python3.14.66714', 1, 2),
      process(SENT, 'Google Chrome H.1272', 3, 4),
      process(SENT, 'Microsoft Edge .772', 5, 6),
    ]);
    expect(
      await columns('name', 'pid', 'bytes_in', 'bytes_out', 'remote_ip', 'remote_port', 'transport'),
    ).toEqual([
      ['Microsoft Edge ', 772, '5', '6', '', 0, ''],
      ['Google Chrome H', 1272, '3', '4', '', 0, ''],
      ['python3.14', 66714, '1', '2', '', 0, ''],
    ]);
  });

  it('keeps process rows of those that never show a connection while others do', async () => {
    await land([
      ...UPLOAD,
      process(SENT, 'curl.900', 7, 8),
      process(SENT, 'idle.901', 0, 0),
      HEADER,
      process('10:01:00.0', 'rclone.812', 900, 5_000_000),
      process('10:01:00.0', 'curl.900', 17, 18),
    ]);
    expect(await columns('name', 'bytes_out')).toEqual([
      ['curl', '8'],
      ['rclone', '5000000'],
      ['curl', '18'],
    ]);
    expect(await others()).toEqual(['ignored header 2', 'ignored sum_of_connections 3']);
  });

  it('finds columns by name, and again under each header', async () => {
    await land([
      'time,,bytes_out,bytes_in,state,interface,',
      `${SENT},tcp4 10.0.0.2:1<->192.0.2.1:2,20,10,Established,en0,`,
      ',interface,state,bytes_in,bytes_out,',
      'a.5,,,0,40,',
      'tcp4 10.0.0.2:3<->192.0.2.1:4,en1,Established,30,40,',
      ',bytes_out,',
      'tcp4 10.0.0.2:5<->192.0.2.1:6,60,',
    ]);
    const found = await store.rows(
      'SELECT local_port, interface, bytes_in, bytes_out, toString(ts) AS at FROM flow_observations ORDER BY local_port',
    );
    expect(found).toEqual([
      { local_port: 1, interface: 'en0', bytes_in: '10', bytes_out: '20', at: '2026-11-24 10:00:00.000001' },
      { local_port: 3, interface: 'en1', bytes_in: '30', bytes_out: '40', at: '2026-11-24 00:00:01.000000' },
      { local_port: 5, interface: '', bytes_in: null, bytes_out: '60', at: '2026-11-24 00:00:02.000000' },
    ]);
  });

  it('reads what a terminal leaves: control bytes, carriage returns, a cut beginning and end', async () => {
    const lines = [`${UPLOAD[2]}`, ...UPLOAD, '', UPLOAD[2]!.slice(0, 70)];
    await land(Buffer.from(`\x04\b\b${lines.join('\r\r\n')}`));
    expect(await flows()).toHaveLength(1);
    expect(await others()).toEqual([
      'reject before_header 1',
      'reject malformed_row 1',
      'ignored blank 1',
      'ignored header 1',
      'ignored sum_of_connections 1',
    ]);
    await land(Buffer.from(`^D\b\b${UPLOAD.join('\n')}`));
    expect(await others()).toEqual(['ignored header 1', 'ignored sum_of_connections 1']);
  });

  it('reads every notation of an address', async () => {
    const subjects = [
      'quic6 2001:DB8::1.60979<->2001:db8:0::13.443',
      'udp6 fe80::1%en0.53<->*.*',
      'udp4 *:*<->*:*',
      'tcp4 127.0.0.1:4180<->LocalHost:54968',
      'tcp6 ::ffff:10.0.0.2.1<->::ffff:192.0.2.7.https',
      'tcp4 10.0.0.2:50001<->*:443',
      'udp6 host.example.com.5000<->files.example.org.123',
    ];
    await land([
      HEADER,
      process(SENT, 'x.1', 1, 1),
      ...subjects.map((subject, at) => row(SENT, subject, 'en0', '', 1, at)),
    ]);
    expect(
      await columns('transport', 'local_ip', 'local_port', 'remote_ip', 'remote_port', 'remote_name'),
    ).toEqual([
      ['quic', '2001:db8::1', 60979, '2001:db8::13', 443, ''],
      ['udp', 'fe80::1', 53, '', 0, ''],
      ['udp', '', 0, '', 0, ''],
      ['tcp', '127.0.0.1', 4180, '', 54968, 'localhost'],
      ['tcp', '10.0.0.2', 1, '192.0.2.7', 0, ''],
      ['tcp', '10.0.0.2', 50001, '', 443, ''],
      ['udp', '', 5000, '', 123, 'files.example.org'],
    ]);
  });

  it('ignores listening sockets and multicast DNS of its own responder only', async () => {
    const mdns = row(SENT, 'udp4 *:5353<->*:*', 'en0', '', 5, 6);
    await land([
      HEADER,
      process(SENT, 'mDNSResponder.450', 5, 6),
      mdns,
      row(SENT, 'udp6 *.5353<->*.*', 'en0', '', 5, 6),
      process(SENT, 'launchd.1', 0, 0),
      row(SENT, 'tcp4 *:22<->*:*', '', 'Listen', '', ''),
      process(SENT, 'other.7', 5, 6),
      mdns,
    ]);
    expect(await columns('name', 'local_port', 'remote_ip', 'bytes_out')).toEqual([['other', 5353, '', '6']]);
    expect(await others()).toEqual([
      'ignored header 1',
      'ignored listen 1',
      'ignored multicast_dns 2',
      'ignored sum_of_connections 3',
    ]);
  });

  it('tells differences from running counters; the first sample is a running count either way', async () => {
    const samples = (values: readonly (readonly [number, number])[]): string[] =>
      values.flatMap(([first, second], at) => [
        HEADER,
        process(`10:0${at}:00.0`, 'a.1', first, first),
        process(`10:0${at}:00.1`, 'b.2', second, second),
      ]);
    await land(
      samples([
        [9000, 9000],
        [10, 50],
        [70, 5],
        [3, 40],
      ]),
    );
    expect(await columns('name', 'counter', 'bytes_out')).toEqual([
      ['a', 'cumulative', '9000'],
      ['b', 'cumulative', '9000'],
      ['a', 'delta', '10'],
      ['b', 'delta', '50'],
      ['a', 'delta', '70'],
      ['b', 'delta', '5'],
      ['a', 'delta', '3'],
      ['b', 'delta', '40'],
    ]);
    // One counter begins again: still running counters.
    await land(
      samples([
        [100, 100],
        [200, 300],
        [300, 400],
        [5, 500],
      ]),
    );
    expect(new Set((await columns('counter')).flat())).toEqual(new Set(['cumulative']));
    await land(samples([[100, 100]]));
    expect(new Set((await columns('counter')).flat())).toEqual(new Set(['cumulative']));
  });

  it('keeps one id for a connection over samples, and tells sockets apart that look the same', async () => {
    const sockets = ['10:00:00.0', '10:01:00.0'].flatMap((time, at) => [
      HEADER,
      process(time, 'a.1', 0, 0),
      row(time, 'udp4 *:*<->*:*', 'en0', '', 0, 1000 + at),
      row(time, 'udp4 *:*<->*:*', 'en0', '', 0, 10 + at),
      row(time, 'udp4 *:*<->*:*', 'utun3', '', 0, 500 + at),
      process(time, 'a.2', 0, 0),
      row(time, 'udp4 *:*<->*:*', 'en0', '', 0, 2000 + at),
    ]);
    await land(sockets);
    const found = await store.rows<{ values: string[] }>(
      'SELECT arraySort(groupArray(assumeNotNull(bytes_out))) AS values FROM flow_observations GROUP BY flow_id ORDER BY values',
    );
    expect(found.map(({ values }) => values)).toEqual([
      ['10', '11'],
      ['500', '501'],
      ['1000', '1001'],
      ['2000', '2001'],
    ]);
  });

  it('gives connections no process that a broken row or a new sample parts from them', async () => {
    const connection = (port: number): string =>
      row(SENT, `tcp4 10.0.0.2:${port}<->192.0.2.1:443`, 'en0', '', 1, port);
    await land([
      HEADER,
      process(SENT, 'good.1', 1, 1),
      connection(1),
      row(SENT, 'no pid', '', '', 1, 1),
      connection(2),
      process(SENT, 'good.1', 1, 1),
      HEADER,
      connection(3),
    ]);
    expect(await columns('local_port', 'pid', 'name')).toEqual([
      [2, 0, ''],
      [3, 0, ''],
      [1, 1, 'good'],
    ]);
  });

  it('reads local times in the given zone and rolls the date at midnight, not at a sleep', async () => {
    await land(
      [
        HEADER,
        process('07:00:00.5', 'a.1', 1, 1),
        HEADER,
        process('21:30:00.5', 'a.1', 2, 2),
        HEADER,
        process('23:59:59.99', 'a.1', 3, 3),
        process('00:00:00.01', 'b.2', 4, 4),
        process('23:59:59.98', 'c.3', 5, 5),
        HEADER,
        process('00:01:00.0', 'a.1', 6, 6),
        HEADER,
        process('00:00:30.0', 'a.1', 7, 7),
      ],
      { timezone: 'America/New_York' },
    );
    expect(await columns('bytes_out', 'ts')).toEqual([
      ['1', '2026-11-24T12:00:00.500000Z'],
      ['2', '2026-11-25T02:30:00.500000Z'],
      ['5', '2026-11-25T04:59:59.980000Z'],
      ['3', '2026-11-25T04:59:59.990000Z'],
      ['4', '2026-11-25T05:00:00.010000Z'],
      ['7', '2026-11-25T05:00:30.000000Z'],
      ['6', '2026-11-25T05:01:00.000000Z'],
    ]);
  });

  it('is not misled by process names made to look like something else', async () => {
    const names = [
      'a,b,en0,9,9',
      'tcp6 a.1<->b.2',
      'tcp4 a:1<->b:2',
      ',interface,st',
      '\u2028x\u2029\ry',
      "'; DROP TABLE",
      '\x1b[31mred',
      'a{path:String}',
    ];
    await land([
      HEADER,
      ...names.map((name, at) => process(SENT, `${name}.${at + 1}`, 7, at + 1)),
      UPLOAD[2]!,
    ]);
    const own = names.slice(0, -1).map((name, at): unknown[] => [name, at + 1, String(at + 1), '']);
    // The last one has a connection, so its own row is the sum of it.
    expect(await columns('name', 'pid', 'bytes_out', 'transport')).toEqual([
      ...own,
      ['a{path:String}', 8, '5000000', 'tcp'],
    ]);
  });

  it('survives names with line feeds without attributing their parts to another process', async () => {
    await land([SHORT, `${SENT},evil\nroot.1,,,7,8,`, `${SENT},fine.2,,,1,2,`]);
    expect(await columns('name', 'bytes_out')).toEqual([['fine', '2']]);
    expect(await store.rows('SELECT reason, line_no, raw FROM rejects ORDER BY line_no')).toEqual([
      { reason: 'malformed_row', line_no: '2', raw: `${SENT},evil` },
      { reason: 'malformed_row', line_no: '3', raw: 'root.1,,,7,8,' },
    ]);
  });

  it('rejects values that are no counts and times that are none', async () => {
    await land([
      SHORT,
      `${SENT},a.1,,,oops,12,`,
      `${SENT},a.1,,,1,99999999999999999999,`,
      `25:00:00.0,a.1,,,1,2,`,
      `${SENT},.5,,,1,2,`,
      `${SENT},a.99999999999,,,1,2,`,
      `${SENT},a.1,,,,,`,
    ]);
    expect(await columns('name', 'counter', 'bytes_out')).toEqual([['a', 'none', null]]);
    expect(await others()).toEqual(['reject malformed_row 5', 'ignored header 1']);
  });

  it('carries owners and sample numbers through a capture of many pieces', { timeout: 300_000 }, async () => {
    const untimed = ',interface,state,bytes_in,bytes_out,';
    const idle = Array.from({ length: 300 }, (_, at) => `idle.${at + 10},,,0,0,`);
    const sample = (at: number): string[] => [
      untimed,
      ...idle,
      'a.1,,,0,1,',
      `tcp4 10.0.0.2:5<->192.0.2.1:443,en0,Established,0,${at + 1},`,
    ];
    const samples = 1_500;
    await land(Array.from({ length: samples }, (_, at) => sample(at)).flat());
    const [sum] = await store.rows<Record<string, unknown>>(
      `SELECT count() AS flows, uniqExact(flow_id) AS ids, uniqExact(ts) AS times,
              min(toUnixTimestamp(ts) - toUnixTimestamp('2026-11-24 00:00:00', 'UTC') = bytes_out - 1) AS in_step
       FROM flow_observations WHERE name = 'a'`,
    );
    expect(sum).toEqual({ flows: String(samples), ids: '1', times: String(samples), in_step: 1 });
  });

  it('never throws and always balances, whatever the lines', { timeout: 300_000 }, async () => {
    const valid = fc.constantFrom(...UPLOAD, SHORT, ',bytes_out,', 'x.1,5,', `${SENT},a.1,,,1,2,`, '');
    const mutated = fc
      .tuple(valid, fc.nat(), fc.nat({ max: 12 }), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([text, at, removed, added]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + added + text.slice(start + removed);
      });
    const junk = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(HEADER, SHORT, ',bytes_in,bytes_out,'),
        fc.array(fc.oneof(valid, mutated, junk), { maxLength: 40 }),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (first, rest, latin, lineEnd) => {
          // landFile itself compares the lines it finds in the file with the lines the adapter explained.
          const landed = await land(Buffer.from([first, ...rest].join(lineEnd), latin ? 'latin1' : 'utf8'));
          expect(landed.accepted + landed.rejected).toBe(landed.lines);
        },
      ),
      { numRuns: 25, seed: 20_261_124 },
    );
  });
});
