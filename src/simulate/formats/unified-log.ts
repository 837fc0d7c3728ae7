/**
 * `log stream --style ndjson` with the kernel's connection records and Network.framework's QUIC records, one file per
 * host. Most hosts run macOS 26 or 15.5, which log connections by default; on older ones an administrator switched
 * them on. Addresses are redacted except on about one host in ten. Loopback is never logged, and like the kernel the
 * writer drops records beyond 1,000 a minute and counts them as skipped.
 */
import type { FormatOptions, FormatWriter, SimFlow, SimHost, SimSlice } from '../event.js';
import { isLoopback } from './loopback.js';
import {
  openMessages,
  summaryMessages,
  type KernelConnection,
  type KernelMessage,
  type KernelRelease,
} from './kernel-connection-message.js';
import { cancelledMessage } from './libnetwork-message.js';
import { momentsOf, type Moment } from './moment.js';
import { stableNumber, stablePick, stableUuid } from './stable-digest.js';
import { logLine, type LogRow } from './unified-log-record.js';

/** Kernel records of one protocol in `RATE_WINDOW` ms; further ones are only counted (xnu `tcp_log.c`). */
export const RATE_LIMIT = 1000;
const RATE_WINDOW = 60_000;

const PREDICATE =
  '(process == "kernel" AND (eventMessage CONTAINS "connect" OR eventMessage CONTAINS "flow_entry")) ' +
  'OR subsystem == "com.apple.network" OR subsystem == "com.apple.mDNSResponder"';

const NETWORK_LIBRARY = '/usr/lib/libnetwork.dylib';

/** Rows without connection data, one an hour. */
const NOISE_INTERVAL = 3_600_000;

interface Rate {
  windowStart: number;
  count: number;
  skipped: number;
}

interface HostState {
  readonly release: KernelRelease;
  readonly clear: boolean;
  generation: number;
  readonly generations: Map<string, number>;
  /** Last number of a Network.framework connection, by process. */
  readonly connections: Map<string, number>;
  readonly rates: { readonly tcp: Rate; readonly udp: Rate };
}

/** A row whose text may depend on how many records were dropped before it. */
interface PendingRow extends Omit<LogRow, 'message'> {
  readonly message: string | KernelMessage;
  readonly protocol?: 'tcp' | 'udp';
}

class UnifiedLogWriter implements FormatWriter {
  readonly id = 'unified-log';
  readonly #states = new Map<string, HostState>();

  *write(slice: SimSlice, options: FormatOptions): Iterable<{ file: string; text: string }> {
    const { host } = slice;
    const lines: string[] = [];
    let state = this.#states.get(host.id);
    if (state === undefined) {
      state = stateOf(host);
      this.#states.set(host.id, state);
      lines.push(`Filtering the log data using "${PREDICATE.replaceAll('"', '\\"')}"`);
    }
    const rows = noiseOf(slice);
    for (const moment of momentsOf(slice)) rows.push(...rowsOf(moment, state, options));
    rows.sort((a, b) => a.at - b.at || a.microseconds - b.microseconds);
    for (const row of rows) {
      const text = admit(row, state);
      if (text !== undefined) lines.push(logLine({ ...row, message: text }, host, slice.clock));
    }
    yield { file: `${host.name}.log.ndjson`, text: `${lines.join('\n')}\n` };
  }
}

function stateOf(host: SimHost): HostState {
  const rate = (protocol: string) => ({
    windowStart: 0,
    count: 0,
    skipped: stableNumber(`skipped ${protocol} ${host.id}`) % 900,
  });
  return {
    release: stablePick<KernelRelease>(`kernel ${host.name}`, [
      '26',
      '26',
      '26',
      '26',
      '26',
      '15.5',
      '15.5',
      '15.5',
      '14.4',
      '13',
    ]),
    clear: stableNumber(`log.privacy ${host.name}`) % 10 === 0,
    generation: 300_000 + (stableNumber(`generation ${host.id}`) % 3_000_000),
    generations: new Map(),
    connections: new Map(),
    rates: { tcp: rate('tcp'), udp: rate('udp') },
  };
}

/** The text of the row, or undefined when the kernel would have dropped it. */
function admit({ at, message, protocol }: PendingRow, { rates }: HostState): string | undefined {
  if (typeof message === 'string') return message;
  const rate = rates[protocol ?? 'tcp'];
  if (at - rate.windowStart >= RATE_WINDOW) {
    rate.windowStart = at;
    rate.count = 0;
  }
  if (rate.count >= RATE_LIMIT) {
    rate.skipped += 1;
    return undefined;
  }
  rate.count += 1;
  return message.text(rate.skipped);
}

function rowsOf(moment: Moment, state: HostState, options: FormatOptions): PendingRow[] {
  if ('process' in moment || isLoopback(moment.flow)) return [];
  const { flow } = moment;
  return flow.transport === 'quic'
    ? networkRows(moment.kind, flow, moment.at, state, options)
    : kernelRows(moment.kind, flow, moment.at, state, options);
}

function kernelRows(
  kind: 'open' | 'close',
  flow: SimFlow,
  at: number,
  state: HostState,
  { withhold }: FormatOptions,
): PendingRow[] {
  const protocol = flow.transport === 'tcp' ? 'tcp' : 'udp';
  const key = `${flow.process.pid} ${flow.start} ${flow.transport} ${flow.localPort} ${flow.remoteIp}`;
  let generation = state.generations.get(key);
  if (generation === undefined) {
    state.generation += 1 + (stableNumber(`sockets ${key}`) % 12);
    generation = state.generation;
    state.generations.set(key, generation);
  }
  if (kind === 'close') state.generations.delete(key);
  const connection: KernelConnection = {
    flow,
    generation,
    release: state.release,
    redacted: !state.clear || withhold.has('address'),
  };
  const messages = kind === 'open' ? openMessages(connection) : summaryMessages(connection);
  const first = (kind === 'open' ? 10 : 500) + (stableNumber(`µs ${kind} ${key}`) % 400);
  const kernel = {
    subsystem: state.release === '26' ? `com.apple.xnu.net.${protocol}` : '',
    category: '',
    processId: 0,
    processPath: '/kernel',
    senderPath: '/kernel',
    userId: 0,
  };
  const rows: PendingRow[] = messages.map((message, index) => ({
    ...kernel,
    at: at + message.delay,
    microseconds: first + index * 11,
    formatString: `${protocol} %s [%s:%u<->%s:%u] interface: %s (skipped: %lu)\n%s`,
    message,
    protocol,
  }));
  if (kind === 'open' && generation % 5 === 0) {
    rows.push({
      ...kernel,
      subsystem: 'com.apple.xnu:skywalk',
      at,
      microseconds: first - 9,
      formatString: '%s',
      message: skywalkMessage(flow, connection.redacted),
    });
  }
  return rows;
}

/** Skywalk's note of the same socket: it names the process, and has no bytes. */
function skywalkMessage(flow: SimFlow, redacted: boolean): string {
  const version = flow.remoteIp.includes(':') ? 6 : 4;
  const address = (ip: string) => (redacted ? `<IPv${version}-redacted>` : ip);
  const uuid = stableUuid(`skywalk ${flow.process.pid} ${flow.start} ${flow.localPort}`, 'upper');
  const protocol = flow.transport === 'tcp' ? '0x06' : '0x11';
  return (
    `SK[6]: flow_entry_alloc               fe "0 proc kernel_task(0)${flow.process.name} nx_port 1 ` +
    `flow_uuid ${uuid} flags 0x14120<CONNECTED,QOS_MARKING,EXT_PORT,EXT_FLOWID> ipver=${version},` +
    `src=${address(flow.localIp)}.${flow.localPort},dst=${address(flow.remoteIp)}.${flow.remotePort},` +
    `proto=${protocol} mask=0x0000003f,hash=0x35d13a26 tp_proto=${protocol}"`
  );
}

function networkRows(
  kind: 'open' | 'close',
  flow: SimFlow,
  at: number,
  state: HostState,
  { withhold }: FormatOptions,
): PendingRow[] {
  const { process } = flow;
  const processKey = `${process.pid} ${process.start}`;
  const flowKey = `${processKey} ${flow.start} ${flow.localPort} ${flow.remoteIp}`;
  let number = state.connections.get(flowKey);
  if (number === undefined) {
    number = (state.connections.get(processKey) ?? 0) + 1;
    state.connections.set(processKey, number);
    state.connections.set(flowKey, number);
  }
  if (kind === 'close') state.connections.delete(flowKey);
  const row = {
    at,
    subsystem: 'com.apple.network',
    category: 'connection',
    processId: process.pid,
    processPath: process.executable,
    senderPath: NETWORK_LIBRARY,
    userId: process.uid,
  };
  const microseconds = 20 + (stableNumber(flowKey) % 800);
  const name = 'nw_connection_report_state_with_handler_on_nw_queue';
  const report: PendingRow = {
    ...row,
    microseconds,
    formatString: '%{public}s [C%u] reporting state %{public}s',
    message: `${name} [C${number}] reporting state ${kind === 'open' ? 'ready' : 'cancelled'}`,
  };
  if (kind === 'open') return [report];
  const cancelled: PendingRow = {
    ...row,
    microseconds: microseconds + 31,
    formatString: '[C%u %{public}s %{public}@ %{public}s] cancelled\n%{public}s',
    message: cancelledMessage(flow, number, state.release, withhold.has('address')),
  };
  return [report, cancelled];
}

/** Rows that pass the predicate and have nothing to say about connections. */
function noiseOf({ host, dayStart, dayEnd }: SimSlice): PendingRow[] {
  const rows: PendingRow[] = [];
  for (let at = dayStart; at < dayEnd; at += NOISE_INTERVAL) {
    const salt = stableNumber(`noise ${host.id} ${at}`);
    rows.push({
      at: at + (salt % NOISE_INTERVAL),
      microseconds: salt % 1000,
      subsystem: 'com.apple.mDNSResponder',
      category: 'Default',
      formatString: '[R%u] %{public}s START -- qname: %{mask.hash}s, qtype: %{public}s',
      message: `[R${salt % 400_000}] DNSServiceQueryRecord START -- qname: <mask.hash: 'MTIzNDU2Nzg5MGFiY2RlZg=='>, qtype: A, flags: 0x1D000, interface index: 0, client pid: 78 (apsd), name hash: ${salt.toString(16)}`,
      processId: 270,
      processPath: '/usr/sbin/mDNSResponder',
      senderPath: '/usr/sbin/mDNSResponder',
      userId: 65,
    });
  }
  return rows;
}

export function createUnifiedLogWriter(): FormatWriter {
  return new UnifiedLogWriter();
}
