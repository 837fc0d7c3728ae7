import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detect } from '../support/detect.js';
import type { DetectResult, Finding } from '../../src/ground/finding.js';
import { describeEngines, type TestEngine } from '../support/engines.js';
import {
  everydayFleet,
  flowOf,
  HOUR,
  mac,
  MONDAY,
  processOf,
  signedBy,
  withStories,
  writeTelemetry,
  type Story,
} from '../support/telemetry.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-sources-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const HOSTS = 6;
const UPDATER = '/Users/Shared/.cache/updater';

/** An unsigned program, started by a script in a hidden folder, that sends 12 GB in a day to a place nobody knows. */
function upload(): Story {
  const host = mac(3);
  const script = processOf(host, '/bin/sh', {
    args: ['sh', '/Users/Shared/.cache/run.sh'],
    script: '/Users/Shared/.cache/run.sh',
    signing: signedBy.apple('com.apple.sh'),
  });
  const updater = processOf(host, UPDATER, {
    args: [UPDATER, '--all'],
    parent: script,
    signing: signedBy.nobody,
    start: MONDAY + 2 * HOUR,
  });
  const to = { remoteName: 'files.rare-place.example', remoteIp: '203.0.3.77' };
  const flows = [
    flowOf(updater, {
      ...to,
      start: MONDAY + 3 * HOUR,
      end: MONDAY + 19 * HOUR,
      bytesOut: 12_000_000_000,
      bytesIn: 30_000_000,
    }),
  ];
  return { host, processes: [script, updater], flows };
}

const stories = withStories(everydayFleet(HOSTS), [upload()]);

function telemetryOf(...sources: readonly string[]): string {
  const folder = mkdtempSync(join(directory, 'fleet-'));
  writeTelemetry(folder, stories, { sources });
  return folder;
}

function run({ id, newTarget }: TestEngine, path: string): Promise<DetectResult> {
  const store = id === 'chdb' ? undefined : newTarget();
  return detect({ paths: [path], store, now: '2026-03-10T00:00:00.000Z' });
}

const only = (result: DetectResult): Finding => {
  expect(result.findings.map(({ title }) => title)).toHaveLength(1);
  return result.findings[0]!;
};

/** The kernel prints durations in milliseconds. */
const SENT = {
  bytes_out: 12_000_000_000,
  bytes_in: 30_000_000,
  connections: 1,
  max_duration_s: expect.closeTo(16 * 3600, 1) as number,
  open: false,
};

describeEngines('the same upload, seen by', (engine) => {
  let agent: DetectResult;
  beforeAll(async () => {
    agent = await run(engine, telemetryOf('elastic-defend'));
  });

  it('an endpoint agent: the process and the destination are known', () => {
    const finding = only(agent);
    expect(finding).toMatchObject({ ...SENT, host: { id: mac(3).id, name: 'MAC-03' }, user: 'user3' });
    expect(finding.process).toMatchObject({
      executable: UPDATER,
      args: [UPDATER, '--all'],
      signing: { signer: 'unsigned' },
      parent: { executable: '/bin/sh' },
      ancestry: ['/bin/sh', '/sbin/launchd'],
    });
    expect(finding.destinations[0]).toMatchObject({ name: 'files.rare-place.example', ip: ['203.0.3.77'] });
  });

  it('a network sensor alone: the finding says that the process is unknown', async () => {
    const finding = only(await run(engine, telemetryOf('zeek-conn')));
    expect(finding).toMatchObject({ host: { name: '10.20.0.3' }, user: null });
    // Nobody can tell the programs of this Mac apart: what all of them sent, and where to.
    expect(finding.bytes_out).toBeGreaterThan(SENT.bytes_out);
    expect(finding.max_duration_s).toEqual(SENT.max_duration_s);
    expect(finding.process).toMatchObject({
      executable: null,
      name: 'unknown',
      actor: 'unknown',
      pid: [],
      signing: { signer: 'unknown', team_id: null },
    });
    expect(finding.title).toContain('nknown process');
    expect(finding.summary).toContain('unknown');
    expect(finding.indicators.map(({ group }) => group)).not.toContain('identity');
    expect(finding.destinations[0]).toMatchObject({
      name: null,
      ip: ['203.0.3.77'],
      port: 443,
      bytes_out: SENT.bytes_out,
      bytes_in: SENT.bytes_in,
      connections: 1,
    });
    expect(finding.confidence).toBeLessThan(only(agent).confidence);
    expect(finding.risk).toBeLessThan(only(agent).risk);
  });

  it('both: it counts once, and the finding is the one that names the process', async () => {
    const both = await run(engine, telemetryOf('elastic-defend', 'zeek-conn'));
    expect(Object.keys(both.input.by_source)).toEqual(['elastic-defend', 'zeek-conn']);
    expect(both.findings).toEqual(agent.findings);
  });

  it("the Mac's own log and process events, under file names of either case: one host, one process", async () => {
    const folder = telemetryOf('eslogger', 'unified-log');
    for (const file of readdirSync(folder)) {
      if (file.endsWith('.eslogger.jsonl')) renameSync(join(folder, file), join(folder, file.toLowerCase()));
    }
    const result = await run(engine, folder);
    expect(result.input).toMatchObject({ hosts: HOSTS, rejected: 0 });
    const finding = only(result);
    expect(finding).toMatchObject({ ...SENT, host: { name: 'MAC-03' } });
    expect(finding.process).toMatchObject({
      executable: UPDATER,
      args: [UPDATER, '--all'],
      signing: { signer: 'unsigned' },
      parent: { executable: '/bin/sh' },
    });
  });

  it('all of them: still one upload of one process on one host', async () => {
    const result = await run(engine, telemetryOf('elastic-defend', 'eslogger', 'unified-log', 'zeek-conn'));
    const finding = only(result);
    expect(finding).toMatchObject({ ...SENT, host: { id: mac(3).id, name: 'MAC-03' } });
    expect(finding.process).toMatchObject({ executable: UPDATER, signing: { signer: 'unsigned' } });
    expect(finding.process.pid).toHaveLength(1);
    expect(finding.risk).toBeGreaterThanOrEqual(65);
  });
});
