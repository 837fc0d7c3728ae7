import { describe, expect, it } from 'vitest';
import type { SimFlow, SimProcess } from '../../../src/simulate/event.js';
import { SAMPLE_INTERVAL, createNettopWriter } from '../../../src/simulate/formats/nettop.js';
import { DAY, DAY_MS, hostNamed, makeFlow, makeProcess, sliceOf, textOf } from './hand-made.js';

const HOUR = 3_600_000;
const TERMINAL_PREFIX = '\x04\b\b';
const CONNECTION = /^(tcp|udp|quic)[46] /;

interface Row {
  readonly subject: string;
  readonly bytesIn: string;
  readonly bytesOut: string;
  readonly line: string;
}

function files(
  name: string,
  makeFlows: (process: SimProcess) => readonly SimFlow[],
  process: Partial<SimProcess> = {},
  withheld: Parameters<typeof textOf>[2] = [],
) {
  const host = hostNamed(name);
  const app = makeProcess(host, { name: 'Google Chrome Helper', ...process });
  const flows = makeFlows(app);
  const slices = [DAY, DAY + DAY_MS].map((day) => sliceOf(host, [app], flows, { day, last: day > DAY }));
  return textOf(createNettopWriter(DAY + 2 * DAY_MS), slices, withheld);
}

/** The samples of a file, columns found by header name. */
function samples(text: string | undefined): Row[][] {
  const all: Row[][] = [];
  let columns: string[] = [];
  for (const line of (text ?? '').replace(TERMINAL_PREFIX, '').split('\r\n')) {
    if (line === '') continue;
    const cells = line.split(',');
    if (cells[0] === 'time') {
      columns = cells;
      all.push([]);
      continue;
    }
    expect(cells).toHaveLength(columns.length);
    expect(cells[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{6}$/);
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    all
      .at(-1)
      ?.push({ subject: cells[1] ?? '', bytesIn: cell('bytes_in'), bytesOut: cell('bytes_out'), line });
  }
  return all;
}

const rowsOf = (text: string | undefined, subject: RegExp) =>
  samples(text)
    .flat()
    .filter((row) => subject.test(row.subject));

describe('nettop writer', () => {
  it('writes a file a day, a header before every sample, lines ended by CRLF', () => {
    const all = files('MAC-1', (process) => [makeFlow(process, { end: undefined })]);
    expect([...all.keys()]).toEqual(['MAC-1.nettop.2026-05-04.csv', 'MAC-1.nettop.2026-05-05.csv']);
    const text = all.get('MAC-1.nettop.2026-05-04.csv') ?? '';
    expect(text.match(/time,,interface,state,bytes_in,bytes_out,/g)).toHaveLength(DAY_MS / SAMPLE_INTERVAL);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(rowsOf(text, /^tcp4 \*:22/)[0]?.line).toMatch(/,tcp4 \*:22<->\*:\*,,Listen,,,/);
  });

  it('counts cumulatively and puts connections under their process', () => {
    const all = files('MAC-1', (process) => [
      makeFlow(process, { start: DAY + HOUR, end: DAY + 3 * HOUR, bytesOut: 7_200_000 }),
      makeFlow(process, { start: DAY + HOUR, end: DAY + HOUR + 30_000, localPort: 50124, bytesOut: 1000 }),
    ]);
    const text = all.get('MAC-1.nettop.2026-05-04.csv');
    const connection = rowsOf(text, /:50123</).map((row) => Number(row.bytesOut));
    expect(connection).toHaveLength((2 * HOUR) / SAMPLE_INTERVAL);
    for (const [index, bytes] of connection.slice(1).entries()) {
      expect(Math.abs(bytes - (connection[index] ?? 0) - 300_000)).toBeLessThanOrEqual(1);
    }
    // The name is cut to 15 characters; the short flow shows in the totals only.
    const process = rowsOf(text, /^Google Chrome H\.900$/).map((row) => Number(row.bytesOut));
    expect(process[1]).toBe((connection[1] ?? 0) + 1000);
    expect(process.at(-1)).toBe(7_201_000);
    expect(process).toHaveLength(connection.length + 1);
    const subjects = samples(text)
      .find((sample) => sample.some(({ subject }) => subject.includes(':50123<')))
      ?.map(({ subject }) => subject);
    expect(subjects?.slice(-2)).toEqual(['Google Chrome H.900', 'tcp4 10.20.0.17:50123<->198.51.100.7:443']);
  });

  it('continues the counters of an open flow into the next day', () => {
    const all = files('MAC-1', (process) => [makeFlow(process, { end: undefined })]);
    const bytes = [...all.values()].flatMap((text) =>
      rowsOf(text, /:50123</).map((row) => Number(row.bytesOut)),
    );
    expect([...bytes].sort((a, b) => a - b)).toEqual(bytes);
    expect(bytes.at(-1)).toBeGreaterThan(4_950_000);
    expect(bytes.at(-1)).toBeLessThanOrEqual(5_000_000);
  });

  it('forgets a process that has exited', () => {
    const all = files('MAC-1', (process) => [makeFlow(process, { start: DAY + HOUR, end: DAY + 2 * HOUR })], {
      end: DAY + 2 * HOUR,
    });
    const last = rowsOf(all.get('MAC-1.nettop.2026-05-04.csv'), /\.900$/).at(-1);
    expect(last?.line.slice(0, 2)).toBe('01');
  });

  it('writes IPv6 and QUIC subjects, marks user-space flows, withholds the remote address', () => {
    const quic = (process: SimProcess) => [
      makeFlow(process, {
        transport: 'quic',
        localIp: 'fd00:20::17',
        remoteIp: '2001:db8::9',
        end: undefined,
      }),
    ];
    const names = Array.from({ length: 12 }, (_, index) => `MAC-${index}`);
    const texts = new Map(names.map((name) => [name, [...files(name, quic).values()][0] ?? '']));
    const firstFile = (name: string) => texts.get(name) ?? '';
    const modern = names.find((name) => firstFile(name).includes(',arch,')) ?? '';
    const [row] = rowsOf(firstFile(modern), /^quic6 /);
    expect(row?.subject).toBe('quic6 fd00:20::17.50123<->2001:db8::9.443');
    expect(row?.line).toMatch(/,ch,$/);
    expect(names.some((name) => !firstFile(name).includes(',arch,'))).toBe(true);
    expect(new Set(names.map((name) => firstFile(name).startsWith(`${TERMINAL_PREFIX}time,`)))).toEqual(
      new Set([true, false]),
    );
    const [hidden] = rowsOf([...files(modern, quic, {}, ['address']).values()][0], /^quic6 /);
    expect(hidden?.subject).toBe('quic6 fd00:20::17.50123<->*.443');
  });

  it('has only process and connection subjects, and repeats itself', () => {
    const flows = (process: SimProcess) => [makeFlow(process, {}), makeFlow(process, { transport: 'udp' })];
    for (const { subject } of samples([...files('MAC-1', flows).values()][0]).flat()) {
      expect(CONNECTION.test(subject) || /\.\d+$/.test(subject)).toBe(true);
    }
    expect([...files('MAC-1', flows)]).toEqual([...files('MAC-1', flows)]);
  });
});
