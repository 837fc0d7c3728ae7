import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Store } from '../../src/store/store.js';
import { openStore } from '../../src/service/open-store.js';
import { SEVERITIES } from '../../src/ground/vocabulary.js';
import { everydayFleet, mac, MONDAY, withStories, writeTelemetry } from '../support/telemetry.js';
import { resultContract } from '../detect/contract.js';
import { PAIRS } from '../detect/pairs.js';
import { COMMAND } from '../support/command.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-command-'));
const place = (name: string): string => join(directory, name);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The whole command, as a user types it. */
function outflow(args: readonly string[], input?: Buffer): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: directory });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
    child.once('error', fail);
    child.once('close', (code) => {
      done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(error).toString() });
    });
    // A command that refuses its options does not wait for what is piped into it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

type Result = z.infer<typeof resultContract>;
const parse = (stdout: string): Result => resultContract.parse(JSON.parse(stdout));

describe('outflow detect', () => {
  beforeAll(() => {
    const fleet = everydayFleet(8);
    const attacks = PAIRS.slice(0, 6).map(({ attack }, index) => attack(mac(index + 1)));
    writeTelemetry(place('fleet'), withStories(fleet, attacks));
    writeTelemetry(place('quiet'), fleet.slice(0, 2));
  });

  it('writes the contract, worst first, and leaves with 1 when a finding reaches --fail-on', async () => {
    const { code, stdout, stderr } = await outflow([
      'detect',
      'fleet',
      '--format',
      'json',
      '--fail-on',
      'medium',
    ]);
    expect(code).toBe(1);
    const result = parse(stdout);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(stderr).not.toContain('    at ');
    expect(result.input).toMatchObject({ files: 1, rejected: 0, hosts: 8 });
    expect(result.findings.length).toBeGreaterThanOrEqual(6);

    const order = result.findings.map(({ risk, id }) => [100 - risk, id] as const);
    expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)));
    expect(new Set(result.findings.map(({ id }) => id)).size).toBe(result.findings.length);
    for (const finding of result.findings) {
      const sum = finding.indicators.reduce((all, { points }) => all + points, 0);
      expect(sum, finding.title).toBe(finding.risk);
      const steps = [25, 45, 65, 85].filter((step) => finding.risk >= step).length;
      expect(finding.severity, finding.title).toBe(SEVERITIES[steps]);
      expect(new Set(finding.indicators.map(({ id }) => id)).size).toBe(finding.indicators.length);
      expect(finding.indicators.some(({ group }) => group === 'behaviour')).toBe(true);
      expect(finding.indicators.some(({ group }) => group !== 'behaviour')).toBe(true);
      expect(Date.parse(finding.first_seen)).toBeLessThanOrEqual(Date.parse(finding.last_seen));
      expect(finding.evidence).toEqual({
        flows: finding.connections,
        sources: ['elastic-defend'],
        files: ['fleet.elastic.ndjson'],
      });
      const days = finding.days.reduce((all, { bytes_out }) => all + bytes_out, 0);
      expect(Math.abs(days - finding.bytes_out), finding.title).toBeLessThanOrEqual(finding.days.length);
    }
  });

  it('states exact figures: bytes, seconds, bytes a second', async () => {
    const { stdout } = await outflow(['detect', 'fleet', '--format', 'ndjson', '--min-severity', 'medium']);
    const findings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Result['findings'][number]);
    const held = findings.find(({ host }) => host.name === 'MAC-01');
    // Two in the morning to ten in the evening of the next day, 160 MB: a kilobyte a second.
    expect(held).toMatchObject({
      first_seen: new Date(MONDAY + 2 * 3_600_000).toISOString(),
      last_seen: new Date(MONDAY + 46 * 3_600_000).toISOString(),
      open: false,
      bytes_out: 160_000_000,
      bytes_in: 20_000,
      connections: 1,
      max_duration_s: 158_400,
      peak_rate_bps: 1010,
      sustained_rate_bps: 1010,
    });
    expect(held?.destinations).toEqual([
      {
        name: 'files.rare-01.example',
        ip: ['203.0.1.77'],
        port: 443,
        transport: 'tcp',
        scope: 'external',
        bytes_out: 160_000_000,
        bytes_in: 20_000,
        connections: 1,
        fleet_hosts: 1,
      },
    ]);
    expect(held?.days.map(({ day, bytes_out }) => [day, bytes_out])).toEqual([
      ['2026-03-02', 80_000_000],
      ['2026-03-03', 80_000_000],
    ]);
    for (const { severity } of findings) expect(SEVERITIES.indexOf(severity)).toBeGreaterThanOrEqual(2);
  });

  it('judges only what was recorded in the window', async () => {
    const early = await outflow(['detect', 'fleet', '--format', 'json', '--until', '2026-03-02T08:00:00Z']);
    expect(early.code).toBe(0);
    const before = parse(early.stdout);
    expect(before.findings.filter(({ bytes_out }) => bytes_out > 0)).toEqual([]);
    const late = await outflow(['detect', 'fleet', '--format', 'json', '--since', '2026-03-03T00:00:00Z']);
    const after = parse(late.stdout);
    expect(after.findings.map(({ host }) => host.name)).toEqual(['MAC-01']);
  });

  it('leaves with 0 when nothing reaches --fail-on, also from a pipe and compressed', async () => {
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(place('quiet/fleet.elastic.ndjson'));
    const { code, stdout } = await outflow(
      ['detect', '-', '--format', 'json', '--fail-on', 'informational'],
      gzipSync(text),
    );
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ findings: [], input: { hosts: 2, rejected: 0 } });
  });
});

describe('outflow detect, asked for what it cannot do', () => {
  let server: Server;
  let held: Store;
  let deaf = '';
  beforeAll(async () => {
    mkdirSync(place('nothing'), { recursive: true });
    writeTelemetry(place('some'), everydayFleet(1));
    writeFileSync(place('junk.bin'), Buffer.from([0, 255, 1, 254, 10, 0, 13, 10]));
    writeFileSync(place('empty.ndjson'), '');
    writeFileSync(place('broken.yaml'), 'detection:\n  volume_day_bytes: [1\n');
    writeFileSync(place('wrong.yaml'), 'detection:\n  volume_day_bytes: many\n');
    writeFileSync(place('unknown.yaml'), 'detection:\n  volume: 1\n');
    held = await openStore(place('held'));
    // Takes the connection and hangs up: no ClickHouse.
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    deaf = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(async () => {
    server.close();
    await held.close();
  });

  const CASES: readonly (readonly [
    what: string,
    args: () => readonly string[],
    code: number,
    says: () => RegExp,
  ])[] = [
    ['an unknown option', () => ['some', '--frobnicate'], 2, () => /--frobnicate/],
    ['an unknown format of output', () => ['some', '--format', 'xml'], 2, () => /xml/],
    ['an unknown source', () => ['some', '--source', 'syslog'], 2, () => /syslog/],
    ['an unknown severity', () => ['some', '--fail-on', 'severe'], 2, () => /severe/],
    ['no time', () => ['some', '--since', 'yesterday'], 2, () => /yesterday.*ISO 8601/],
    ['no path', () => [], 2, () => /path/],
    ['a configuration that is not there', () => ['some', '--config', 'no.yaml'], 2, () => /no\.yaml/],
    [
      'a configuration that is no YAML',
      () => ['some', '--config', 'broken.yaml'],
      2,
      () => /broken\.yaml:[23]/,
    ],
    [
      'a configuration with a wrong value',
      () => ['some', '--config', 'wrong.yaml'],
      2,
      () => /wrong\.yaml.*detection\.volume_day_bytes/,
    ],
    [
      'a configuration with an unknown name',
      () => ['some', '--config', 'unknown.yaml'],
      2,
      () => /unknown\.yaml.*volume/,
    ],
    ['a path that is not there', () => ['no-such-folder'], 3, () => /no-such-folder/],
    ['a folder without files', () => ['nothing'], 3, () => /nothing/],
    ['an empty file', () => ['empty.ndjson'], 3, () => /empty\.ndjson/],
    ['a file of no known format', () => ['junk.bin'], 3, () => /junk\.bin/],
    [
      'a file of another format than told',
      () => ['some/fleet.elastic.ndjson', '--source', 'zeek-conn'],
      3,
      () => /fleet\.elastic\.ndjson.*zeek-conn/,
    ],
    [
      'a server that does not answer',
      () => ['some', '--store', deaf],
      4,
      () => new RegExp(deaf.replaceAll('.', '\\.')),
    ],
    ['a store in use', () => ['some', '--store', 'held'], 4, () => new RegExp(`held.*${process.pid}`)],
    ['a store that is a file', () => ['some', '--store', 'junk.bin'], 4, () => /junk\.bin/],
  ];

  it.each(CASES)('says so in one line: %s', async (_what, args, code, says) => {
    const outcome = await outflow(['detect', ...args()]);
    expect(outcome.code, outcome.stderr).toBe(code);
    expect(outcome.stdout).toBe('');
    const lines = outcome.stderr
      .trim()
      .split('\n')
      .filter((line) => !/^\(see outflow/.test(line));
    const said = lines.filter((line) => /^(?:outflow: OF_|error: )/.test(line));
    expect(said, outcome.stderr).toHaveLength(1);
    expect(lines.at(-1)).toBe(said[0]);
    expect(said[0]).toMatch(says());
    expect(outcome.stderr).not.toContain('    at ');
  });
});
