import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Approval } from '../../../config/schema.js';
import type { Finding } from '../../../ground/finding.js';
import { simulateExercise } from '../../exercise/simulate-exercise.js';
import { iso } from '../../incident.js';
import { inventoryYaml } from '../../inventory-file.js';
import { DAY } from '../../machine.js';
import type { Truth } from '../../truth.js';
import { buildLongReport, type LongReport, type LongRun } from './long-report.js';
import { joinFeed } from './one-feed.js';
import { learningDays, scoreLong, type LongScore } from './long-score.js';
import { judgeSuggestions } from './suggestions.js';

/** The store of one run, and the moment at which it is asked. */
export interface StoreMoment {
  /** Directory of the store; empty before the first day. */
  readonly store: string;
  /** YAML file: the user's configuration with the simulated company's inventory. */
  readonly config: string;
  /** ISO 8601, the end of the day that was read last. */
  readonly now: string;
}

/** Reads and judges one day: `paths` is that day's directory. */
export type RunDay = (day: StoreMoment & { readonly paths: readonly string[] }) => Promise<void>;

/** The store-backed detection that the long mode drives. */
export interface LongHooks {
  readonly runDay: RunDay;
  /** Approvals the baseline proposes (`inventory suggest`), asked once, when the learning days are over. */
  readonly suggest: (moment: StoreMoment) => Promise<readonly Approval[]>;
  /** Puts the accepted ones into the store's inventory. */
  readonly accept: (moment: StoreMoment & { readonly approvals: readonly Approval[] }) => Promise<void>;
  /** All findings of the store as they stand, with their history. */
  readonly findings: (moment: StoreMoment) => Promise<readonly Finding[]>;
}

export interface LongOptions {
  readonly hosts: number;
  readonly days: number;
  readonly seeds: readonly string[];
  readonly sourceSets: readonly (readonly string[])[];
  readonly start: number;
  readonly intensity: number;
  readonly scenarios?: readonly string[] | undefined;
  readonly config?: string | undefined;
  readonly inventory: boolean;
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined;
}

/** The long exercise in daily steps over one store, for each seed and each set of sources. Leaves nothing behind. */
export async function validateLong(options: LongOptions, hooks: LongHooks): Promise<LongReport> {
  const runs: LongRun[] = [];
  let learning = 0;
  for (const sources of options.sourceSets) {
    for (const seed of options.seeds) {
      const { run, truth } = await runMonth(options, hooks, sources, seed);
      runs.push(run);
      learning = learningDays(truth);
    }
  }
  const { hosts, days, seeds } = options;
  return buildLongReport({ hosts, days, learning_days: learning, seeds }, runs);
}

async function runMonth(
  options: LongOptions,
  hooks: LongHooks,
  sources: readonly string[],
  seed: string,
): Promise<{ run: LongRun; truth: Truth }> {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-validate-'));
  const label = `seed ${seed}, ${sources.join(' + ')}`;
  try {
    const truth = simulateExercise({
      hosts: options.hosts,
      days: options.days,
      seed,
      start: options.start,
      intensity: options.intensity,
      scenarios: options.scenarios,
      sources,
      withhold: new Set(),
      out: directory,
      progress: (done, total) => options.progress?.(`${label}: simulating`, done, total),
    });
    const store = join(directory, 'store');
    mkdirSync(store);
    const config = writeConfig(options, truth, directory);
    const telemetry = join(directory, 'telemetry');
    const days = readdirSync(telemetry).sort();
    let offered: readonly Approval[] = [];
    let verdicts = judgeSuggestions(truth, offered);
    let moment: StoreMoment = { store, config, now: truth.window.start };
    for (const [index, day] of days.entries()) {
      options.progress?.(`${label}: day ${index + 1}`, index, days.length);
      moment = { store, config, now: iso(Date.parse(`${day}T00:00:00Z`) + DAY) };
      const path = join(telemetry, day);
      joinFeed(path);
      await hooks.runDay({ ...moment, paths: [path] });
      // A month of a fleet is gigabytes; what has been read is in the store.
      rmSync(path, { recursive: true, force: true });
      if (index + 1 !== learningDays(truth)) continue;
      offered = await hooks.suggest(moment);
      verdicts = judgeSuggestions(truth, offered);
      await hooks.accept({ ...moment, approvals: verdicts.accepted });
    }
    const approvals = options.inventory ? truth.approvals : [];
    const findings = await hooks.findings(moment);
    const score = scoreLong({ truth, approvals, accepted: verdicts.accepted }, findings);
    return {
      truth,
      run: {
        score,
        suggestions: {
          offered: offered.length,
          accepted: verdicts.accepted.length,
          mistakes: verdicts.mistakes,
        },
        expired: expiredOf(approvals, score),
      },
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeConfig(options: LongOptions, truth: Truth, directory: string): string {
  const base =
    options.config === undefined
      ? {}
      : ((parse(readFileSync(options.config, 'utf8')) ?? {}) as Record<string, unknown>);
  const path = join(directory, 'validate.yaml');
  writeFileSync(path, options.inventory ? inventoryYaml(truth, base) : JSON.stringify(base));
  return path;
}

function expiredOf(approvals: Truth['approvals'], score: LongScore): LongRun['expired'] {
  return approvals.flatMap(({ scenario, host, expires, after_expiry }) => {
    if (expires === undefined || after_expiry === undefined || after_expiry === 'never') return [];
    const incident = score.incidents.find((one) => one.id === scenario && one.host === host);
    return incident === undefined
      ? []
      : [{ scenario, host, expires, expected: after_expiry, open: !incident.ok }];
  });
}
