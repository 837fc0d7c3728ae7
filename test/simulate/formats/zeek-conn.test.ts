import { describe, expect, it } from 'vitest';
import type { SimFlow } from '../../../src/simulate/event.js';
import { createZeekConnWriter } from '../../../src/simulate/formats/zeek-conn.js';
import { DAY, DAY_MS, hostNamed, makeFlow, makeProcess, parseLines, sliceOf, textOf } from './hand-made.js';

const HOUR = 3_600_000;
const END = DAY + 3 * DAY_MS;

/** Three days of these flows; the first and the third day are TSV. */
function files(makeFlows: (process: ReturnType<typeof makeProcess>) => readonly SimFlow[], address = true) {
  const host = hostNamed('MAC-1');
  const flows = makeFlows(makeProcess(host, {}));
  const slices = [0, 1, 2].map((index) =>
    sliceOf(host, [], flows, { day: DAY + index * DAY_MS, last: index === 2 }),
  );
  return textOf(createZeekConnWriter(END), slices, address ? [] : ['address']);
}

function tsvRows(text: string | undefined): Record<string, string>[] {
  const lines = (text ?? '').split('\n').filter((line) => line !== '');
  const fields =
    lines
      .find((line) => line.startsWith('#fields'))
      ?.split('\t')
      .slice(1) ?? [];
  const rows = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
  expect(rows.every((row) => row.length === fields.length)).toBe(true);
  return rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, row[index] ?? ''])));
}

describe('zeek-conn writer', () => {
  it('writes TSV with one header a file, on the day the connection ends', () => {
    const all = files((process) => [makeFlow(process, {}), makeFlow(process, { localPort: 50124 })]);
    expect([...all.keys()]).toEqual(['conn.2026-05-04.log']);
    const text = all.get('conn.2026-05-04.log') ?? '';
    expect(text).toMatch(
      /^#separator \\x09\n#set_separator\t,\n#empty_field\t\(empty\)\n#unset_field\t-\n#path\tconn\n#open\t2026-05-04-00-00-00\n#fields\tts\tuid\t/,
    );
    expect(text.match(/#fields/g)).toHaveLength(1);
    const [row] = tsvRows(text);
    expect(row).toMatchObject({
      'id.orig_h': '10.20.0.17',
      'id.orig_p': '50123',
      'id.resp_h': '198.51.100.7',
      'id.resp_p': '443',
      proto: 'tcp',
      service: 'ssl',
      duration: '65.250000',
      orig_bytes: '5000000',
      resp_bytes: '40000',
      conn_state: 'SF',
      local_orig: 'T',
      local_resp: 'F',
      history: 'ShADadFf',
      tunnel_parents: '-',
      ip_proto: '6',
    });
    expect(row?.['ts']).toMatch(/^1777860000\.000\d{3}$/);
    expect(row?.['uid']).toMatch(/^C[0-9A-Za-z]{17}$/);
    expect(Number(row?.['orig_ip_bytes'])).toBeGreaterThan(5_000_000);
  });

  it('writes JSON with dotted keys on the other days and leaves unset fields out', () => {
    const all = files((process) => [
      makeFlow(process, {
        transport: 'udp',
        remotePort: 4500,
        bytesIn: 0,
        start: DAY + DAY_MS,
        end: DAY + DAY_MS + 1000,
        direction: 'egress',
      }),
      makeFlow(process, {
        direction: 'ingress',
        localPort: 22,
        start: DAY + DAY_MS,
        end: DAY + DAY_MS + 2000,
      }),
    ]);
    const [unanswered, inbound] = parseLines(all.get('conn.2026-05-05.log'));
    expect(unanswered).toMatchObject({
      'id.orig_h': '10.20.0.17',
      proto: 'udp',
      conn_state: 'S0',
      history: 'D',
    });
    for (const key of ['duration', 'orig_bytes', 'resp_bytes', 'service', 'tunnel_parents']) {
      expect(unanswered).not.toHaveProperty(key);
    }
    expect(inbound).toMatchObject({
      'id.orig_h': '198.51.100.7',
      'id.resp_h': '10.20.0.17',
      'id.resp_p': 22,
      service: 'ssh',
      orig_bytes: 40_000,
      resp_bytes: 5_000_000,
      duration: 2,
    });
  });

  it('writes rising interim records of the same uid, then the final one', () => {
    const start = DAY + 2 * HOUR;
    const all = files((process) => [makeFlow(process, { start, end: start + 30 * HOUR })]);
    expect([...all.keys()]).toEqual([
      'conn_long.2026-05-04.log',
      'conn.2026-05-05.log',
      'conn_long.2026-05-05.log',
    ]);
    const first = tsvRows(all.get('conn_long.2026-05-04.log'));
    expect(first.map((row) => Math.floor(Number(row['duration']) / 60))).toEqual([10, 30, 60, 720]);
    expect(first.every((row) => row['conn_state'] === 'S1')).toBe(true);
    const second = parseLines(all.get('conn_long.2026-05-05.log'));
    const [final] = parseLines(all.get('conn.2026-05-05.log'));
    expect(second[0]).toMatchObject({ _path: 'conn_long', conn_state: 'S1' });
    expect(final).toMatchObject({
      _path: 'conn',
      _write_ts: '2026-05-05T08:00:00.000000Z',
      conn_state: 'SF',
    });
    const bytes = [
      ...first.map((row) => Number(row['orig_bytes'])),
      ...second.map((row) => Number(row['orig_bytes'])),
      Number(final?.['orig_bytes']),
    ];
    expect([...bytes].sort((a, b) => a - b)).toEqual(bytes);
    expect(bytes).toHaveLength(6);
    expect(bytes.at(-1)).toBe(5_000_000);
    const uids = [...first, ...second, final].map((row) => row?.['uid']);
    expect(new Set(uids).size).toBe(1);
  });

  it('keeps an open connection in conn_long only, on the way to its totals', () => {
    const all = files((process) => [makeFlow(process, { start: DAY, end: undefined, bytesOut: 3_000_000 })]);
    expect([...all.keys()].every((file) => file.startsWith('conn_long'))).toBe(true);
    const day = parseLines(all.get('conn_long.2026-05-05.log'));
    // one of three days has passed
    expect(Number(day[0]?.['orig_bytes'])).toBeGreaterThanOrEqual(1_000_000);
    expect(Number(day[0]?.['orig_bytes'])).toBeLessThan(1_001_000);
  });

  it('sees neither loopback nor what is inside a VPN, and withholds the remote address', () => {
    const hidden = files((process) => [
      makeFlow(process, { interface: 'lo0', remoteIp: '127.0.0.1' }),
      makeFlow(process, { interface: 'utun3' }),
    ]);
    expect(hidden.size).toBe(0);
    const [row] = tsvRows(files((process) => [makeFlow(process, {})], false).get('conn.2026-05-04.log'));
    expect(row).toMatchObject({ 'id.orig_h': '10.20.0.17', 'id.resp_h': '-', 'id.resp_p': '443' });
  });
});
