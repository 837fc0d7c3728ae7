import { describe, expect, it } from 'vitest';
import type { SimFlow } from '../../../src/simulate/event.js';
import { RATE_LIMIT, createUnifiedLogWriter } from '../../../src/simulate/formats/unified-log.js';
import {
  DAY,
  DAY_MS,
  hostNamed,
  makeFlow,
  makeProcess,
  parseLines,
  sliceOf,
  textOf,
  type Json,
} from './hand-made.js';

/** Matches every real kernel connection record (facts on the format, section 1.4). */
const HEAD =
  /^(tcp_connection_summary|udp_connection_summary|(?:tcp|udp) (?:connect outgoing|connect incoming|connected|connect|accept|bind|listen):)\s*(?:\((\w+):(\d+)\))?\s*\[(.*?):(\d+)<->(.*?):(\d+)\] interface: (\S*) \(skipped: (\d+)\)\n(?:so_gencnt: (\d+) )?(?:t_state: (\w+)|so_state: (0x[0-9a-f]+)) process: (.*):(\d+) ((?:Duration|SYN in\/out|flowctl|bytes in\/out|so_qlimit|error): .*)$/s;

type Flows = (process: ReturnType<typeof makeProcess>) => readonly SimFlow[];

function rawText(name: string, flows: Flows, withheld: Parameters<typeof textOf>[2] = []): string {
  const host = hostNamed(name);
  const process = makeProcess(host, { name: 'Uploader: pid 1:7', pid: 900 });
  const slices = [DAY, DAY + DAY_MS].map((day) =>
    sliceOf(host, [process], flows(process), { day, last: day > DAY }),
  );
  const files = textOf(createUnifiedLogWriter(), slices, withheld);
  expect([...files.keys()]).toEqual([`${name}.log.ndjson`]);
  return files.get(`${name}.log.ndjson`) ?? '';
}

/** The rows after the line `log` starts with. */
function rows(name: string, flows: Flows, withheld: Parameters<typeof textOf>[2] = []): Json[] {
  const text = rawText(name, flows, withheld);
  expect(text).toMatch(/^Filtering the log data using "/);
  return parseLines(text.slice(text.indexOf('\n') + 1));
}

const messagesOf = (all: readonly Json[]) => all.map((row) => String(row['eventMessage']));
const kernelMessages = (name: string, flows: Flows, withheld: Parameters<typeof textOf>[2] = []) =>
  messagesOf(rows(name, flows, withheld)).filter((message) => /^(tcp|udp)[ _]/.test(message));

const tcp: Flows = (process) => [makeFlow(process, {})];
const udp: Flows = (process) => [makeFlow(process, { transport: 'udp', remoteIp: '2001:db8::9' })];
const quic: Flows = (process) => [
  makeFlow(process, { transport: 'quic', localIp: 'fd00:20::17', remoteIp: '2001:db8::9' }),
  makeFlow(process, { transport: 'quic', remoteName: '', localPort: 50999, end: undefined }),
  makeFlow(process, {
    transport: 'quic',
    remoteName: '',
    localPort: 51000,
    start: DAY + DAY_MS + 5,
    end: DAY + DAY_MS + 65_005,
  }),
];

describe('unified-log writer', () => {
  it('writes the four records of a TCP connection of macOS 26, tied by so_gencnt', () => {
    const messages = kernelMessages('MAC-2', tcp);
    const heads = messages.map((message) => HEAD.exec(message));
    expect(heads.map((head) => head?.[1])).toEqual([
      'tcp connect outgoing:',
      'tcp connected:',
      'tcp_connection_summary',
      'tcp_connection_summary',
    ]);
    expect(new Set(heads.map((head) => head?.[10])).size).toBe(1);
    for (const head of heads) {
      // 16 bytes of the name, and the process group must not stop at the forged `pid 1:`
      expect(head?.slice(13, 15)).toEqual(['Uploader: pid 1:', '900']);
      expect(head?.slice(4, 9)).toEqual(['<IPv4-redacted>', '50123', '<IPv4-redacted>', '443', 'en0']);
    }
    expect(messages[2]).toMatch(
      /^tcp_connection_summary \(tcp_usrclosed:3210\)\[.* Duration: 65\.250 sec Conn_Time: 0\.0\d\d sec bytes in\/out: 40000\/5000000 pkts in\/out: \d+\/\d+ pkt rxmit: 0 ooo pkts: 0 dup bytes in: 0 ACKs delayed: \d+ delayed ACKs sent: 0\nrtt: \d+\.\d{3} ms rttvar: \d+\.\d{3} ms base rtt: \d+ ms so_error: 0 svc\/tc: 0 flow: 0x[0-9a-f]+$/s,
    );
    expect(messages[3]).toMatch(
      / flowctl: 0us \(0x\) SYN in\/out: 1\/1 FIN in\/out: 0\/0 RST in\/out: 0\/0 AccECN \(client\/server\): Disabled\/Disabled$/,
    );
  });

  it('writes milliseconds unpadded on macOS 13, and nothing for UDP there', () => {
    const flows: Flows = (process) => [makeFlow(process, { end: DAY + 7_200_000 + 1005 }), ...udp(process)];
    const messages = kernelMessages('MAC-6', flows);
    expect(messages).toHaveLength(4);
    expect(messages[2]).toMatch(/^tcp_connection_summary \[.* Duration: 1\.5 sec /s);
    expect(messages[3]).toMatch(
      /flowctl: 0 suspnd: 0 SYN in\/out: 1\/1 FIN in\/out: 0\/0 RST in\/out: 0\/0$/,
    );
  });

  it('joins the two parts of a UDP summary as each release does', () => {
    expect(kernelMessages('MAC-2', udp)[1]).toMatch(/ flow: 0x[0-9a-f]+ flowctl: 0us \(0x\) $/);
    expect(kernelMessages('MAC-0', udp)[1]).toMatch(/ flow: 0x[0-9a-f]+flowctl: 0us \(0x\) $/);
    const parts = kernelMessages('MAC-1', udp);
    expect(parts).toHaveLength(3);
    expect(parts[2]).toMatch(/process: .* flowctl: 0us \(0x\) $/s);
    const [opened] = kernelMessages('MAC-2', udp).map((message) => HEAD.exec(message));
    expect(opened?.slice(6, 9)).toEqual(['<IPv6-redacted>', '443', '']);
  });

  it('shows addresses on about one host in ten, unless withheld', () => {
    const names = Array.from({ length: 60 }, (_, index) => `MAC-${index}`);
    const clear = names.filter((name) => kernelMessages(name, tcp)[0]?.includes('198.51.100.7'));
    expect(clear.length).toBeGreaterThan(1);
    expect(clear.length).toBeLessThan(15);
    expect(rawText(clear[0] ?? '', tcp, ['address'])).not.toContain('198.51.100.7');
  });

  it('logs rows in local time with a numeric zone, as Apple serialises them', () => {
    const text = rawText('MAC-2', tcp);
    expect(text).toContain('"processImagePath":"\\/kernel"');
    const connected = text.split('\n').find((line) => line.includes('tcp connect outgoing')) ?? '';
    // 02:00 UTC at -03:30
    expect(connected).toMatch(/"timestamp":"2026-05-03 22:30:00\.000\d{3}-0330"/);
    expect(connected).toMatch(/"traceID":\d{19}\}$/);
    expect(connected).toContain('"subsystem":"com.apple.xnu.net.tcp"');
    const times = rows('MAC-2', tcp).map((row) => String(row['timestamp']));
    expect([...times].sort()).toEqual(times);
  });

  it('writes no summary for an open connection and nothing for loopback', () => {
    const open: Flows = (process) => [makeFlow(process, { end: undefined })];
    expect(kernelMessages('MAC-2', open)).toHaveLength(2);
    const local: Flows = (process) => [makeFlow(process, { interface: 'lo0', remoteIp: '127.0.0.1' })];
    expect(kernelMessages('MAC-2', local)).toEqual([]);
  });

  it('writes QUIC as rows of the process itself, with hashed names and a clear local end', () => {
    const all = rows('MAC-0', quic);
    expect(kernelMessages('MAC-0', quic)).toEqual([]);
    const cancelled = all.filter((row) => String(row['eventMessage']).includes('] cancelled\n'));
    expect(cancelled).toHaveLength(2);
    expect(cancelled[0]).toMatchObject({
      subsystem: 'com.apple.network',
      category: 'connection',
      processID: 900,
      processImagePath: '/Applications/Uploader.app/Contents/MacOS/Uploader',
    });
    expect(cancelled[0]?.['eventMessage']).toMatch(
      /^\[C1 [0-9A-F-]{36} Hostname#[0-9a-f]{8}:443 quic-connection, url hash: [0-9a-f]{8}, definite, attribution: developer\] cancelled\n\t\[C1\.1 [0-9A-F-]{36} fd00:20::17\.50123<->IPv6#[0-9a-f]{8}\.443\]\n\tConnected Path: .*\n\tPrivacy Stance: Not Eligible\n\tDuration: 65\.250s, DNS @0\.000s took 0\.003s, QUIC @0\.003s took 0\.0\d\ds, TLS 1\.3 took 0\.0\d\ds\n\tbytes in\/out: 40000\/5000000, packets in\/out: \d+\/\d+, rtt: 0\.0\d\ds, retransmitted bytes: 0, out-of-order bytes: 0$/,
    );
    expect(cancelled[1]?.['eventMessage']).toMatch(/^\[C3 [0-9A-F-]{36} 198\.51\.100\.7:443 quic-connection/);
    expect(rawText('MAC-0', quic, ['address'])).not.toContain('198.51.100.7');
    expect(messagesOf(rows('MAC-2', quic)).join('')).toContain(
      '\n\tecn packets sent/acked/marked/lost: 0/0/0/0',
    );
  });

  it('drops records beyond the kernel limit and counts them as skipped', () => {
    const many: Flows = (process) =>
      Array.from({ length: 600 }, (_, index) => {
        const start = DAY + 1000 + index * 10;
        return makeFlow(process, { start, end: start + 500, localPort: 40_000 + index });
      });
    const burst = kernelMessages('MAC-2', many);
    expect(burst).toHaveLength(RATE_LIMIT);
    const later: Flows = (process) => [...many(process), makeFlow(process, { start: DAY + 600_000 })];
    const skipped = kernelMessages('MAC-2', later).map((message) => Number(HEAD.exec(message)?.[9]));
    expect((skipped.at(-1) ?? 0) - (skipped[0] ?? 0)).toBe(600 * 4 - RATE_LIMIT);
  });

  it('keeps so_gencnt unique over sockets, and repeats itself', () => {
    const two: Flows = (process) => [makeFlow(process, {}), makeFlow(process, { localPort: 50124 })];
    const generations = kernelMessages('MAC-2', two).map((message) => HEAD.exec(message)?.[10]);
    expect(new Set(generations).size).toBe(2);
    expect(rawText('MAC-2', two)).toBe(rawText('MAC-2', two));
  });
});
