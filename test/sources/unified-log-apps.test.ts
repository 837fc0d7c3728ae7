import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, unifiedLogBench } from './unified-log-lines.js';

let bench: Awaited<ReturnType<typeof unifiedLogBench>>;
beforeAll(async () => (bench = await unifiedLogBench()));
afterAll(() => bench.close());

const CONNECTION = 'C5DAC026-CF73-482C-8E08-B20D8D94F0EC';
const FLOW = '1820E5F2-8A57-40A4-AC7C-ED2902D48380';

function cancelled(parts: {
  number?: number;
  endpoint?: string;
  ends?: string;
  duration?: string;
  bytes?: string;
}): string {
  const number = parts.number ?? 33;
  const lines = [
    `[C${number} ${CONNECTION} ${parts.endpoint ?? 'Hostname#2136ba9d:443'} tcp, url hash: 450ba5fb, tls, definite, attribution: developer] cancelled`,
    `[C${number}.1 ${FLOW} ${parts.ends ?? '10.0.0.249:64917<->IPv4#b142724a:443'}]`,
    'Connected Path: satisfied (Path is satisfied), viable, interface: en0[802.11], ipv4, dns',
    'Privacy Stance: Not Eligible',
    parts.duration ??
      'Duration: 9.189s, DNS @0.000s took 0.002s, TCP @0.219s took 0.014s, TLS 1.3 took 0.001s',
    parts.bytes ??
      'bytes in/out: 5122/1734, packets in/out: 10/13, rtt: 0.024s, retransmitted bytes: 0, out-of-order bytes: 0',
  ];
  return lines.filter((line) => line !== '').join('\n\t');
}

const APP = {
  processImagePath: '/Applications/Courier.app/Contents/MacOS/Courier',
  processID: 4711,
  userID: 501,
};
const network = (message: string, timestamp = '2026-07-26 18:00:10.000000+0200'): string =>
  ndjson(message, { ...APP, subsystem: 'com.apple.network', category: 'connection', timestamp });
const task = (fields: string, timestamp = '2026-07-26 18:00:09.000000+0200', over = {}): string =>
  ndjson(
    `Task <0009D71B-BC0B-4C21-A8B6-8817EC1C18E4>.<1> summary for task success {${fields}, cache_hit=false}`,
    {
      ...APP,
      subsystem: 'com.apple.CFNetwork',
      category: 'Summary',
      timestamp,
      ...over,
    },
  );

describe('connections that apps report themselves', () => {
  it('gives bytes, duration, local address and the executable of a libnetwork connection', async () => {
    const { flows, processes, lines } = await bench.land(network(cancelled({})));
    expect(lines).toEqual(['flow: 1', 'process: 0']);
    expect(flows).toMatchObject([
      {
        pid: 4711,
        name: 'Courier',
        executable: '/Applications/Courier.app/Contents/MacOS/Courier',
        start_ts: '2026-07-26T16:00:00.811000Z',
        end_ts: '2026-07-26T16:00:10.000000Z',
        transport: 'tcp',
        local_ip: '10.0.0.249',
        local_port: 64917,
        remote_ip: '',
        remote_port: 443,
        remote_name: '',
        interface: 'en0',
        state: 'closed',
        counter: 'final',
        bytes_out: '1734',
        bytes_in: '5122',
      },
    ]);
    expect(processes).toMatchObject([
      { pid: 4711, name: 'Courier', uid: '501', process_event: 'seen', executable: APP.processImagePath },
    ]);
  });

  it('believes what carried the bytes, and names the peer only where it stands in clear', async () => {
    const { flows } = await bench.land(
      [
        cancelled({
          number: 1,
          endpoint: 'Files.Example.COM.:443',
          duration: 'Duration: 1.005s, QUIC @0.001s took 0.019s, TLS 1.3 took 0.039s',
        }),
        cancelled({ number: 2, endpoint: '203.0.113.9:8443', ends: '10.0.0.249:64917<->IPv4#b142724a:8443' }),
        cancelled({
          number: 3,
          endpoint: 'IPv6#47c3fd32.443',
          ends: '2001:db8::d1.60083<->2001:db8:f::1.443',
        }),
        cancelled({
          number: 4,
          endpoint: 'evil name:443',
          ends: 'fe80::1%en0.60083<->fe80::2%en0.22',
          duration: 'Duration: 0.100s',
        }),
      ]
        .map((message, at) => network(message, `2026-07-26 18:00:0${at}.000000+0200`))
        .join('\n'),
    );
    expect(
      flows.map((flow) => [
        flow.transport,
        flow.local_ip,
        flow.local_port,
        flow.remote_name,
        flow.remote_ip,
        flow.remote_port,
      ]),
    ).toEqual([
      ['quic', '10.0.0.249', 64917, 'files.example.com', '', 443],
      ['tcp', '10.0.0.249', 64917, '', '203.0.113.9', 8443],
      ['tcp', '2001:db8::d1', 60083, '', '2001:db8:f::1', 443],
      ['', 'fe80::1', 60083, '', 'fe80::2', 22],
    ]);
  });

  it('takes bytes that were not counted as unknown, not as zero', async () => {
    const { flows } = await bench.land(
      [
        cancelled({
          number: 1,
          bytes:
            'bytes in/out: 0/0, packets in/out: 0/0, rtt: 0.000s, retransmitted bytes: 0, out-of-order bytes: 0',
        }),
        cancelled({ number: 2, bytes: '' }),
        cancelled({ number: 3, bytes: 'bytes in/out: 0/7, packets in/out: 0/1' }),
      ]
        .map((message, at) => network(message, `2026-07-26 18:00:0${at}.000000+0200`))
        .join('\n'),
    );
    expect(flows.map((flow) => [flow.counter, flow.bytes_out, flow.bytes_in, flow.state])).toEqual([
      ['none', null, null, 'closed'],
      ['none', null, null, 'closed'],
      ['final', '7', '0', 'closed'],
    ]);
  });

  it('joins the tasks of CFNetwork to the connection they used in the same process', async () => {
    const { flows } = await bench.land(
      [
        task(
          'transaction_duration_ms=9189, response_status=200, connection=33, protocol="h3", domain_lookup_duration_ms=2, request_bytes=828, response_bytes=850',
        ),
        network(cancelled({})),
        task(
          'transaction_duration_ms=10, response_status=200, connection=34, reused=1, request_bytes=1, response_bytes=2',
          '2026-07-26 18:00:11.000000+0200',
        ),
        task(
          'transaction_duration_ms=10, response_status=200, connection=33, reused=1, request_bytes=1, response_bytes=2',
          '2026-07-26 18:00:12.000000+0200',
          { processID: 4712 },
        ),
      ].join('\n'),
    );
    const [first, closed, otherConnection, otherProcess] = flows;
    expect(first).toMatchObject({
      counter: 'delta',
      bytes_out: '828',
      bytes_in: '850',
      transport: 'quic',
      state: 'unknown',
    });
    expect(first?.start_ts).toBe('2026-07-26T15:59:59.811000Z');
    expect(closed?.flow_id).toBe(first?.flow_id);
    expect(new Set([closed?.flow_id, otherConnection?.flow_id, otherProcess?.flow_id]).size).toBe(3);
  });

  it('sets aside what has no connection', async () => {
    const { lines } = await bench.land(
      [
        task(
          'transaction_duration_ms=1, response_status=200, connection=0, request_bytes=0, response_bytes=0',
        ),
        task('transaction_duration_ms=1, response_status=-1, connection=3'),
        network(`[C7 ${CONNECTION} Hostname#2136ba9d:443 tcp, definite] cancelled`),
        network(`[C7 ${CONNECTION} Hostname#2136ba9d:443 tcp, definite] cancel`),
        ndjson(cancelled({}), { ...APP, subsystem: 'com.example.imitation' }),
      ].join('\n'),
    );
    expect(lines).toEqual([
      'ignored connection_without_flow: 1',
      'ignored not_network: 2',
      'ignored task_without_bytes: 1',
      'ignored task_without_connection: 1',
    ]);
  });
});

describe('launches', () => {
  it('takes pid and user of a tracked app, and does not take its bundle id for a signature', async () => {
    const { processes, lines } = await bench.land(
      [
        [
          '/usr/libexec/runningboardd',
          'Now tracking process: [app<application.com.example.courier.1.2(501)>:39396]',
        ],
        ['/tmp/runningboardd', 'Now tracking process: [app<application.com.example.courier.1.2(501)>:1]'],
        ['/usr/libexec/runningboardd', 'Now tracking process: [half'],
      ]
        .map(([processImagePath, message]) => ndjson(message ?? '', { processImagePath, processID: 200 }))
        .join('\n'),
    );
    expect(lines).toEqual(['ignored not_network: 2', 'process: 1']);
    expect(processes).toMatchObject([
      { pid: 39396, uid: '501', process_event: 'seen', executable: '', signing_id: '' },
    ]);
  });
});
