import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { source } from '../../src/sources/unified-log/index.js';
import { ndjson, unifiedLogBench } from './unified-log-lines.js';

let bench: Awaited<ReturnType<typeof unifiedLogBench>>;
beforeAll(async () => (bench = await unifiedLogBench()));
afterAll(() => bench.close());

const SUMMARY = [
  'tcp_connection_summary (tcp_usrclosed:3210)[<IPv4-redacted>:49200<-><IPv4-redacted>:443] interface: en0 (skipped: 12)',
  'so_gencnt: 900 t_state: FIN_WAIT_1 process: uploader:77 Duration: 60.005 sec Conn_Time: 0.028 sec bytes in/out: 1000/5000 pkts in/out: 3/4 pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: 1 delayed ACKs sent: 0',
  'rtt: 20.125 ms rttvar: 3.062 ms base rtt: 9 ms so_error: 0 svc/tc: 0 flow: 0x1f',
];
const CANCELLED = [
  '[C11 FB91ECAB-3200-4755-9336-DB2FC90289EC Hostname#204e95ef:443 quic-connection, definite, attribution: developer] cancelled',
  '\t[C11.1.1 0670C083-31A9-4E01-8F94-1A474E628664 10.0.0.9:60083<->IPv4#29739f0d:443]',
  '\tConnected Path: satisfied (Path is satisfied), viable, interface: en0, ipv4, ipv6, dns',
  '\tPrivacy Stance: Not Eligible',
  '\tDuration: 16.398s, DNS @0.000s took 0.000s, TCP @0.001s took 0.019s, TLS 1.3 took 0.039s',
  '\tbytes in/out: 4004/932, packets in/out: 15/16, rtt: 0.032s',
  '\tecn packets sent/acked/marked/lost: 1/1/0/0',
];

/** The two records above in one style, as lines of text. */
const STYLES: Readonly<Record<string, (clock: string) => string[]>> = {
  console: (clock) => [
    `default\t${clock}.250000+0200\tkernel\t${SUMMARY[0]}`,
    ...SUMMARY.slice(1),
    `default\t${clock}.500000+0200\tCourier\t${CANCELLED[0]}`,
    ...CANCELLED.slice(1),
  ],
  default: (clock) => [
    'Filtering the log data using "process == "kernel""',
    'Timestamp                       Thread     Type        Activity             PID    TTL  ',
    `2026-07-26 ${clock}.250000+0200 0x97b      Default     0x0                  0      0    kernel: [com.apple.xnu.net.tcp:] ${SUMMARY[0]}`,
    ...SUMMARY.slice(1),
    `2026-07-26 ${clock}.500000+0200 0x97c      Default     0x0                  4711   14   Courier: (Network) [com.apple.network:connection] ${CANCELLED[0]}`,
    ...CANCELLED.slice(1),
  ],
  compact: (clock) => [
    'Timestamp               Ty Process[PID:TID]',
    `2026-07-26 ${clock}.250 Df kernel[0:97b] [com.apple.xnu.net.tcp:] ${SUMMARY[0]}`,
    ...SUMMARY.slice(1),
    `2026-07-26 ${clock}.500 Df Courier[4711:97c] (Network) [com.apple.network:connection] ${CANCELLED[0]}`,
    ...CANCELLED.slice(1),
  ],
  syslog: (clock) => [
    'Timestamp                       (process)[PID]    ',
    `2026-07-26 ${clock}.250000+0200  localhost kernel[0]: ${SUMMARY[0]}`,
    ...SUMMARY.slice(1),
    `2026-07-26 ${clock}.500000+0200  localhost Courier[4711]: (Network) [com.apple.network:connection] ${CANCELLED[0]}`,
    ...CANCELLED.slice(1),
  ],
};

describe('text styles', () => {
  for (const [style, write] of Object.entries(STYLES)) {
    it(`puts the lines of a record together again: ${style}, with either line end`, async () => {
      const lines = write('18:00:10');
      expect(source.recognise({ name: 'x', lines })).toEqual({ variant: style });
      for (const end of ['\n', '\r\n']) {
        const { flows, landed } = await bench.land(lines.join(end) + end, 'mac-1.2026-07-26.log');
        expect(landed.lines).toBe(lines.length);
        expect(landed.rejected).toBe(0);
        expect(flows).toMatchObject([
          {
            ts: '2026-07-26T16:00:10.250000Z',
            start_ts: '2026-07-26T15:59:10.245000Z',
            pid: 77,
            name: 'uploader',
            counter: 'final',
            bytes_out: '5000',
            bytes_in: '1000',
          },
          {
            ts: '2026-07-26T16:00:10.500000Z',
            start_ts: '2026-07-26T15:59:54.102000Z',
            pid: style === 'console' ? 0 : 4711,
            name: 'Courier',
            executable: '',
            transport: 'tcp',
            local_port: 60083,
            counter: 'final',
            bytes_out: '932',
            bytes_in: '4004',
          },
        ]);
      }
    });
  }

  it('goes to the next day when the clock of a Console copy starts again', async () => {
    const line = (clock: string): string => `default\t${clock}-0500\tkernel\t${SUMMARY.join('\n')}`;
    const clocks = [
      '23:59:59.000000',
      '23:59:58.000000',
      '00:00:01.000000',
      '23:59:59.900000',
      '09:00:00.000000',
    ];
    const { flows } = await bench.land(clocks.map(line).join('\n'), 'mac-1.2026-12-31.log');
    expect(flows.map((flow) => flow.ts)).toEqual([
      '2027-01-01T04:59:58.000000Z',
      '2027-01-01T04:59:59.000000Z',
      '2027-01-01T05:00:01.000000Z',
      '2027-01-01T14:00:00.000000Z',
      '2027-01-02T04:59:59.900000Z',
    ]);
  });

  it('accounts for a record that is cut off at the end and for one without a beginning', async () => {
    const [header = '', ...rest] = STYLES['console']!('18:00:10');
    const lines = ['so_gencnt: 1 t_state: CLOSED process: x:1', '', header, ...rest.slice(2), header];
    const { lines: counts } = await bench.land(lines.join('\n'), 'mac-1.2026-07-26.log');
    expect(counts).toEqual([
      'flow: 7',
      'ignored blank: 1',
      'ignored continuation: 1',
      'reject unparsed_summary: 2',
    ]);
  });

  it('does not take an app for the kernel because of its name', async () => {
    const forged = STYLES['default']!('18:00:10').map((line) =>
      line.replace(' 0      0    kernel', ' 99     0    kernel'),
    );
    const { flows } = await bench.land(forged.join('\n'));
    expect(flows.map((flow) => flow.name)).toEqual(['Courier']);
  });
});

describe('lines that are no records', () => {
  it('is ignored or rejected with its reason', async () => {
    const whole = ndjson('tcp_connection_summary');
    const { lines, rejects } = await bench.land(
      [
        'Filtering the log data using "process == "kernel""',
        '',
        '  \r',
        ndjson('something else', { processImagePath: '/usr/bin/x', processID: 5 }),
        ndjson('', { eventType: 'stateEvent' }),
        whole.slice(0, -20),
        '{"timestamp":"yesterday","eventMessage":"x","machTimestamp":1}',
        '{"timestamp":"2026-07-26 18:11:22.348728+1200","machTimestamp":1}',
        '[1,2]',
        '{"count":4,"finished":1}',
      ].join('\n'),
    );
    expect(lines).toEqual([
      'ignored blank: 2',
      'ignored meta: 2',
      'ignored not_network: 2',
      'reject invalid_json: 1',
      'reject no_message: 1',
      'reject no_timestamp: 2',
    ]);
    expect(rejects.find((row) => row.reason === 'invalid_json')?.raw).toBe(whole.slice(0, -20));
  });

  it('never stops a landing and never loses count of lines', async () => {
    const pieces = [
      ...STYLES['console']!('18:00:10'),
      ...STYLES['default']!('03:00:10'),
      ...SUMMARY,
      ...CANCELLED,
    ];
    const anyLine = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...pieces),
      fc.constantFrom(...pieces).chain((piece) => fc.nat(piece.length).map((end) => piece.slice(0, end))),
      fc
        .string({ unit: 'binary', maxLength: 16 })
        .map((name) => ndjson(SUMMARY.join('\n').replace('uploader', () => name))),
      fc
        .tuple(fc.nat(1200), fc.constantFrom(ndjson(SUMMARY.join('\n'))))
        .map(([end, line]) => line.slice(0, end)),
      fc
        .jsonValue()
        .map((value) =>
          JSON.stringify({ machTimestamp: 1, timestamp: value, eventMessage: value, processID: value }),
        ),
    );
    for (const first of [
      ndjson('first'),
      STYLES['console']!('18:00:10')[0],
      STYLES['default']!('18:00:10')[2],
    ]) {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyLine, { maxLength: 60 }),
          fc.constantFrom('\n', '\r\n'),
          async (lines, end) => {
            const content = [first, ...lines].join(end);
            const { landed } = await bench.land(content, 'mac-1.2026-07-26.log');
            const expected = content.endsWith('\n')
              ? content.split('\n').length - 1
              : content.split('\n').length;
            expect(landed.accepted + landed.rejected).toBe(expected);
          },
        ),
        { seed: 20260726, numRuns: 4 },
      );
    }
  });
});

describe('recognising the unified log', () => {
  const recognise = (...lines: string[]): string | undefined =>
    source.recognise({ name: 'x', lines })?.variant;

  it('passes over what log itself prints', () => {
    expect(recognise('Filtering the log data using "x"', '', ndjson('x'))).toBe('ndjson');
    expect(recognise('{"count":0,"finished":1}')).toBeUndefined();
  });

  it('leaves other JSON and text alone', () => {
    expect(
      recognise(
        '{"schema_version":1,"mach_time":1,"event_type":9,"event":{},"process":{},"time":"2026-01-01T00:00:00Z"}',
      ),
    ).toBeUndefined();
    expect(
      recognise(
        '{"@timestamp":"2026-01-01T00:00:00Z","event":{"action":"exec"},"process":{"entity_id":"x"}}',
      ),
    ).toBeUndefined();
    expect(recognise('{"ts":1.5,"uid":"C1","id.orig_h":"10.0.0.1","orig_bytes":5}')).toBeUndefined();
    expect(
      recognise('time,,interface,state,bytes_in,bytes_out,', '20:48:16.223325,curl.79391,,,39,10,'),
    ).toBeUndefined();
    expect(recognise('Jan  5 10:00:00 host sshd[5]: session opened')).toBeUndefined();
  });
});
