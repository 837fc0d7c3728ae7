import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detect } from '../support/detect.js';
import { type Finding } from '../../src/ground/finding.js';
import { SEVERITIES } from '../../src/ground/vocabulary.js';
import { WITHHOLDABLE, type Withheld } from '../../src/simulate/event.js';
import { describeEngines, type TestEngine } from '../support/engines.js';
import {
  everydayFleet,
  flowOf,
  mac,
  processOf,
  signedBy,
  withStories,
  writeTelemetry,
  type Story,
} from '../support/telemetry.js';
import { PAIRS } from './pairs.js';

const HOSTS = 20;
const MEDIUM = SEVERITIES.indexOf('medium');

const directory = mkdtempSync(join(tmpdir(), 'outflow-pairs-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const CONFIG = `
organisation:
  domains: [corp.example]
approvals:
  - { name: inside, executable: "*/rclone", hosts: [MAC-10], destinations: [bucket-10.s3.amazonaws.com],
      max_bytes_out_per_day: 5000000000, owner: data platform, reason: training set, expires: 2026-12-31 }
  - { name: above, executable: "*/rclone", hosts: [MAC-11], destinations: [bucket-11.s3.amazonaws.com],
      max_bytes_out_per_day: 1000000000, owner: data platform, reason: training set, expires: 2026-12-31 }
  - { name: expired, executable: "*/rclone", hosts: [MAC-12], destinations: [bucket-12.s3.amazonaws.com],
      max_bytes_out_per_day: 5000000000, owner: data platform, reason: training set, expires: 2026-03-01 }
  - { name: elsewhere, executable: "*/rclone", hosts: [MAC-13], destinations: [bucket-10.s3.amazonaws.com],
      owner: data platform, reason: training set, expires: 2026-12-31 }
`;

/** rclone on four Macs, each to a bucket of its own; a proxy client that only runs, and a tunnel that hardly sends. */
function tools(): Story[] {
  const copies = [10, 11, 12, 13].map((number): Story => {
    const host = mac(number);
    const rclone = processOf(host, '/opt/homebrew/bin/rclone', {
      args: ['rclone', 'copy', `/Users/${host.user}/data`, 'team:bucket'],
      signing: { ...signedBy.nobody, signer: 'ad_hoc', signingId: 'a.out', cdhash: 'cc'.repeat(20) },
    });
    const to = { remoteName: `bucket-${number}.s3.amazonaws.com`, remoteIp: `52.216.${number}.1` };
    return {
      host,
      processes: [rclone],
      flows: [flowOf(rclone, { ...to, bytesOut: 2_000_000_000, bytesIn: 1_000_000 })],
    };
  });
  const idle = mac(14);
  const proxy = processOf(idle, '/Applications/Honeygain.app/Contents/MacOS/Honeygain', {
    signing: signedBy.developer('com.honeygain.desktop', 'EXAMPLE777'),
  });
  const quiet = mac(15);
  const tunnel = processOf(quiet, '/usr/local/bin/ngrok', {
    args: ['ngrok', 'http', '80'],
    signing: signedBy.nobody,
  });
  return [
    ...copies,
    { host: idle, processes: [proxy], flows: [] },
    {
      host: quiet,
      processes: [tunnel],
      flows: [flowOf(tunnel, { remoteName: 'connect.example.org', bytesOut: 9_000, bytesIn: 70_000 })],
    },
  ];
}

const fleet = everydayFleet(HOSTS);
const stories = {
  benign: withStories(
    fleet,
    PAIRS.map(({ benign }, index) => benign(mac(index + 1))),
  ),
  attack: withStories(fleet, [...PAIRS.map(({ attack }, index) => attack(mac(index + 1))), ...tools()]),
};

async function run(
  { id, newTarget }: TestEngine,
  kind: keyof typeof stories,
  withhold: readonly Withheld[] = [],
): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(directory, `${kind}-`));
  const config = join(folder, 'outflow.yaml');
  const telemetry = join(folder, 'telemetry');
  writeFileSync(config, CONFIG);
  writeTelemetry(telemetry, stories[kind], { withhold });
  const store = id === 'chdb' ? undefined : newTarget();
  const result = await detect({ paths: [telemetry], config, store, now: '2026-03-10T00:00:00.000Z' });
  return result.findings;
}

const hostOf = (index: number): string => mac(index + 1).name;
const on = (findings: readonly Finding[], host: string): Finding | undefined =>
  findings.find((finding) => finding.host.name === host);
const level = (finding: Finding | undefined): number =>
  finding === undefined ? -1 : SEVERITIES.indexOf(finding.severity);
const ids = (finding: Finding | undefined): string[] => finding?.indicators.map(({ id }) => id) ?? [];

describeEngines('benign and attack differ by one thing', (engine) => {
  let benign: readonly Finding[];
  let attack: readonly Finding[];
  beforeAll(async () => {
    benign = await run(engine, 'benign');
    attack = await run(engine, 'attack');
  });

  it.each(PAIRS.map((pair, index) => ({ ...pair, host: hostOf(index) })))(
    '$name ($field)',
    ({ host, program, indicators }) => {
      expect(level(on(benign, host))).toBeLessThan(MEDIUM);
      const found = on(attack, host);
      expect(level(found)).toBeGreaterThanOrEqual(MEDIUM);
      expect(found?.process.executable?.split('/').at(-1)).toBe(program);
      expect(ids(found)).toEqual(expect.arrayContaining([...indicators]));
    },
  );

  it('leaves the everyday fleet alone', () => {
    const busy = new Set([...PAIRS.keys()].map(hostOf));
    expect(benign.filter(({ host }) => !busy.has(host.name))).toEqual([]);
  });

  it('keeps an approved upload inside its bounds, as approved', () => {
    const found = on(attack, 'MAC-10');
    expect(found).toMatchObject({ state: 'approved', severity: 'informational' });
    expect(found?.summary).toContain('Approved as "inside" by data platform: training set.');
    expect(found?.risk).toBeLessThan(25);
    expect(ids(found)).toContain('volume');
  });

  it.each([
    ['MAC-11', 'It allows 1 GB a day; 2 GB left on one.'],
    ['MAC-12', 'It expired on 2026-03-01.'],
    ['MAC-13', 'It does not cover bucket-13.s3.amazonaws.com.'],
  ])('an approval does not cover what exceeds it: %s, %s', (host, reason) => {
    const found = on(attack, host);
    expect(found?.state).toBe('open');
    expect(level(found)).toBeGreaterThanOrEqual(MEDIUM);
    expect(found?.summary).toContain(reason);
    // What an approval does not cover is judged as if there were none.
    expect(found?.risk).toBe(on(attack, 'MAC-11')?.risk);
  });

  it('tells of the start of a proxy tool that has sent nothing yet', () => {
    const found = on(attack, 'MAC-14');
    expect(found).toMatchObject({
      severity: 'informational',
      state: 'open',
      bytes_out: 0,
      connections: 0,
      destinations: [],
      first_seen: '2026-03-02T01:00:00.000Z',
    });
    expect(ids(found)).toContain('known_tool');
    expect(found?.title).toContain('has sent nothing');
  });

  it('does not say of a tool that has sent little that it has sent nothing', () => {
    const found = on(attack, 'MAC-15');
    expect(found).toMatchObject({ severity: 'informational', bytes_out: 9_000, connections: 1 });
    expect(found?.title).toContain('9 kB');
    expect(found?.title).not.toContain('sent nothing');
  });
});

/** What attack and everyday story differ in is this very field: without it, they are the same data. */
const NOTHING_LEFT: Readonly<Partial<Record<Withheld, readonly string[]>>> = {
  domain: ['a sync client', 'a browser'],
};

describe('an attack of which one field is missing', () => {
  const twins = new Map<Withheld | 'nothing', readonly Finding[]>();
  const engine: TestEngine = {
    id: 'chdb',
    open: () => Promise.reject(new Error('unused')),
    newTarget: () => '',
  };
  beforeAll(async () => {
    twins.set('nothing', await run(engine, 'attack'));
    for (const field of WITHHOLDABLE) twins.set(field, await run(engine, 'attack', [field]));
  });

  const cases = WITHHOLDABLE.flatMap((field) =>
    PAIRS.map(({ name }, index) => ({ field, name, host: hostOf(index) })).filter(
      ({ name }) => NOTHING_LEFT[field]?.includes(name) !== true,
    ),
  );

  it.each(cases)('is still found without $field: $name', ({ field, host }) => {
    const whole = on(twins.get('nothing')!, host)!;
    const twin = on(twins.get(field)!, host);
    expect(twin?.process.executable).toBe(whole.process.executable);
    expect(twin?.confidence).toBeLessThanOrEqual(whole.confidence);
    expect(twin?.risk).toBeLessThanOrEqual(whole.risk);
  });

  it('is less certain without signing facts', () => {
    for (const finding of twins.get('signing')!.filter(({ connections }) => connections > 0)) {
      expect(finding.process.signing.signer).toBe('unknown');
      expect(ids(finding)).not.toContain('signer');
      expect(finding.confidence, finding.title).toBeLessThan(
        on(twins.get('nothing')!, finding.host.name)!.confidence,
      );
    }
  });
});
