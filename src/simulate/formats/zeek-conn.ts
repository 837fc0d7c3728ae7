/**
 * One Zeek sensor at the fleet's uplink: `conn.<day>.log` holds a record per connection at its end, on the day it
 * ended; `conn_long.<day>.log` interim records of connections that are still open, cumulative, with the same uid (the
 * zeek-long-connections script). Days alternate between JSON and TSV. The sensor sees no process, no loopback, and
 * of a VPN only the tunnel.
 */
import type { FormatOptions, FormatWriter, SimFlow, SimSlice } from '../event.js';
import { bytesSoFar } from './bytes-so-far.js';
import { isLoopback } from './loopback.js';
import { isPrivateAddress } from './private-address.js';
import { stableHex, stableNumber } from './stable-digest.js';
import { isoTime } from './timestamp.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ages (ms) at which zeek-long-connections writes an interim record. */
export const LONG_CONNECTION_AGES = [10 * MINUTE, 30 * MINUTE, HOUR, 12 * HOUR, DAY, 3 * DAY] as const;

/** The script looks at a connection some time after it reached the age: up to 30 s in real records. */
const LONG_CONNECTION_LATENESS = 30_000;

/** Column and Zeek type, in the order of `main.zeek`. */
const COLUMNS = [
  ['ts', 'time'],
  ['uid', 'string'],
  ['id.orig_h', 'addr'],
  ['id.orig_p', 'port'],
  ['id.resp_h', 'addr'],
  ['id.resp_p', 'port'],
  ['proto', 'enum'],
  ['service', 'string'],
  ['duration', 'interval'],
  ['orig_bytes', 'count'],
  ['resp_bytes', 'count'],
  ['conn_state', 'string'],
  ['local_orig', 'bool'],
  ['local_resp', 'bool'],
  ['missed_bytes', 'count'],
  ['history', 'string'],
  ['orig_pkts', 'count'],
  ['orig_ip_bytes', 'count'],
  ['resp_pkts', 'count'],
  ['resp_ip_bytes', 'count'],
  ['tunnel_parents', 'set[string]'],
  ['ip_proto', 'count'],
] as const;

type Column = (typeof COLUMNS)[number][0];
type Row = Readonly<Partial<Record<Column, string | number | boolean>>>;

interface Written {
  /** When the sensor writes the record, epoch ms. */
  readonly at: number;
  readonly row: Row;
}

const SERVICE = new Map<string, string>([
  ['tcp 22', 'ssh'],
  ['tcp 53', 'dns'],
  ['tcp 80', 'http'],
  ['tcp 443', 'ssl'],
  ['udp 53', 'dns'],
  ['udp 123', 'ntp'],
]);

class ZeekConnWriter implements FormatWriter {
  readonly id = 'zeek-conn';
  readonly #begun = new Set<string>();

  constructor(private readonly simulationEnd: number) {}

  *write(slice: SimSlice, options: FormatOptions): Iterable<{ file: string; text: string }> {
    const finished = slice.flowEnds
      .filter(isVisible)
      .map((flow) => ({ at: flow.end ?? slice.dayEnd, row: this.#row(flow, undefined, options) }));
    yield* this.#file('conn', slice, finished);
    const interim = slice.flowsOpen.filter(isVisible).flatMap((flow) => this.#interim(flow, slice, options));
    yield* this.#file('conn_long', slice, interim);
  }

  *#file(path: string, slice: SimSlice, records: Written[]): Iterable<{ file: string; text: string }> {
    if (records.length === 0) return;
    const file = `${path}.${new Date(slice.dayStart).toISOString().slice(0, 10)}.log`;
    const json = isJsonDay(slice.dayStart);
    const lines = json || this.#begun.has(file) ? [] : header(path, slice.dayStart);
    this.#begun.add(file);
    records.sort((a, b) => a.at - b.at);
    for (const record of records) lines.push(json ? jsonLine(path, record) : tsvLine(record.row));
    yield { file, text: `${lines.join('\n')}\n` };
  }

  /** Records of the ages the flow reaches inside the slice while it is open. */
  #interim(flow: SimFlow, slice: SimSlice, options: FormatOptions): Written[] {
    const life = (flow.end ?? slice.dayEnd) - flow.start;
    return LONG_CONNECTION_AGES.filter((age) => age < life).flatMap((age) => {
      const lateness = stableNumber(`late ${uidOf(flow)} ${age}`) % LONG_CONNECTION_LATENESS;
      const at = flow.start + age + lateness;
      const inside = at >= slice.dayStart && at < slice.dayEnd && at < (flow.end ?? Infinity);
      return inside ? [{ at, row: this.#row(flow, at, options) }] : [];
    });
  }

  /** The record of the finished flow, or of the flow as it stands at `at`. */
  #row(flow: SimFlow, at: number | undefined, { withhold }: FormatOptions): Row {
    const { host } = flow.process;
    const open = at !== undefined;
    const until = at ?? flow.end ?? flow.start;
    const bytes = bytesSoFar(flow, until, this.simulationEnd);
    const tcp = flow.transport === 'tcp';
    const microseconds = stableNumber(uidOf(flow)) % 1000;
    const mac = {
      ip: flow.remoteIp.includes(':') ? host.ip6 : host.ip,
      port: flow.localPort,
      local: true,
      ...volume(bytes.out, bytes.in, flow),
    };
    const remote = {
      ip: withhold.has('address') ? undefined : flow.remoteIp,
      port: flow.remotePort,
      local: isPrivateAddress(flow.remoteIp),
      ...volume(bytes.in, bytes.out, flow),
    };
    const [orig, resp] = flow.direction === 'egress' ? [mac, remote] : [remote, mac];
    const answered = tcp || resp.bytes > 0;
    const service = flow.transport === 'quic' ? 'quic' : SERVICE.get(`${flow.transport} ${resp.port}`);
    return {
      ts: (flow.start * 1000 + microseconds) / 1_000_000,
      uid: uidOf(flow),
      ...(orig.ip === undefined ? {} : { 'id.orig_h': orig.ip }),
      'id.orig_p': orig.port,
      ...(resp.ip === undefined ? {} : { 'id.resp_h': resp.ip }),
      'id.resp_p': resp.port,
      proto: tcp ? 'tcp' : 'udp',
      ...(service === undefined ? {} : { service }),
      ...(answered
        ? { duration: (until - flow.start) / 1000, orig_bytes: orig.bytes, resp_bytes: resp.bytes }
        : {}),
      conn_state: !answered ? 'S0' : tcp && open ? 'S1' : 'SF',
      local_orig: orig.local,
      local_resp: resp.local,
      missed_bytes: 0,
      history: tcp ? (open ? 'ShADad' : 'ShADadFf') : answered ? 'Dd' : 'D',
      orig_pkts: orig.packets,
      orig_ip_bytes: orig.ipBytes,
      resp_pkts: resp.packets,
      resp_ip_bytes: resp.ipBytes,
      ip_proto: tcp ? 6 : 17,
    };
  }
}

function isVisible(flow: SimFlow): boolean {
  return !isLoopback(flow) && !flow.interface.startsWith('utun');
}

/** JSON on days with an even number since the epoch. */
function isJsonDay(dayStart: number): boolean {
  return Math.floor(dayStart / DAY) % 2 === 0;
}

/** Packets of about 1,400 bytes of payload, an acknowledgement for every second one, and the headers of each. */
function volume(
  bytes: number,
  opposite: number,
  flow: SimFlow,
): { bytes: number; packets: number; ipBytes: number } {
  const tcp = flow.transport === 'tcp';
  const data = Math.ceil(bytes / 1400);
  const packets = tcp ? 3 + data + Math.floor(opposite / 2800) : data;
  const headers = (flow.remoteIp.includes(':') ? 40 : 20) + (tcp ? 32 : 8);
  return { bytes, packets, ipBytes: bytes + packets * headers };
}

/** `C` and 17 characters of base 62, the same in every record of the connection. */
function uidOf(flow: SimFlow): string {
  const { host, pid } = flow.process;
  const key = `${host.id} ${pid} ${flow.start} ${flow.transport} ${flow.localPort} ${flow.remoteIp} ${flow.remotePort}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let number = BigInt(`0x${stableHex(`zeek uid ${key}`).slice(0, 32)}`);
  let uid = 'C';
  while (uid.length < 18) {
    uid += digits.charAt(Number(number % 62n));
    number /= 62n;
  }
  return uid;
}

function header(path: string, dayStart: number): string[] {
  const opened = new Date(dayStart).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
  return [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    `#path\t${path}`,
    `#open\t${opened}`,
    `#fields\t${COLUMNS.map(([name]) => name).join('\t')}`,
    `#types\t${COLUMNS.map(([, type]) => type).join('\t')}`,
  ];
}

/** The json-streaming-logs layout: it names the log and the time of writing in every record. */
function jsonLine(path: string, { at, row }: Written): string {
  return JSON.stringify({ _path: path, _write_ts: isoTime(at, 6), ...row });
}

function tsvLine(row: Row): string {
  return COLUMNS.map(([name, type]) => {
    const value = row[name];
    if (value === undefined) return '-';
    if (typeof value === 'boolean') return value ? 'T' : 'F';
    return type === 'time' || type === 'interval' ? Number(value).toFixed(6) : String(value);
  }).join('\t');
}

export function createZeekConnWriter(simulationEnd: number): FormatWriter {
  return new ZeekConnWriter(simulationEnd);
}
