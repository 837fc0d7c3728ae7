import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { landFile, type Landed } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { source } from '../../src/sources/elastic-defend/index.js';
import { describeEngines } from '../support/engines.js';
import {
  AT,
  CLOSED,
  CLOSED_FLOW,
  EXEC_PROCESS,
  flatten,
  lines,
  merge,
  NEVER,
  STARTED,
  type Json,
} from './elastic-defend-documents.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-elastic-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;

function write(content: string | Buffer): string {
  const folder = join(directory, String(++files));
  mkdirSync(folder);
  const path = join(folder, 'documents.ndjson');
  writeFileSync(path, content);
  return path;
}

describe('recognising Elastic Defend documents', () => {
  const recognise = (text: string): string | undefined =>
    source.recognise({ name: 'x', lines: text.split('\n') })?.variant;

  it('knows each way the documents are written', () => {
    expect(recognise(lines(CLOSED))).toBe('document');
    expect(recognise(lines({ create: { _index: 'logs-endpoint' } }, STARTED))).toBe('document');
    expect(recognise(lines({ _index: 'x', _source: CLOSED }))).toBe('hit');
    expect(recognise(lines(flatten(CLOSED)))).toBe('document');
    expect(recognise(lines({ _id: '1', _source: flatten(CLOSED) }))).toBe('hit');
    expect(recognise(`\uFEFF${lines(CLOSED)}`)).toBe('document');
    expect(recognise(`broken\n\n{"a":\n${lines(CLOSED)}`)).toBe('document');
    expect(recognise(`[\n${JSON.stringify(CLOSED)},\n]`)).toBe('document');
    const others = lines(
      ...Array.from({ length: 5000 }, () => ({ '@timestamp': 1, event: { dataset: 'x' } })),
    );
    expect(recognise(others + lines(CLOSED))).toBe('document');
    const chosen = { '@timestamp': 1, process: { entity_id: 'e' }, event: { action: ['exec', 'end'] } };
    expect(recognise(lines(chosen))).toBe('document');
  });

  it('leaves other formats alone', () => {
    const others = [
      { '@timestamp': 1, event: { module: 'zeek', dataset: 'zeek.connection' }, source: { bytes: 1 } },
      {
        '@timestamp': 1,
        event: { dataset: 'auditbeat.process', action: 'exec' },
        process: { entity_id: 'e' },
      },
      {
        '@timestamp': 1,
        agent: { type: 'winlogbeat' },
        event: { action: 'exec' },
        process: { entity_id: 'e' },
      },
      { '@timestamp': 1, 'event.module': 'santa', 'event.action': 'exec', 'process.entity_id': 'e' },
      { schema_version: 1, event: { exec: {} }, process: {}, time: '2026' },
      { metadata: { vendor: 'Jamf' }, event: { exec: {} } },
      { traceID: 1, eventMessage: 'x', timestamp: '2026' },
      { ts: 1, uid: 'C1', 'id.orig_h': '10.0.0.1', conn_state: 'SF' },
      { class_uid: 4001, metadata: { version: '1.1.0' }, time: 1 },
      { name: 'pack', hostIdentifier: 'h', unixTime: 1, action: 'added', columns: {} },
      [CLOSED, CLOSED],
      'endpoint.events.network',
      null,
    ];
    for (const other of others) expect(recognise(lines(other))).toBeUndefined();
    expect(recognise('')).toBeUndefined();
  });
});

describeEngines('elastic-defend', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function land(content: string | Buffer): Promise<Landed> {
    const path = write(content);
    for (const table of ['flow_observations', 'process_observations', 'rejects', 'landed', 'batches'])
      await store.command(`TRUNCATE TABLE ${table}`);
    const landed = await landFile(store, { path, shown: path, explicit: true }, {});
    if ('reason' in landed) throw new Error(`skipped: ${landed.reason}`);
    expect(landed.source).toBe('elastic-defend');
    // Rows of a first try that did not fit are never used; here every row is looked at.
    for (const table of ['flow_observations', 'process_observations', 'rejects', 'landed'])
      await store.command(
        `ALTER TABLE ${table} DELETE WHERE attempt != {attempt:UInt64} SETTINGS mutations_sync = 2`,
        { attempt: landed.attempt },
      );
    return landed;
  }

  type Row = Record<string, unknown>;

  async function flows(...documents: readonly Json[]): Promise<Row[]> {
    await land(lines(...documents));
    return store.rows('SELECT * FROM flow_observations ORDER BY ts, state, record_id');
  }

  /** Lands one document per entry as one file; the rows come back in the order of the entries. */
  async function each(table: string, base: Json, overs: readonly Json[]): Promise<Row[]> {
    await land(
      lines(
        ...overs.map((over, index) => merge(merge(base, { user: { name: String(1000 + index) } }), over)),
      ),
    );
    const rows = await store.rows<Row>(
      `SELECT * REPLACE 'user7' AS user FROM ${table} ORDER BY ${table}.user`,
    );
    expect(rows).toHaveLength(overs.length);
    return rows;
  }

  const flowEach = (...overs: readonly Json[]): Promise<Row[]> => each('flow_observations', CLOSED, overs);
  const processEach = (...overs: readonly Json[]): Promise<Row[]> =>
    each('process_observations', STARTED, overs);
  const flow = async (over: Json): Promise<Row> => (await flowEach(over))[0]!;

  /** `kind reason lines` of everything, in order. */
  async function counts(): Promise<string[]> {
    const rows = await store.rows<{ kind: string; reason: string; lines: string }>(
      'SELECT kind, reason, sum(lines) AS lines FROM landed GROUP BY kind, reason ORDER BY kind, reason',
    );
    return rows.map(({ kind, reason, lines: sum }) => [kind, reason, sum].filter(Boolean).join(' '));
  }

  it('reads a closed connection', async () => {
    expect(await flow({})).toMatchObject(CLOSED_FLOW);
    expect(await counts()).toEqual(['flow 1']);
  });

  it('reads a process that starts', async () => {
    expect(await processEach({})).toMatchObject([EXEC_PROCESS]);
  });

  it('joins a connection to its process, its parent and its other document by the same keys', async () => {
    const attempt = merge(CLOSED, {
      '@timestamp': '2026-05-04T01:00:00Z',
      event: { id: 'event-0', action: 'connection_attempted', type: ['start'] },
      source: { bytes: undefined },
      destination: { bytes: undefined },
    });
    const parent = merge(STARTED, { process: { entity_id: 'entity-0', pid: 880 } });
    const [opened, closed] = await flows(CLOSED, attempt, STARTED, parent);
    expect(opened).toMatchObject({
      state: 'open',
      counter: 'none',
      start_ts: '2026-05-04T01:00:00.000000Z',
      end_ts: NEVER,
      bytes_out: null,
      bytes_in: null,
      flow_id: closed!['flow_id'],
    });
    expect(closed).toMatchObject(CLOSED_FLOW);
    expect(opened!['record_id']).not.toBe(closed!['record_id']);
    const processes = await store.rows<Row>('SELECT * FROM process_observations ORDER BY pid');
    expect(processes.map((row) => row['process_id'])).toEqual([
      closed!['parent_process_id'],
      closed!['process_id'],
    ]);
    expect(processes[1]!['parent_process_id']).toBe(processes[0]!['process_id']);
    expect(processes[1]!['responsible_process_id']).not.toBe('0');
  });

  it('reads hits, flattened keys, bulk bodies, Windows line ends, gzip and a missing last line end alike', async () => {
    const expected = ['process 1', 'flow 1'];
    const flat = [flatten(CLOSED), flatten(STARTED)];
    const variants: (string | Buffer)[] = [
      lines(CLOSED, STARTED),
      lines({ _index: 'i', _source: CLOSED }, { _index: 'i', _source: STARTED }),
      lines(...flat),
      lines(...flat.map((document) => ({ _id: 'x', _source: document }))),
      lines(CLOSED, STARTED).replaceAll('\n', '\r\n'),
      gzipSync(lines(CLOSED, STARTED)),
      lines(CLOSED, STARTED).trimEnd(),
    ];
    const all: Row[] = [];
    for (const variant of variants) {
      await land(variant);
      expect(await counts()).toEqual(expected);
      all.push((await store.rows<Row>('SELECT * EXCEPT attempt FROM flow_observations'))[0]!);
      expect((await store.rows<Row>('SELECT * FROM process_observations'))[0]).toMatchObject(EXEC_PROCESS);
    }
    for (const row of all) expect(row).toEqual(all[0]);
    await land(lines({ create: { _index: 'i' } }, CLOSED, { index: {} }, STARTED, { delete: { _id: '1' } }));
    expect(await counts()).toEqual(['ignored bulk_action 3', ...expected]);
  });

  it('closes an aggregated connection, with its start only where it is told', async () => {
    const both = {
      event: { action: ['connection_attempted', 'disconnect_received'], type: ['start', 'end'] },
    };
    const started = '2026-05-04T01:00:00.500000Z';
    const events = [
      {},
      { start: started },
      { duration: 3_456_789_000 },
      { start: '2027-01-01T00:00:00Z' },
      { start: 'x' },
      { duration: 2 ** 63 },
      { duration: -5 },
    ];
    const rows = await flowEach(...events.map((event) => merge(both, { event })));
    for (const row of rows) expect(row).toMatchObject({ ...CLOSED_FLOW, start_ts: row['start_ts'] });
    const counted = '2026-05-04T01:02:00.000000Z';
    expect(rows.map((row) => row['start_ts'])).toEqual([NEVER, started, counted, NEVER, NEVER, NEVER, NEVER]);
  });

  it('keeps the bytes the Mac sent apart from those it received, whoever opened the connection', async () => {
    const ingress = {
      event: { action: 'disconnect_received' },
      network: { direction: 'ingress' },
      source: { ip: '203.0.113.9', port: 61000, bytes: 111 },
      destination: { ip: '10.0.0.17', port: 22, bytes: 222, domain: 'mac.local' },
    };
    const expected = {
      direction: 'ingress',
      local_ip: '10.0.0.17',
      local_port: 22,
      remote_ip: '203.0.113.9',
      remote_port: 61000,
      remote_name: '',
      bytes_out: '222',
      bytes_in: '111',
    };
    const named = (base: Json, ...directions: readonly string[]): Json[] =>
      directions.map((direction) => merge(base, { network: { direction } }));
    const accepted = {
      event: { action: ['connection_accepted', 'disconnect_received'] },
      network: { direction: undefined },
    };
    const incoming = [...named(ingress, 'ingress', 'incoming', 'inbound'), merge(ingress, accepted)];
    for (const row of await flowEach(...incoming)) expect(row).toMatchObject(expected);
    for (const row of await flowEach(...named({}, 'egress', 'outgoing', 'outbound')))
      expect(row).toMatchObject(CLOSED_FLOW);
    expect(await flow({ network: undefined, source: { ip: '203.0.113.9' } })).toMatchObject({
      direction: 'unknown',
      bytes_out: '5000000000',
    });
  });

  it('gives no bytes rather than wrong ones', async () => {
    const wrong = [-1, 'many', null, [1], {}, 2 ** 60, 1e300];
    const rows = await flowEach(...wrong.map((bytes) => ({ source: { bytes } })));
    const none = { bytes_out: null, bytes_in: '40000', counter: 'final' };
    expect(rows).toMatchObject(wrong.map(() => none));
    const text = lines(CLOSED).replace('5000000000', '18446744073709551615');
    await land(text);
    expect(await store.rows('SELECT bytes_out FROM flow_observations')).toEqual([{ bytes_out: null }]);
    expect(await flow({ source: { bytes: 0 }, destination: { bytes: 2 ** 50 } })).toMatchObject({
      bytes_out: '0',
      bytes_in: String(2 ** 50),
    });
    expect(await flow({ source: { bytes: undefined }, destination: { bytes: undefined } })).toMatchObject({
      state: 'closed',
      counter: 'none',
      bytes_out: null,
    });
  });

  it('never takes an unreported signature for a missing one', async () => {
    expect(await flow({ process: { code_signature: undefined } })).toMatchObject({
      code_signed: -1,
      code_trusted: -1,
      code_subject: '',
      team_id: '',
    });
    const signature = { exists: false, trusted: null, subject_name: null, team_id: null, signing_id: null };
    expect(await flow({ process: { code_signature: signature } })).toMatchObject({
      code_signed: 0,
      code_trusted: -1,
      signing_id: '',
    });
  });

  it('tells forks, exits, running processes and aggregated lives apart', async () => {
    const action = (...names: readonly string[]): Json => ({
      event: { action: names.length > 1 ? names : names[0] },
    });
    const lived = merge(action('fork', 'exec', 'end'), { process: { start: '2026-05-04T01:00:00Z' } });
    expect(
      await processEach(
        action('fork'),
        action('end'),
        action('already_running'),
        action('fork', 'exec'),
        action('exec', 'end'),
        lived,
      ),
    ).toMatchObject([
      { process_event: 'fork', start_ts: AT, end_ts: NEVER },
      { process_event: 'exit', start_ts: NEVER, end_ts: AT },
      { process_event: 'seen', start_ts: NEVER, end_ts: NEVER },
      { process_event: 'exec', start_ts: AT, end_ts: NEVER },
      { process_event: 'exec', start_ts: NEVER, end_ts: AT },
      { process_event: 'exec', start_ts: '2026-05-04T01:00:00.000000Z', end_ts: AT },
    ]);
  });

  it('reads the session and odd users', async () => {
    const sessions = [
      { interactive: true },
      { interactive: false },
      { tty: { char_device: {} } },
      { tty: null },
    ];
    const rows = await processEach(...sessions.map((over) => ({ process: over })));
    expect(rows.map((row) => row['session'])).toEqual(['terminal', 'none', 'terminal', 'unknown']);
    const users = await processEach(
      { user: { id: 'S-1-5' } },
      { user: { id: 4294967294 } },
      { user: { id: -2 } },
    );
    expect(users.map((row) => row['uid'])).toEqual(['-1', '4294967294', '-2']);
  });

  it('takes the host from the next best field', async () => {
    const unnamed = { host: { id: undefined, name: 'MBP-7F2A.local' }, agent: { id: undefined } };
    expect(await flowEach({ host: { id: undefined } }, unnamed, { host: { name: undefined } })).toMatchObject(
      [
        { host_id: 'agent-1', host_name: 'mbp-7f2a' },
        { host_id: 'mbp-7f2a.local', host_name: 'MBP-7F2A.local' },
        { host_id: 'HOST-1', host_name: 'MBP-7F2A' },
      ],
    );
  });

  it('identifies flows without an entity id by pid and name, and no process', async () => {
    const nobody = { process: { entity_id: undefined, parent: undefined } };
    const differing: Json[] = [
      { process: { pid: 901 } },
      { process: { name: 'Other' } },
      { source: { port: 50124 } },
      { destination: { ip: '198.51.100.8' } },
      { network: { transport: 'udp' } },
      { host: { id: 'HOST-2' } },
    ];
    const rows = await flowEach(...[{}, {}, ...differing].map((over) => merge(nobody, over)));
    expect(rows[0]).toMatchObject({ process_id: '0', parent_process_id: '0', bytes_out: '5000000000' });
    expect(rows[1]!['flow_id']).toBe(rows[0]!['flow_id']);
    expect(new Set(rows.map((row) => row['flow_id'])).size).toBe(1 + differing.length);
    expect(await flow({ source: { port: 70_000 }, destination: { port: -1 } })).toMatchObject({
      local_port: 0,
      remote_port: 0,
    });
  });

  it('counts what it leaves out, with the reason', async () => {
    const landed = await land(
      lines(
        CLOSED,
        merge(CLOSED, { event: { action: 'lookup_result' } }),
        merge(CLOSED, { event: { action: 'http_request' } }),
        merge(CLOSED, { event: { category: 'file', dataset: 'endpoint.events.file', action: 'creation' } }),
        merge(STARTED, { event: { kind: 'alert', category: ['malware', 'process'] } }),
        merge(STARTED, { event: { action: 'uid_change' } }),
        merge(CLOSED, { host: { os: { type: 'windows' } } }),
      ) + '\r\n  \n',
    );
    expect(landed).toMatchObject({ lines: 9, accepted: 9, rejected: 0 });
    expect(await counts()).toEqual([
      'ignored blank_line 2',
      'ignored dns 1',
      'ignored network_action 1',
      'ignored not_macos 1',
      'ignored not_network_or_process 2',
      'ignored process_action 1',
      'flow 1',
    ]);
  });

  it('rejects what it cannot read, with the reason and the line', async () => {
    const bad = [
      '{"@timestamp":"2026-05-04T01:02:03Z","event":{"cat',
      '[1,2]',
      '"text"',
      lines(merge(CLOSED, { '@timestamp': undefined })).trimEnd(),
      lines(merge(CLOSED, { '@timestamp': 'yesterday' })).trimEnd(),
      lines(merge(CLOSED, { '@timestamp': '9999-01-01T00:00:00Z' })).trimEnd(),
      lines(merge(CLOSED, { '@timestamp': 5 })).trimEnd(),
      lines(
        merge(CLOSED, {
          process: { entity_id: undefined, pid: undefined },
          source: undefined,
          destination: undefined,
        }),
      ).trimEnd(),
      `{${' '.repeat(5000)}`,
      // simdjson reads no integer beyond 64 bits, and then nothing of the line
      lines(merge(CLOSED, { source: { bytes: 2 ** 64 } })).trimEnd(),
      '{"a":"\\ud800',
    ];
    const landed = await land(`${[lines(CLOSED).trimEnd(), ...bad].join('\n')}\n`);
    expect(landed).toMatchObject({ lines: 12, accepted: 1, rejected: 11 });
    expect(await counts()).toEqual([
      'reject incomplete_flow 1',
      'reject invalid_json 4',
      'reject no_timestamp 4',
      'reject not_an_object 2',
      'flow 1',
    ]);
    const raws = await store.rows<{ raw: string }>('SELECT raw FROM rejects');
    expect(raws.map(({ raw }) => raw).sort()).toEqual(bad.map((line) => line.slice(0, 2000)).sort());
  });

  it('takes the side of a connection without a direction from the addresses of the Mac', async () => {
    const received = {
      network: { direction: undefined },
      source: { ip: '203.0.113.9', port: 61000, bytes: 600_000_000 },
      destination: { ip: '198.51.100.20', port: 22, bytes: 120 },
    };
    const ingress = { direction: 'ingress', bytes_out: '120', bytes_in: '600000000', remote_port: 61000 };
    const rows = await flowEach(
      merge(received, { host: { ip: ['fe80::1', '198.51.100.20'] } }),
      merge(received, { host: { ip: '198.51.100.20' } }),
      merge(received, { destination: { ip: '10.0.0.17' } }),
      merge(received, { host: { ip: ['203.0.113.9'] } }),
      merge(received, { source: { ip: '192.168.4.2' } }),
      merge(received, { host: { ip: ['203.0.113.99'] } }),
    );
    const egress = { direction: 'egress', bytes_out: '600000000', bytes_in: '120' };
    expect(rows).toMatchObject([ingress, ingress, ingress, egress, egress, { direction: 'unknown' }]);
  });

  it('takes an address where there is no ip, and a name for a name', async () => {
    const rows = await flowEach(
      {
        source: { ip: undefined, address: '10.0.0.17' },
        destination: { ip: undefined, address: '10.9.9.9' },
      },
      { destination: { ip: undefined, domain: undefined, address: 'Files.Example.COM' } },
      { destination: { ip: '198.51.100.7', address: '203.0.113.1' } },
    );
    expect(rows).toMatchObject([
      { local_ip: '10.0.0.17', remote_ip: '10.9.9.9' },
      { remote_ip: '', remote_name: 'files.example.com' },
      { remote_ip: '198.51.100.7', remote_name: 'files.example.com' },
    ]);
  });

  it('reads every spelling beside every other, document by document', async () => {
    const half = (...names: readonly string[]): ((document: Json) => Json) => {
      return (document) => {
        const flat = flatten(document);
        const moved = Object.keys(flat).filter((key) => names.some((name) => key.startsWith(`${name}.`)));
        const rest = names.reduce<Json>((left, name) => merge(left, { [name]: undefined }), document);
        return { ...rest, ...Object.fromEntries(moved.map((key) => [key, flat[key]])) };
      };
    };
    const spelled: readonly ((document: Json) => unknown)[] = [
      (document) => document,
      flatten,
      half('event'),
      half('source', 'destination'),
      half('process', 'host'),
      ({ process, ...rest }) => ({ ...rest, process: flatten(process as Json) }),
      ({ host, ...rest }) => {
        const { os, ...others } = host as Json;
        return { ...rest, host: others, 'host.os': os };
      },
      (document) => ({ _index: 'i', _source: document }),
      (document) => ({ _id: '1', _source: half('event', 'user')(document) }),
    ];
    const hosts = spelled.map((_, index) => ({ host: { id: `HOST-${index}` } }));
    for (const first of [0, 1, 7]) {
      const order = [...spelled.slice(first), ...spelled.slice(0, first)];
      await land(
        lines(
          ...order.flatMap((spell, at) => [
            spell(merge(CLOSED, hosts[at]!)),
            spell(merge(STARTED, hosts[at]!)),
          ]),
        ),
      );
      expect(await counts()).toEqual([`process ${spelled.length}`, `flow ${spelled.length}`]);
      const flows = await store.rows<Row>("SELECT * REPLACE 'HOST-1' AS host_id FROM flow_observations");
      for (const row of flows) expect(row).toMatchObject(CLOSED_FLOW);
      const processes = await store.rows<Row>(
        "SELECT * REPLACE 'HOST-1' AS host_id FROM process_observations",
      );
      for (const row of processes) expect(row).toMatchObject(EXEC_PROCESS);
    }
    const broken = await store.rows(
      'SELECT count() AS n FROM (SELECT attempt FROM batches GROUP BY attempt)',
    );
    expect(broken).toEqual([{ n: '1' }]);
  });

  it('reads an array that has a document a line', async () => {
    const [first, second, third] = [CLOSED, STARTED, CLOSED].map((document) => JSON.stringify(document));
    await land(`[\n${first},\n${second},\n${third}\n]\n`);
    expect(await counts()).toEqual(['ignored array_bracket 2', 'process 1', 'flow 2']);
    await land(`[${first},\n${second}]\n`);
    expect(await counts()).toEqual(['process 1', 'flow 1']);
  });

  it('knows a Mac by any field that tells the system, and leaves other systems out', async () => {
    const macs = ['macos', 'macOS', 'darwin', 'Mac OS X'].map((type) => ({ host: { os: { type } } }));
    const untold = { host: { os: { type: undefined } } };
    const told = [
      { platform: 'darwin' },
      { family: 'macos' },
      { name: 'macOS' },
      { full: 'macOS 15.1' },
      { kernel: 'Darwin Kernel Version 24.1.0' },
      { kernel: '24.1.0' },
    ].map((os) => merge(untold, { host: { os } }));
    await flowEach(...macs, ...told, untold, { host: { os: undefined } });
    const others = [
      { platform: 'ubuntu', family: 'debian' },
      { family: 'windows' },
      { name: 'Windows Server 2022' },
      { full: 'Ubuntu 24.04' },
      { kernel: 'Linux version 6.8.0' },
    ].map((os) => merge(merge(CLOSED, untold), { host: { os } }));
    const windows = merge(merge(CLOSED, untold), { process: { executable: 'C:\\Windows\\curl.exe' } });
    await land(lines(CLOSED, ...others, windows));
    expect(await counts()).toEqual(['ignored not_macos 6', 'flow 1']);
  });

  it('does not take documents of other data sets for its own', async () => {
    const other = merge(STARTED, { event: { dataset: 'jamf_protect.telemetry', module: 'jamf_protect' } });
    await land(lines(STARTED, other, merge(other, { event: { dataset: undefined } })));
    expect(await counts()).toEqual(['ignored other_dataset 2', 'process 1']);
  });

  it('reads documents with escapes that strict parsers refuse', async () => {
    const text = (args: string): string =>
      lines(merge(STARTED, { process: { args: ['@@'] } })).replace('@@', () => args);
    const cases: readonly (readonly [string, string])[] = [
      ['\\ud800', '\ufffd'],
      ['a\\uDFFFb\\ud83d', 'a\ufffdb\ufffd'],
      ['\\ud83d\\ude00', '\u{1F600}'],
      ['\\\\ud800 \\ud800', '\\ud800 \ufffd'],
      ['\\x41\\u12', '\\x41\\u12'],
      ['a\u0001b', 'a b'],
    ];
    for (const [written, read] of cases) {
      await land(lines(CLOSED) + text(written));
      expect(await store.rows('SELECT args FROM process_observations')).toEqual([{ args: [read] }]);
    }
    await land(Buffer.from(lines(CLOSED) + text('a\u00ffb'), 'latin1'));
    expect(await store.rows('SELECT args FROM process_observations')).toEqual([{ args: ['a\ufffdb'] }]);
  });

  it('recognises a file whose first record is huge', async () => {
    const huge = merge(STARTED, { event: { dataset: 'other.log' }, message: 'x'.repeat(600_000) });
    await land(lines(huge, CLOSED));
    expect(await counts()).toEqual(['ignored other_dataset 1', 'flow 1']);
  });

  it('carries hostile text unchanged', async () => {
    const hostile = `\u001b[31m'; DROP TABLE landing; --\n\t"\\ \u0000 \u202e {lines} {host:String} \u{1F4A3}`;
    expect(
      await flow({ process: { name: hostile }, destination: { domain: `A${hostile}..` } }),
    ).toMatchObject({
      name: hostile,
      remote_name: `a${hostile.toLowerCase()}`,
    });
    expect(await processEach({ process: { args: [hostile, ''], executable: hostile } })).toMatchObject([
      { args: [hostile, ''], executable: hostile },
    ]);
  });
});
