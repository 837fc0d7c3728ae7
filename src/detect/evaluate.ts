import { createHash } from 'node:crypto';
import { learnBaseline } from '../baseline/learn.js';
import { baselineFor } from './baselines.js';
import { configHash } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { assembleTelemetry } from '../coverage/telemetry-tables.js';
import { measureTelemetry } from '../coverage/measure.js';
import type { Store } from '../store/store.js';
import { factsOf } from './facts-of.js';
import type { Day } from '../model/days/calendar.js';
import {
  assembleConnections,
  assembleHosts,
  assembleProcesses,
  assembleWeek,
  timesOf,
  weekUntil,
} from '../model/days/assemble-week.js';
import { replacePartition } from '../store/replace-partition.js';
import type { HostCoverage } from '../ground/finding.js';
import { findingOf } from './finding.js';
import { judgeRun, prepareRun, type Prepared } from './judge-run.js';
import { loadEvidence } from './load-evidence.js';

/** Changes whenever judging changes: stored evaluations are then made again. */
const METHOD = 1;

/** Rows written to the store at once: each holds a whole finding. */
const ROWS_AT_ONCE = 200;

/**
 * Days whose week is judged. A week that lies inside a later one, because there is nothing before it, is left to that
 * one: the first days of a store are judged together, as soon as they are all there.
 */
export function daysToJudge(days: readonly Day[]): readonly Day[] {
  const names = days.map(({ day }) => day);
  const firstOf = (day: string): string => names.find((name) => name >= weekUntil(day).since_day) ?? day;
  return days.filter(({ day }, at) => {
    const next = names[at + 1];
    return next === undefined || firstOf(day) < weekUntil(next).since_day;
  });
}

interface Build {
  readonly fingerprint: string;
  readonly config: string;
  readonly baseline: string;
}

async function evaluationsMade(store: Store): Promise<ReadonlyMap<string, Build>> {
  const rows = await store.rows<Build & { day: string }>(
    `SELECT toString(evaluated_on) AS day, argMax(fingerprint, built_at) AS fingerprint,
            argMax(config, built_at) AS config, argMax(baseline, built_at) AS baseline
     FROM evaluation_builds GROUP BY evaluated_on`,
  );
  return new Map(rows.map((row) => [row.day, row]));
}

export interface EvaluateOptions {
  /** Judge every day again, also those nothing has changed for. */
  readonly rejudge?: boolean | undefined;
  /** A frozen baseline for all days, instead of the one of each week. */
  readonly baseline?: string | undefined;
}

/**
 * Judges the weeks that new records change. The last one is judged again also when the configuration has changed; earlier
 * ones keep what they were judged by.
 */
export async function evaluateDays(
  store: Store,
  days: readonly Day[],
  config: Config,
  options: EvaluateOptions,
  onDay: (day: string, done: number, total: number) => void,
): Promise<void> {
  const judgedBy = judgingConfig(config);
  const hash = judgingHash(config);
  const made = await evaluationsMade(store);
  const judgeable = daysToJudge(days);
  const wanted = await withDays(store, judgeable);
  const last = wanted.at(-1)?.day;
  const stale = wanted.filter(({ day, fingerprint }) => {
    const build = made.get(day);
    if (build?.fingerprint !== evaluationOf(fingerprint) || options.rejudge === true) return true;
    if (options.baseline !== undefined && build.baseline !== options.baseline) return true;
    return day === last && build.config !== hash;
  });
  for (const [done, { day, fingerprint }] of stale.entries()) {
    onDay(day, done, stale.length);
    const baseline = options.baseline ?? (await baselineFor(store, day, config));
    const found = await evaluateDay(store, day, judgedBy, baseline);
    await store.command(
      `INSERT INTO evaluation_builds
       SELECT {day:Date}, {fingerprint:String}, {config:String}, {baseline:String}, {found:UInt32}, now64(3)`,
      { day, fingerprint: evaluationOf(fingerprint), config: hash, baseline, found },
    );
  }
  // What was found outlives the days it was found in.
  const kept = new Set(judgeable.map(({ day }) => day));
  const superseded = days.filter(({ day }) => made.has(day) && !kept.has(day));
  for (const { day } of superseded) await forgetEvaluation(store, day);
}

/** Those whose week can still be put together: days that were given up are not judged again as if nothing had been. */
async function withDays(store: Store, wanted: readonly Day[]): Promise<readonly Day[]> {
  const rows = await store.rows<{ day: string }>(
    `SELECT toString(seen_on) AS day FROM (SELECT DISTINCT seen_on FROM day_builds)
     WHERE seen_on NOT IN (SELECT DISTINCT seen_on FROM day_hosts) ORDER BY day`,
  );
  const gone = rows.map(({ day }) => day);
  return wanted.filter(({ day }) => !gone.some((one) => one >= weekUntil(day).since_day && one <= day));
}

/** Approvals act when findings are read: they are no part of how a day is judged. */
export function judgingConfig(config: Config): Config {
  return { ...config, approvals: [] };
}

/** Sections that change no judgement: approvals act when findings are read, and how long things are kept is not asked. */
const NOT_JUDGED: ReadonlySet<string> = new Set(['approvals', 'retention']);

/** SHA-256 of what of the configuration judging reads. */
export function judgingHash(config: Config): string {
  return configHash(
    Object.fromEntries(Object.entries(config).filter(([section]) => !NOT_JUDGED.has(section))),
  );
}

/** What an evaluation was made from: the day as it was built, and how it is judged. */
export function evaluationOf(fingerprint: string): string {
  return createHash('sha256').update(`evaluation ${METHOD}\n${fingerprint}`).digest('hex');
}

/** Puts the week that ends on a day together, ready to be judged against a baseline; the caller drops what `use` leaves. */
export async function inWeek<T>(
  store: Store,
  day: string,
  baseline: string,
  use: (run: string, prepared: Prepared) => Promise<T>,
): Promise<T> {
  const week = weekUntil(day);
  const { run, drop } = await assembleWeek(store, week);
  try {
    await assembleTelemetry(store, run, week);
    await learnBaseline(store, run);
    return await use(run, await prepareRun(store, run, baseline, () => assembleProcesses(store, run, week)));
  } finally {
    await drop();
  }
}

/** Judges a week and puts the result in the place of an earlier one. Returns how many subjects are findings. */
async function evaluateDay(store: Store, day: string, config: Config, baseline: string): Promise<number> {
  return inWeek(store, day, baseline, async (run, prepared) => {
    const { judgements } = await judgeRun(store, run, config, prepared);
    const subjects = judgements.map(({ judgement }) => judgement.subject);
    await assembleConnections(store, run, weekUntil(day), subjects);
    const evidence = await loadEvidence(
      store,
      run,
      judgements.map(({ judgement }) => judgement),
      timesOf(weekUntil(day)),
    );
    await store.command(`CREATE TABLE {run:Identifier}.evaluations AS evaluations`, { run });
    const rows = judgements.map(({ judgement, context }) => {
      const found = evidence.get(`${judgement.subject.hostId}\n${judgement.subject.actorId}`);
      const finding = findingOf(judgement, found, context);
      return {
        evaluated_on: day,
        finding_id: finding.id,
        host_id: finding.host.id,
        actor: finding.process.actor,
        risk: finding.risk,
        severity: finding.severity,
        first_seen: clickhouseTime(finding.first_seen),
        last_seen: clickhouseTime(finding.last_seen),
        days: found?.days ?? [],
        facts: JSON.stringify(factsOf(judgement, context)),
        body: JSON.stringify({ ...finding, baseline: { ...finding.baseline, version: baseline || null } }),
      };
    });
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await store.insert(`${run}.evaluations`, rows.slice(at, at + ROWS_AT_ONCE));
    }
    await replacePartition(store, run, 'evaluations', day);
    return rows.length;
  });
}

async function forgetEvaluation(store: Store, day: string): Promise<void> {
  await store.command('ALTER TABLE evaluations DROP PARTITION {day:String}', { day });
  await store.command('DELETE FROM evaluation_builds WHERE evaluated_on = {day:Date}', { day });
}

/** What the telemetry of the last week can show. */
export async function coverageOf(store: Store, day: string): Promise<readonly HostCoverage[]> {
  const { run, drop } = await assembleHosts(store, weekUntil(day));
  try {
    await assembleTelemetry(store, run, weekUntil(day));
    return (await measureTelemetry(store, run)).coverage;
  } finally {
    await drop();
  }
}

const clickhouseTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');
