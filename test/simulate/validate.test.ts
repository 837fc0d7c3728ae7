import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildReport } from '../../src/simulate/validation/report.js';
import { score } from '../../src/simulate/validation/score.js';
import { renderValidation } from '../../src/report/validation/table.js';
import { validate, type Detect } from '../../src/simulate/validation/validate.js';
import { INEXPRESSIBLE, SCENARIOS } from '../../src/simulate/scenarios/catalogue.js';
import { calm, finding, incident, truth } from './finding.js';

const FLEET = { hosts: 10, days: 5, seeds: ['1'] };

describe('buildReport', () => {
  it('meets its targets when everything is found and nothing else is', () => {
    const report = buildReport(FLEET, [score(truth([incident()]), { findings: [finding()] })], [], []);
    expect(report.passed).toBe(true);
    expect(report.summaries[0]?.recall.must).toEqual({ found: 1, total: 1 });
  });

  it('misses them for a missed must scenario, too many false findings, or a twin that vanishes', () => {
    const missed = buildReport(FLEET, [score(truth([incident()]), { findings: [] })], [], []);
    expect(missed.targets.filter(({ met }) => !met).map(({ name }) => name)).toEqual([
      'recall of must, elastic-defend',
    ]);
    const noisy = buildReport(
      FLEET,
      [score(truth([]), { findings: [finding(), finding({ id: 'f2' })] })],
      [],
      [],
    );
    expect(noisy.targets.filter(({ met }) => !met).map(({ name }) => name)).toEqual([
      'false findings per host-day, elastic-defend',
    ]);
    const twin = {
      scenario: 'A01',
      title: 'attack',
      sources: ['elastic-defend'],
      base: 'high',
      without: { signing: 'low', domain: 'nothing' },
    } as const;
    expect(buildReport(FLEET, [], [twin], []).passed).toBe(false);
    expect(buildReport(FLEET, [], [{ ...twin, base: 'nothing' }], []).passed).toBe(true);
  });
});

describe('renderValidation', () => {
  it('shows what was reached, and escapes names that attackers chose', () => {
    const hostile = finding({ id: 'f9', host: 'MBP-4', executable: '/tmp/\u001b[31mred' });
    const one = score(
      truth([incident(), calm({ host: { id: 'UUID-4', name: 'MBP-4' }, processes: ['/tmp/\u001b[31mred'] })]),
      { findings: [finding(), hostile] },
    );
    const text = renderValidation(buildReport(FLEET, [one], [], INEXPRESSIBLE));
    expect(text).toMatch(/A01 {2}must {4}attack +high/);
    expect(text).toMatch(/B01 {2}none {4}calm +high\*/);
    expect(text).toContain('A58  Telemetry tampering: not simulated');
    expect(text).toContain('met     false findings per host-day, elastic-defend: 0.0200');
    expect(text).not.toContain('\u001b');
  });
});

describe('renderValidation with several source sets', () => {
  it('shows a scenario under the class it has for each of them', () => {
    const insider = incident({ id: 'A45', needs_destination: true });
    const rich = score(truth([insider]), { findings: [finding()] });
    const poor = score({ ...truth([insider]), sources: ['eslogger', 'unified-log'] }, { findings: [] });
    const rows = renderValidation(buildReport(FLEET, [rich, poor], [], []))
      .split('\n')
      .filter((line) => line.startsWith('A45'));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^A45 {2}must {4}attack +high$/);
    expect(rows[1]).toMatch(/^A45 {2}hard {4}attack +- !$/);
  });
});

describe('validate', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'outflow-test-'));
    vi.stubEnv('TMPDIR', temporary);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(temporary, { recursive: true, force: true });
  });

  it('detects on what it simulated, with the inventory, and leaves nothing behind', async () => {
    const seen: { files: readonly string[]; config: string; now: string }[] = [];
    const detect: Detect = ({ paths, config, now }) => {
      seen.push({ files: readdirSync(paths[0] ?? ''), config: readFileSync(config, 'utf8'), now });
      return Promise.resolve({ findings: [] });
    };
    const report = await validate(
      {
        hosts: 3,
        days: 1,
        seeds: ['7'],
        sourceSets: [['elastic-defend']],
        start: Date.parse('2026-03-02T00:00:00Z'),
        intensity: 0.3,
        scenarios: ['A45', 'B10'],
        inventory: true,
        twinSeeds: ['7'],
      },
      detect,
    );
    // One run, and a twin fleet played whole and with each of five fields missing.
    expect(seen).toHaveLength(7);
    expect(seen[0]?.files).toHaveLength(3);
    expect(seen[0]?.config).toContain('B10 on ');
    expect(seen[0]?.now).toBe('2026-03-03T00:00:00.000Z');
    expect(report.scores[0]?.recall.must).toEqual({ found: 0, total: 1 });
    expect(report.twins.map(({ scenario, base }) => [scenario, base])).toEqual([['A45', 'nothing']]);
    expect(report.passed).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('docs/simulate.md', () => {
  const text = readFileSync(new URL('../../docs/simulate.md', import.meta.url), 'utf8').replace(/ +/g, ' ');

  it('lists every scenario with its class', () => {
    for (const scenario of SCENARIOS) {
      const mark = scenario.kind === 'attack' ? scenario.difficulty : scenario.expected;
      expect(text).toContain(`| ${scenario.id} | ${mark} | ${scenario.title} |`);
    }
    for (const { id } of INEXPRESSIBLE) expect(text).toContain(id);
  });
});
