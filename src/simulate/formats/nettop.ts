/**
 * `TZ=UTC nettop -L 0 -n -x -s 300` under a pseudo-terminal, one file per host and UTC day: a header before every
 * sample, process rows with their connections beneath, counters cumulative, CRLF. What lives shorter than the sampling
 * interval shows only in its process's totals. Older hosts have no `arch` column; on half of the hosts the terminal's
 * control bytes precede the first line.
 */
import type { FormatOptions, FormatWriter, SimFlow, SimHost, SimProcess, SimSlice } from '../event.js';
import { bytesSoFar } from './bytes-so-far.js';
import { roundTripOf } from './kernel-connection-message.js';
import { stableNumber } from './stable-digest.js';

/** Milliseconds between samples (`-s 300`): an upload of some minutes is seen, and a day stays below a few MB. */
export const SAMPLE_INTERVAL = 300_000;

const COLUMNS =
  'time,,interface,state,bytes_in,bytes_out,rx_dupe,rx_ooo,re-tx,rtt_avg,rcvsize,tx_win,tc_class,tc_mgt,cc_algo,P,C,R,W';

/** nettop cuts process names to this many characters. */
const NAME_LENGTH = 15;

/** End of transmission and two backspaces, as `script` leaves them. */
const TERMINAL_PREFIX = '\x04\b\b';

/** Bytes of a process's flows that have ended. */
interface ProcessTotals {
  out: number;
  in: number;
}

/** A process that a sample shows, with the connections it has open at that moment. */
interface ActiveProcess {
  readonly process: SimProcess;
  readonly flows: SimFlow[];
}

class NettopWriter implements FormatWriter {
  readonly id = 'nettop';
  readonly #totals = new Map<string, ProcessTotals>();

  constructor(private readonly simulationEnd: number) {}

  *write(slice: SimSlice, { withhold }: FormatOptions): Iterable<{ file: string; text: string }> {
    const { host, dayStart, dayEnd } = slice;
    const withArch = stableNumber(`nettop arch ${host.name}`) % 4 !== 0;
    const rows: string[] = [];
    const flows = [...slice.flowsOpen].sort(inStartOrder);
    const ended = slice.flowEnds
      .map((flow) => ({ flow, end: flow.end ?? dayEnd }))
      .sort((a, b) => a.end - b.end || inStartOrder(a.flow, b.flow));
    let endedSoFar = 0;
    for (let at = dayStart + phaseOf(host); at < dayEnd; at += SAMPLE_INTERVAL) {
      const active = new Map<string, ActiveProcess>();
      for (let next = ended[endedSoFar]; next !== undefined && next.end <= at; next = ended[endedSoFar]) {
        this.#close(next.flow);
        if ((next.flow.process.end ?? Infinity) > at) activeOf(active, next.flow.process);
        endedSoFar += 1;
      }
      for (const flow of flows) {
        if (flow.start <= at && (flow.end ?? Infinity) > at) activeOf(active, flow.process).flows.push(flow);
      }
      rows.push(...this.#sample(at, [...active.values()], withArch, withhold.has('address'), slice.clock));
    }
    // What ends after the last sample of the day counts from the first sample of the next one.
    for (const { flow } of ended.slice(endedSoFar)) this.#close(flow);
    for (const process of slice.exits) this.#totals.delete(keyOf(process));
    const prefix = stableNumber(`nettop terminal ${host.name}`) % 2 === 0 ? TERMINAL_PREFIX : '';
    const day = new Date(dayStart).toISOString().slice(0, 10);
    yield { file: `${host.name}.nettop.${day}.csv`, text: `${prefix}${rows.join('\r\n')}\r\n` };
  }

  #close(flow: SimFlow): void {
    const totals = this.#totalsOf(flow.process);
    totals.out += flow.bytesOut;
    totals.in += flow.bytesIn;
  }

  #totalsOf(process: SimProcess): ProcessTotals {
    const key = keyOf(process);
    let totals = this.#totals.get(key);
    if (totals === undefined) {
      totals = { out: 0, in: 0 };
      this.#totals.set(key, totals);
    }
    return totals;
  }

  #sample(
    at: number,
    active: ActiveProcess[],
    withArch: boolean,
    hideRemote: boolean,
    wallClock?: (at: number) => number,
  ): string[] {
    const shown = wallClock?.(at) ?? at;
    const width = withArch ? 20 : 19;
    let microseconds = 100;
    const row = (subject: string, cells: readonly (string | number)[], last: string) => {
      microseconds += 1 + (subject.length % 7);
      const padded = [...cells, ...Array<string>(17 - cells.length).fill('')];
      const values = [clock(shown, microseconds), subject, ...padded, ...(withArch ? [last] : [])];
      return `${values.slice(0, width).join(',')},`;
    };
    const rows = [
      `${COLUMNS}${withArch ? ',arch' : ''},`,
      row('launchd.1', ['', '', 0, 0, 0, 0, 0], ''),
      row('tcp4 *:22<->*:*', ['', 'Listen'], 'so'),
    ];
    active.sort((a, b) => a.process.pid - b.process.pid || a.process.start - b.process.start);
    for (const { process, flows } of active) {
      const bytes = flows.map((flow) => bytesSoFar(flow, at, this.simulationEnd));
      const closed = this.#totalsOf(process);
      const total = bytes.reduce((sum, now) => ({ out: sum.out + now.out, in: sum.in + now.in }), closed);
      const name = Array.from(process.name).slice(0, NAME_LENGTH).join('');
      rows.push(row(`${name}.${process.pid}`, ['', '', total.in, total.out, 0, 0, 0], ''));
      for (const [index, flow] of flows.entries()) {
        const { out, in: received } = bytes[index] ?? { out: 0, in: 0 };
        const tcp = flow.transport === 'tcp';
        const cells = [flow.interface, tcp ? 'Established' : '', received, out, 0, 0, 0];
        const detail = tcp
          ? [`${roundTripOf(flow)}.00 ms`, 131_072, 131_072, 'BE', '-', 'cubic', '-', '-', '-', '-']
          : [];
        rows.push(
          row(subjectOf(flow, hideRemote), [...cells, ...detail], flow.transport === 'quic' ? 'ch' : 'so'),
        );
      }
    }
    return rows;
  }
}

/** `tcp4 a:1<->b:2`; IPv6 has a dot before the port. */
function subjectOf(flow: SimFlow, hideRemote: boolean): string {
  const version6 = flow.remoteIp.includes(':');
  const separator = version6 ? '.' : ':';
  const remote = hideRemote ? '*' : flow.remoteIp;
  return (
    `${flow.transport}${version6 ? 6 : 4} ${flow.localIp}${separator}${flow.localPort}` +
    `<->${remote}${separator}${flow.remotePort}`
  );
}

function activeOf(active: Map<string, ActiveProcess>, process: SimProcess): ActiveProcess {
  const key = keyOf(process);
  let entry = active.get(key);
  if (entry === undefined) {
    entry = { process, flows: [] };
    active.set(key, entry);
  }
  return entry;
}

function keyOf(process: SimProcess): string {
  return `${process.host.id} ${process.pid} ${process.start}`;
}

/** Hosts sample at different moments of the interval. */
function phaseOf(host: SimHost): number {
  return stableNumber(`nettop phase ${host.id}`) % SAMPLE_INTERVAL;
}

function clock(at: number, microseconds: number): string {
  return `${new Date(at).toISOString().slice(11, 23)}${String(microseconds % 1000).padStart(3, '0')}`;
}

function inStartOrder(a: SimFlow, b: SimFlow): number {
  return a.start - b.start || a.localPort - b.localPort || compare(a.remoteIp, b.remoteIp);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function createNettopWriter(simulationEnd: number): FormatWriter {
  return new NettopWriter(simulationEnd);
}
