import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import type { Withheld } from '../../src/simulate/event.js';
import { simulate } from '../../src/simulate/simulate.js';
import type { Truth } from '../../src/simulate/truth.js';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

function run(
  more: { seed?: string; sources?: readonly string[]; withhold?: readonly Withheld[]; out?: string } = {},
): { out: string; truth: Truth } {
  const out = more.out ?? mkdtempSync(join(tmpdir(), 'outflow-test-'));
  made.push(out);
  const truth = simulate({
    hosts: 3,
    days: 1,
    seed: more.seed ?? 'bytes',
    start: Date.parse('2026-03-02T00:00:00Z'),
    intensity: 0.1,
    scenarios: ['A45', 'B10'],
    out,
    sources: more.sources ?? ['elastic-defend', 'eslogger', 'unified-log', 'nettop', 'zeek-conn'],
    withhold: new Set(more.withhold ?? []),
  });
  return { out, truth };
}

function digest(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [
        path.slice(directory.length),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );
}

describe('simulate', () => {
  it('writes the same bytes for the same seed, in every format, and others for another', () => {
    const first = digest(run().out);
    expect(Object.keys(first).length).toBeGreaterThan(8);
    expect(digest(run().out)).toEqual(first);
    expect(Object.values(digest(run({ seed: 'else' }).out))).not.toEqual(Object.values(first));
  });

  it('keeps the truth out of the telemetry', () => {
    const { out, truth } = run({ sources: ['elastic-defend'] });
    expect(readdirSync(out).sort()).toEqual(['outflow.yaml', 'telemetry', 'truth.json']);
    expect(JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'))).toEqual(truth);
    expect(truth.incidents.map(({ id }) => id).sort()).toEqual(['A45', 'B10']);
  });

  it('writes an inventory that the configuration accepts', () => {
    const { out, truth } = run({ sources: ['elastic-defend'] });
    const config = loadConfig(join(out, 'outflow.yaml'));
    expect(config.approvals).toHaveLength(truth.approvals.length);
    expect(config.approvals[0]?.name).toMatch(/^B10 on /);
    expect(config.organisation.domains).toEqual(truth.organisation.domains);
    expect(parse(readFileSync(join(out, 'outflow.yaml'), 'utf8'))).toHaveProperty('approvals');
  });

  it('leaves a withheld field out and the truth as it is', () => {
    const whole = run({ sources: ['eslogger'] });
    const twin = run({ sources: ['eslogger'], withhold: ['signing'] });
    expect(twin.truth.withheld).toEqual(['signing']);
    expect(twin.truth.incidents).toEqual(whole.truth.incidents);
    expect(digest(join(twin.out, 'telemetry'))).not.toEqual(digest(join(whole.out, 'telemetry')));
  });

  it('refuses a directory that holds telemetry and a source it cannot write', () => {
    const { out } = run({ sources: ['eslogger'] });
    expect(() => run({ out, sources: ['eslogger'] })).toThrow(/already holds files/);
    expect(() => run({ sources: ['syslog'] })).toThrow(/cannot simulate source "syslog"/);
  });
});
