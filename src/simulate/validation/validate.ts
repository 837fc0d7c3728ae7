import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DetectResult } from '../../ground/finding.js';
import { WITHHOLDABLE, type Withheld } from '../event.js';
import { inventoryYaml } from '../inventory-file.js';
import { INEXPRESSIBLE, SCENARIOS } from '../scenarios/catalogue.js';
import { simulate } from '../simulate.js';
import { buildReport, type TwinScore, type ValidationReport } from './report.js';
import { score, type Reached, type Score } from './score.js';

/** The part of `detect` that validation uses. */
export type Detect = (options: {
  readonly paths: readonly string[];
  readonly config: string;
  readonly now: string;
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined;
}) => Promise<Pick<DetectResult, 'findings'>>;

export interface ValidateOptions {
  readonly hosts: number;
  readonly days: number;
  readonly seeds: readonly string[];
  readonly sourceSets: readonly (readonly string[])[];
  readonly start: number;
  readonly intensity: number;
  readonly scenarios?: readonly string[] | undefined;
  /** The user's configuration, under the simulated company's inventory. */
  readonly config?: string | undefined;
  /** Adds own domains and approvals of the simulated company to the configuration. */
  readonly inventory: boolean;
  /** Seeds whose must scenarios are played again with each field missing. */
  readonly twinSeeds: readonly string[];
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined;
}

/** Hosts of a twin fleet: room for every must scenario, and no more. */
const TWIN_HOSTS = 32;

/** Simulates, detects and scores, for each seed and each set of sources. Leaves nothing behind. */
export async function validate(options: ValidateOptions, detect: Detect): Promise<ValidationReport> {
  const scores: Score[] = [];
  const twins: TwinScore[] = [];
  for (const sources of options.sourceSets) {
    for (const seed of options.seeds) {
      scores.push(
        await runOnce(options, detect, {
          sources,
          seed,
          hosts: options.hosts,
          scenarios: options.scenarios,
          withhold: undefined,
        }),
      );
    }
    for (const seed of options.twinSeeds) twins.push(...(await runTwins(options, detect, sources, seed)));
  }
  return buildReport(
    { hosts: options.hosts, days: options.days, seeds: options.seeds },
    scores,
    twins,
    INEXPRESSIBLE,
  );
}

interface Run {
  readonly sources: readonly string[];
  readonly seed: string;
  readonly hosts: number;
  readonly scenarios: readonly string[] | undefined;
  readonly withhold: Withheld | undefined;
}

async function runOnce(options: ValidateOptions, detect: Detect, run: Run): Promise<Score> {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-validate-'));
  const label = `seed ${run.seed}, ${run.sources.join(' + ')}${run.withhold === undefined ? '' : ` without ${run.withhold}`}`;
  try {
    const truth = simulate({
      hosts: run.hosts,
      days: options.days,
      seed: run.seed,
      start: options.start,
      intensity: options.intensity,
      scenarios: run.scenarios,
      sources: run.sources,
      withhold: new Set(run.withhold === undefined ? [] : [run.withhold]),
      out: directory,
      progress: (done, total) => options.progress?.(`${label}: simulating`, done, total),
    });
    const config = join(directory, 'validate.yaml');
    const base =
      options.config === undefined
        ? {}
        : ((parse(readFileSync(options.config, 'utf8')) ?? {}) as Record<string, unknown>);
    writeFileSync(config, options.inventory ? inventoryYaml(truth, base) : JSON.stringify(base));
    const result = await detect({
      paths: [join(directory, 'telemetry')],
      config,
      now: truth.window.end,
      progress: (step, done, total) =>
        options.progress?.(`${label}: ${step.startsWith('reading ') ? 'reading' : step}`, done, total),
    });
    return score(truth, result);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runTwins(
  options: ValidateOptions,
  detect: Detect,
  sources: readonly string[],
  seed: string,
): Promise<TwinScore[]> {
  const must = SCENARIOS.filter(
    (scenario) => scenario.kind === 'attack' && scenario.difficulty === 'must',
  ).map((scenario) => scenario.id);
  const scenarios =
    options.scenarios === undefined ? must : must.filter((id) => options.scenarios?.includes(id));
  if (scenarios.length === 0) return [];
  const run = { sources, seed, hosts: Math.min(options.hosts, TWIN_HOSTS), scenarios };
  const base = await runOnce(options, detect, { ...run, withhold: undefined });
  const without = new Map<Withheld, Score>();
  for (const withhold of WITHHOLDABLE)
    without.set(withhold, await runOnce(options, detect, { ...run, withhold }));
  const reached = (of: Score | undefined, id: string): Reached =>
    of?.incidents.find((incident) => incident.id === id)?.reached ?? 'nothing';
  return base.incidents.map((incident) => ({
    scenario: incident.id,
    title: incident.title,
    sources,
    base: incident.reached,
    without: Object.fromEntries(
      WITHHOLDABLE.map((field) => [field, reached(without.get(field), incident.id)]),
    ),
  }));
}
