import type { SimFlow } from '../event.js';
import type { KernelRelease } from './kernel-connection-message.js';
import { roundTripOf } from './kernel-connection-message.js';
import { stableHex, stableUuid } from './stable-digest.js';

/** Number of the connection inside its process, as in `[C33 …]`. */
export type ConnectionNumber = number;

/**
 * What Network.framework logs in the process itself when it cancels a QUIC connection: the remote end is a hash, the
 * local one is in clear. An endpoint the process gave as an address prints as that address, unless `hideLiteral`.
 */
export function cancelledMessage(
  flow: SimFlow,
  number: ConnectionNumber,
  release: KernelRelease,
  hideLiteral: boolean,
): string {
  const key = `${flow.process.host.id} ${flow.process.pid} ${number} ${flow.start}`;
  const hashedIp = endpoint(
    `${family(flow.remoteIp)}#${hashed(flow.remoteIp)}`,
    flow.remotePort,
    flow.remoteIp,
  );
  const asked =
    flow.remoteName !== ''
      ? `Hostname#${hashed(flow.remoteName)}:${flow.remotePort}`
      : hideLiteral
        ? hashedIp
        : endpoint(flow.remoteIp, flow.remotePort, flow.remoteIp);
  const duration = (flow.end ?? flow.start) - flow.start;
  const resolved = flow.remoteName === '' ? 0 : Math.min(3, duration);
  const roundTrip = Math.min(roundTripOf(flow), duration);
  const resolution = flow.remoteName === '' ? '' : `, DNS @0.000s took ${seconds(resolved)}s`;
  return [
    `[C${number} ${stableUuid(`connection ${key}`, 'upper')} ${asked} quic-connection, ` +
      `url hash: ${stableHex(`url ${key}`).slice(0, 8)}, definite, attribution: developer] cancelled`,
    `[C${number}.1 ${stableUuid(`flow ${key}`, 'upper')} ` +
      `${endpoint(flow.localIp, flow.localPort, flow.localIp)}<->${hashedIp}]`,
    `Connected Path: satisfied (Path is satisfied), viable, interface: ${flow.interface}, ipv4, ipv6, dns`,
    ...(release === '26' ? [] : ['Privacy Stance: Not Eligible']),
    `Duration: ${seconds(duration)}s${resolution}, QUIC @${seconds(resolved)}s took ${seconds(roundTrip)}s, ` +
      `TLS 1.3 took ${seconds(roundTrip)}s`,
    `bytes in/out: ${flow.bytesIn}/${flow.bytesOut}, ` +
      `packets in/out: ${datagrams(flow.bytesIn)}/${datagrams(flow.bytesOut)}, ` +
      `rtt: ${seconds(roundTripOf(flow))}s, retransmitted bytes: 0, out-of-order bytes: 0`,
    ...(release === '26' ? [`ecn packets sent/acked/marked/lost: 0/0/0/0`] : []),
  ].join('\n\t');
}

/** Hashes of private values: eight hex digits. */
function hashed(text: string): string {
  return stableHex(`private ${text}`).slice(0, 8);
}

function family(ip: string): 'IPv4' | 'IPv6' {
  return ip.includes(':') ? 'IPv6' : 'IPv4';
}

/** IPv6 has a dot before the port. */
function endpoint(text: string, port: number, ip: string): string {
  return `${text}${ip.includes(':') ? '.' : ':'}${port}`;
}

function seconds(ms: number): string {
  const whole = Math.round(ms);
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`;
}

/** QUIC datagrams of about 1,250 bytes. */
function datagrams(bytes: number): number {
  return bytes === 0 ? 0 : 1 + Math.floor(bytes / 1250);
}
