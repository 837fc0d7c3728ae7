import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOrder, ndjson, unifiedLogBench } from './unified-log-lines.js';

let bench: Awaited<ReturnType<typeof unifiedLogBench>>;
beforeAll(async () => (bench = await unifiedLogBench()));
afterAll(() => bench.close());

const ENDS = '[<IPv4-redacted>:49200<-><IPv4-redacted>:443] interface: en0 (skipped: 12)\n';
const PCB = 'so_gencnt: 900 t_state: FIN_WAIT_1 process: uploader:77 ';

/** Message with bytes, as each kernel prints it: 1 minute, 5 ms; 1,000 bytes in and 5,000,000,000 out. */
const SUMMARIES: Readonly<Record<string, string>> = {
  'macOS 10.15': `tcp_connection_summary ${ENDS}t_state: FIN_WAIT_1 process: uploader:77 Duration: 60.5 sec Conn_Time: 0.28 sec syn rxmit: 0\nbytes in/out: 1000/5000000000 pkts in/out: 3/4 rtt: 20.5 ms rttvar: 3.25 ms pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 so_error: 0 svc/tc: 0`,
  'macOS 11': `tcp_connection_summary ${ENDS}t_state: FIN_WAIT_1 process: uploader:77 Duration: 60.5 sec Conn_Time: 0.28 sec syn rxmit: 0\nbytes in/out: 1000/5000000000 pkts in/out: 3/4 rtt: 20.5 ms rttvar: 3.25 ms pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 1 delayed ACKs sent: 0 so_error: 0 svc/tc: 0`,
  'macOS 13': `tcp_connection_summary ${ENDS}${PCB}Duration: 60.5 sec Conn_Time: 0.28 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 1 delayed ACKs sent: 0\nrtt: 20.125 ms rttvar: 3.062 ms base rtt: 9 ms so_error: 0 svc/tc: 0`,
  'macOS 14.4': `tcp_connection_summary ${ENDS}${PCB}Duration: 60.005 sec Conn_Time: 0.028 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 1 delayed ACKs sent: 0\nrtt: 20.125 ms rttvar: 3.062 ms base rtt: 9 ms so_error: 0 svc/tc: 0 flow: 0x1f`,
  'macOS 15.4 and later': `tcp_connection_summary (tcp_usrclosed:3210)${ENDS}${PCB}Duration: 60.005 sec Conn_Time: 0.028 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 1 delayed ACKs sent: 0\nrtt: 20.125 ms rttvar: 3.062 ms base rtt: 9 ms so_error: 0 svc/tc: 0 flow: 0x1f`,
  'macOS 14.0, UDP': `udp_connection_summary ${ENDS}so_gencnt: 900 so_state: 0x0002 process: uploader:77 Duration: 60.5 sec Conn_Time: 0.0 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 so_error: 0 svc/tc: 0`,
  'macOS 15.4, UDP': `udp_connection_summary ${ENDS}so_gencnt: 900 so_state: 0x0002 process: uploader:77 Duration: 60.005 sec Conn_Time: 0.000 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 rxnospace pkts/bytes: 0/0 so_error: 0 svc/tc: 0 flow: 0x1fflowctl: 0us (0x) `,
  'macOS 26, UDP': `udp_connection_summary ${ENDS}so_gencnt: 900 so_state: 0x0002 process: uploader:77 Duration: 60.005 sec Conn_Time: 0.000 sec bytes in/out: 1000/5000000000 pkts in/out: 3/4 rxnospace pkts/bytes: 0/0 so_error: 0 svc/tc: 0 flow: 0x1f flowctl: 0us (0x)`,
};

/** Message without bytes that follows the one above. */
const COMPANIONS: Readonly<Record<string, string>> = {
  'macOS 13': `tcp_connection_summary ${ENDS}${PCB}flowctl: 0 suspnd: 0 SYN in/out: 1/1 FIN in/out: 1/1 RST in/out: 0/0\n`,
  'macOS 14.0': `tcp_connection_summary ${ENDS}${PCB}flowctl: 0 suspnd: 0 SYN in/out: 1/1 FIN in/out: 1/1 RST in/out: 0/0 AccECN (client/server): Disabled/Disabled\n`,
  'macOS 14.2 and later': `tcp_connection_summary ${ENDS}${PCB}flowctl: 0us (0x) SYN in/out: 1/1 FIN in/out: 1/1 RST in/out: 0/0 AccECN (client/server): Disabled/Disabled\n`,
  'macOS 14.0, UDP': `udp_connection_summary ${ENDS}so_gencnt: 900 so_state: 0x0002 process: uploader:77 flowctl: 0 suspnd: 0 `,
};

const CONNECT =
  'SYN in/out: 0/1 bytes in/out: 0/0 pkts in/out: 0/0 rtt: 0.0 ms rttvar: 250.0 ms base_rtt: 0 ms error: 0 so_error: 0 svc/tc: 0 flow: 0x1f';

describe('kernel connection summaries', () => {
  it('gives bytes, duration and process of a connection on every version', async () => {
    const versions = Object.keys(SUMMARIES);
    const { flows, lines } = await bench.land(inOrder(Object.values(SUMMARIES)));
    expect(lines).toEqual([`flow: ${versions.length}`]);
    const seen = flows.map(({ flow_id, record_id, ts, start_ts, end_ts, ...flow }) => ({
      ...flow,
      ends: end_ts === ts,
      milliseconds: Date.parse(end_ts) - Date.parse(start_ts),
      identified: flow_id !== '0' && record_id !== '0',
    }));
    for (const [at, version] of versions.entries()) {
      expect(seen[at], version).toMatchObject({
        pid: 77,
        name: 'uploader',
        executable: '',
        ends: true,
        milliseconds: 60_005,
        identified: true,
        transport: version.includes('UDP') ? 'udp' : 'tcp',
        local_ip: '',
        local_port: 49200,
        remote_ip: '',
        remote_port: 443,
        direction: 'unknown',
        interface: 'en0',
        state: 'closed',
        counter: 'final',
        bytes_out: '5000000000',
        bytes_in: '1000',
        lost_total: '12',
      });
    }
  });

  it('counts nothing from the second message of a connection', async () => {
    const versions = Object.keys(COMPANIONS);
    const { flows } = await bench.land(inOrder(Object.values(COMPANIONS)));
    expect(flows).toHaveLength(versions.length);
    for (const [at, version] of versions.entries()) {
      expect(flows[at], version).toMatchObject({
        pid: 77,
        name: 'uploader',
        state: 'closed',
        counter: 'none',
        bytes_out: null,
        bytes_in: null,
      });
    }
  });

  it('is one flow from the first SYN to both closing messages', async () => {
    const records = [
      `tcp connect outgoing: ${ENDS}so_gencnt: 900 t_state: SYN_SENT process: uploader:77 ${CONNECT}`,
      `tcp connected: ${ENDS}so_gencnt: 900 t_state: ESTABLISHED process: uploader:77 ${CONNECT}`,
      SUMMARIES['macOS 15.4 and later']!,
      COMPANIONS['macOS 14.2 and later']!,
    ];
    const { flows } = await bench.land(inOrder(records));
    expect(new Set(flows.map((flow) => flow.flow_id)).size).toBe(1);
    expect(new Set(flows.map((flow) => flow.record_id)).size).toBe(4);
    expect(flows).toMatchObject([
      { direction: 'egress', state: 'unknown', counter: 'none', start_ts: '2026-07-26T06:00:00.000000Z' },
      { direction: 'unknown', state: 'open', counter: 'none', start_ts: '2026-07-26T06:00:00.001000Z' },
      { state: 'closed', counter: 'final' },
      { state: 'closed', counter: 'none', start_ts: '1970-01-01T00:00:00.000000Z' },
    ]);
  });

  it('tells connections apart by generation, host port, peer port, process and protocol', async () => {
    const summary = SUMMARIES['macOS 15.4 and later']!;
    const others = [
      summary,
      summary.replace('so_gencnt: 900', 'so_gencnt: 901'),
      summary.replace(':49200', ':49201'),
      summary.replace(':443]', ':80]'),
      summary.replace(':77 ', ':78 '),
      SUMMARIES['macOS 26, UDP']!,
    ];
    const { flows } = await bench.land(others.map((message) => ndjson(message)).join('\n'));
    expect(new Set(flows.map((flow) => flow.flow_id)).size).toBe(others.length);
  });

  it('keeps a port that is used again apart where there is no generation', async () => {
    const at = (time: string): string =>
      ndjson(SUMMARIES['macOS 10.15']!, { timestamp: `2026-07-26 ${time}.000000+0000` });
    const { flows } = await bench.land([at('08:30:00'), at('11:30:00')].join('\n'));
    expect(new Set(flows.map((flow) => flow.flow_id)).size).toBe(2);
  });

  it('knows the direction of incoming connections and failed attempts', async () => {
    const pcb = 'so_gencnt: 5 t_state: SYN_RCVD process: sshd:9 ';
    const { flows } = await bench.land(
      inOrder([
        `tcp connect incoming: ${ENDS}${pcb}${CONNECT}`,
        `tcp accept: ${ENDS}${pcb}${CONNECT}\nso_qlimit: 128 so_qlen: 1 so_incqlen: 0`,
        `udp connect: ${ENDS}so_gencnt: 6 so_state: 0x0002 process: dig:8 bytes in/out: 0/0 pkts in/out: 0/0 error: 0 so_error: 0 svc/tc: 0 flow: 0x2`,
        `udp connect: ${ENDS}so_gencnt: 7 so_state: 0x0002 process: dig:8 bytes in/out: 0/0 pkts in/out: 0/0 error: 65 so_error: 0 svc/tc: 0 flow: 0x2`,
      ]),
    );
    expect(flows.map(({ transport, direction, state }) => `${transport} ${direction} ${state}`)).toEqual([
      'tcp ingress unknown',
      'tcp ingress open',
      'udp egress open',
      'udp egress unknown',
    ]);
  });

  it('reads addresses where the Mac prints them, and an empty interface', async () => {
    const summary = SUMMARIES['macOS 15.4 and later']!;
    const { flows } = await bench.land(
      inOrder([
        summary.replace('<IPv4-redacted>:49200<-><IPv4-redacted>', '10.0.0.9:49200<->203.0.113.7'),
        summary
          .replace('<IPv4-redacted>:49200<-><IPv4-redacted>', '2001:db8::9:49200<->2001:db8:5::1')
          .replace('interface: en0', 'interface: '),
      ]),
    );
    expect(flows).toMatchObject([
      {
        local_ip: '10.0.0.9',
        local_port: 49200,
        remote_ip: '203.0.113.7',
        remote_port: 443,
        interface: 'en0',
      },
      {
        local_ip: '2001:db8::9',
        local_port: 49200,
        remote_ip: '2001:db8:5::1',
        remote_port: 443,
        interface: '',
      },
    ]);
  });

  it('sets aside sockets that carry nothing yet and other kernel lines', async () => {
    const { lines } = await bench.land(
      [
        `tcp listen: ${ENDS}so_gencnt: 5 t_state: LISTEN process: sshd:9 so_qlimit: 128 error: 0 so_error: 0 svc/tc: 0`,
        `tcp drop outgoing [<IPv4-redacted>:1<-><IPv4-redacted>:2] interface: en0 reason: NECP`,
        'AppleUSB: enumerated',
      ]
        .map((message) => ndjson(message))
        .join('\n'),
    );
    expect(lines).toEqual(['ignored not_a_connection: 2', 'ignored not_network: 1']);
  });

  it('rejects a summary it cannot read, with the line', async () => {
    const cut = SUMMARIES['macOS 15.4 and later']!.replace(/ pkts in.*$/s, '');
    const line = ndjson(cut);
    const { lines, rejects } = await bench.land(`${line}\n${ndjson('tcp connected: [half')}\n`);
    expect(lines).toEqual(['reject unparsed_connect: 1', 'reject unparsed_summary: 1']);
    expect(rejects[1]).toEqual({ reason: 'unparsed_summary', raw: line });
  });
});

describe('process names chosen by an attacker', () => {
  const NAMES = [
    'a:1 Duration: 9',
    'a:1 flowctl: 0u',
    'x:7 SYN in/out:',
    ' process: z:1 ',
    'Duration: 1.000',
    'a:1 bytes in/ou',
    'two\nlines:5 ',
    '] interface: q ',
    '<->:1[',
    ':',
    '',
    'Google Chrome He',
    'Über: größer',
    'sec Conn_Time: 0',
  ];
  it('cannot forge another pid or other bytes', async () => {
    const genuine = [
      ...Object.values(SUMMARIES),
      ...Object.values(COMPANIONS),
      `tcp connected: ${ENDS}${PCB}${CONNECT}`,
    ];
    const forged = NAMES.flatMap((name) =>
      genuine.map((message) => message.replace('process: uploader:77', () => `process: ${name}:77`)),
    );
    const { flows, lines } = await bench.land(inOrder(forged));
    expect(lines).toEqual([`flow: ${forged.length}`]);
    expect(flows.map(({ name, pid }) => ({ name, pid }))).toEqual(
      NAMES.flatMap((name) => genuine.map(() => ({ name, pid: 77 }))),
    );
    const counted = flows.filter((flow) => flow.counter === 'final');
    expect(new Set(counted.map((flow) => `${flow.bytes_out}/${flow.bytes_in}`))).toEqual(
      new Set(['5000000000/1000']),
    );
    expect(counted).toHaveLength(NAMES.length * Object.keys(SUMMARIES).length);
  });

  it('is believed about connections only when the kernel says it', async () => {
    const message = SUMMARIES['macOS 15.4 and later']!;
    const { lines } = await bench.land(
      [
        ndjson(message, { processID: 501, processImagePath: '/kernel' }),
        ndjson(message, { processID: 0, processImagePath: '/tmp/kernel' }),
      ].join('\n'),
    );
    expect(lines).toEqual(['ignored not_network: 2']);
  });
});
