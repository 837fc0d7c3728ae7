import type { SimFlow } from '../event.js';
import { stableNumber } from './stable-digest.js';

/** macOS releases whose kernel words its connection records differently. */
export type KernelRelease = '13' | '14.4' | '15.5' | '26';

/** Process names in kernel records are at most this many bytes (MAXCOMLEN). */
const NAME_BYTES = 16;

export interface KernelConnection {
  readonly flow: SimFlow;
  /** `so_gencnt`: unique on the host, ties the records of one socket together. */
  readonly generation: number;
  readonly release: KernelRelease;
  /** Addresses print as `<IPv4-redacted>` unless an administrator switched that off. */
  readonly redacted: boolean;
}

/** A record, `delay` ms after the moment it belongs to; `body` still lacks the count of skipped records. */
export interface KernelMessage {
  readonly delay: number;
  readonly text: (skipped: number) => string;
}

/** Smoothed round trip to the remote end, ms: between 4 and 90, the same for every connection to it. */
export function roundTripOf({ remoteIp }: SimFlow): number {
  return 4 + (stableNumber(`rtt ${remoteIp}`) % 86);
}

/** The records of a socket's start: request and, one round trip later, the established connection. */
export function openMessages(connection: KernelConnection): KernelMessage[] {
  const { flow, release } = connection;
  const rest = `so_error: 0 svc/tc: 0${flowHash(connection)}`;
  if (flow.transport === 'udp') {
    if (release === '13') return [];
    const counters = `bytes in/out: 0/0 pkts in/out: 0/0 error: 0 ${rest}`;
    // No packet has left yet, so there is no output interface.
    return [message(connection, 'udp connect: ', 'so_state: 0x0002', counters, 0, '')];
  }
  const opening = (syn: string) =>
    `SYN in/out: ${syn} bytes in/out: 0/0 pkts in/out: 0/0 rtt: 0.0 ms rttvar: 250.0 ms base_rtt: 0 ms error: 0 ${rest}`;
  const [request, state, syn] =
    flow.direction === 'egress'
      ? (['tcp connect outgoing: ', 't_state: SYN_SENT', '0/1'] as const)
      : (['tcp connect incoming: ', 't_state: SYN_RCVD', '1/0'] as const);
  return [
    message(connection, request, state, opening(syn), 0),
    message(connection, 'tcp connected: ', 't_state: ESTABLISHED', opening('1/1'), handshakeOf(flow)),
  ];
}

/** The records of a socket's end, with its bytes: one or two, as the release has it. */
export function summaryMessages(connection: KernelConnection): KernelMessage[] {
  const { flow } = connection;
  return flow.transport === 'udp' ? udpSummary(connection) : tcpSummary(connection);
}

function tcpSummary(connection: KernelConnection): KernelMessage[] {
  const { flow, release } = connection;
  const state = 't_state: FIN_WAIT_1';
  const roundTrip = roundTripOf(flow);
  const variance = stableNumber(`rttvar ${flow.remoteIp} ${flow.localPort}`) % 1000;
  const retransmits = Math.floor(flow.bytesOut / 40_000_000);
  const totals =
    `Duration: ${seconds(durationOf(flow), release)} sec Conn_Time: ${seconds(handshakeOf(flow), release)} sec ` +
    `${traffic(flow)} pkt rxmit: ${retransmits} ooo pkts: 0 dup bytes in: 0 ` +
    `ACKs delayed: ${segments(flow.bytesIn)} delayed ACKs sent: 0\n` +
    `rtt: ${roundTrip}.${padded(variance)} ms rttvar: ${roundTrip >> 1}.${padded(variance >> 1)} ms ` +
    `base rtt: ${Math.max(1, roundTrip - 2)} ms so_error: 0 svc/tc: 0${flowHash(connection)}`;
  const flags = 'SYN in/out: 1/1 FIN in/out: 0/0 RST in/out: 0/0';
  const control =
    release === '13'
      ? `flowctl: 0 suspnd: 0 ${flags}`
      : `flowctl: 0us (0x) ${flags} AccECN (client/server): Disabled/Disabled`;
  const prefix = release === '13' || release === '14.4' ? '' : '(tcp_usrclosed:3210)';
  return [
    message(connection, `tcp_connection_summary ${prefix}`, state, totals, 0),
    message(connection, 'tcp_connection_summary ', state, control, 0),
  ];
}

function udpSummary(connection: KernelConnection): KernelMessage[] {
  const { flow, release } = connection;
  if (release === '13') return [];
  const time = seconds(durationOf(flow), release);
  const receiveBuffer = release === '14.4' ? '' : 'rxnospace pkts/bytes: 0/0 ';
  const totals =
    `Duration: ${time} sec Conn_Time: ${time} sec ${traffic(flow)} ${receiveBuffer}` +
    `so_error: 0 svc/tc: 0${flowHash(connection)}`;
  const control = 'flowctl: 0us (0x) ';
  const prefix = 'udp_connection_summary ';
  const state = 'so_state: 0x0102';
  switch (release) {
    case '14.4':
      return [message(connection, prefix, state, totals, 0), message(connection, prefix, state, control, 0)];
    // The two parts became one record, at first without a space between them.
    case '15.5':
      return [message(connection, prefix, state, totals + control, 0)];
    case '26':
      return [message(connection, prefix, state, `${totals} ${control}`, 0)];
  }
}

function message(
  { flow, generation, redacted }: KernelConnection,
  prefix: string,
  state: string,
  rest: string,
  delay: number,
  outputInterface = flow.interface,
): KernelMessage {
  const address = (ip: string) =>
    redacted ? (ip.includes(':') ? '<IPv6-redacted>' : '<IPv4-redacted>') : (ip.split('%')[0] ?? ip);
  const ends = `${address(flow.localIp)}:${flow.localPort}<->${address(flow.remoteIp)}:${flow.remotePort}`;
  const name = cutToBytes(flow.process.name, NAME_BYTES);
  return {
    delay,
    text: (skipped) =>
      `${prefix}[${ends}] interface: ${outputInterface} (skipped: ${skipped})\n` +
      `so_gencnt: ${generation} ${state} process: ${name}:${flow.process.pid} ${rest}`,
  };
}

function durationOf({ start, end }: SimFlow): number {
  return Math.max(0, Math.round((end ?? start) - start));
}

function handshakeOf(flow: SimFlow): number {
  const roundTrip = roundTripOf(flow);
  return flow.end === undefined ? roundTrip : Math.min(roundTrip, durationOf(flow));
}

/** Releases before 14.4 print the milliseconds unpadded: 1.5 is one second and five milliseconds. */
function seconds(ms: number, release: KernelRelease): string {
  const fraction = ms % 1000;
  return `${Math.floor(ms / 1000)}.${release === '13' ? fraction : padded(fraction)}`;
}

function padded(fraction: number): string {
  return String(fraction).padStart(3, '0');
}

/** Counted after offload, so a segment is several packets on the wire: about 4,500 bytes in real records. */
function segments(bytes: number): number {
  return bytes === 0 ? 0 : 1 + Math.floor(bytes / 4500);
}

function traffic({ bytesIn, bytesOut }: SimFlow): string {
  return `bytes in/out: ${bytesIn}/${bytesOut} pkts in/out: ${segments(bytesIn)}/${segments(bytesOut)}`;
}

function flowHash({ flow, generation, release }: KernelConnection): string {
  if (release === '13') return '';
  return ` flow: 0x${stableNumber(`flow ${generation} ${flow.localPort}`).toString(16)}`;
}

/** At most `limit` bytes of UTF-8, without half a character at the end. */
function cutToBytes(text: string, limit: number): string {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > limit) break;
    cut += character;
  }
  return cut;
}
