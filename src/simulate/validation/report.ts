import type { Withheld } from '../event.js';
import { DIFFICULTIES, type Difficulty, type Inexpressible } from '../scenarios/scenario.js';
import type { Reached, Score } from './score.js';

export const VALIDATION_SCHEMA = 'outflow.validation/1';

/** What a release must reach. Recall counts findings of medium or above. */
export const TARGETS = { must: 1, should: 0.7, false_per_host_day: 0.02 } as const;

/** A must scenario with one field missing everywhere: it may lose severity, it must not vanish. */
export interface TwinScore {
  readonly scenario: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly base: Reached;
  readonly without: Readonly<Partial<Record<Withheld, Reached>>>;
}

export interface Target {
  readonly name: string;
  readonly target: number;
  /** null: nothing was played that could show it. */
  readonly reached: number | null;
  readonly met: boolean;
}

export interface SourceSummary {
  readonly sources: readonly string[];
  readonly recall: Readonly<Record<Difficulty, { readonly found: number; readonly total: number }>>;
  readonly benign: { readonly ok: number; readonly total: number };
  readonly false_findings: number;
  readonly host_days: number;
  readonly false_per_host_day: number;
}

export interface ValidationReport {
  readonly schema: typeof VALIDATION_SCHEMA;
  readonly hosts: number;
  readonly days: number;
  readonly seeds: readonly string[];
  readonly summaries: readonly SourceSummary[];
  readonly scores: readonly Score[];
  readonly twins: readonly TwinScore[];
  readonly not_simulated: readonly Inexpressible[];
  readonly targets: readonly Target[];
  readonly passed: boolean;
}

export function buildReport(
  fleet: { readonly hosts: number; readonly days: number; readonly seeds: readonly string[] },
  scores: readonly Score[],
  twins: readonly TwinScore[],
  notSimulated: readonly Inexpressible[],
): ValidationReport {
  const sets = [...new Set(scores.map((score) => score.sources.join('+')))];
  const summaries = sets.map((set) => summarise(scores.filter((score) => score.sources.join('+') === set)));
  const targets = summaries.flatMap((summary) => targetsOf(summary));
  // What is missed with all fields is already counted as missed.
  const vanished = twins
    .filter((twin) => twin.base !== 'nothing')
    .flatMap((twin) => Object.values(twin.without))
    .filter((reached) => reached === 'nothing').length;
  if (twins.length > 0)
    targets.push({
      name: 'must scenarios that vanish when one field is missing',
      target: 0,
      reached: vanished,
      met: vanished === 0,
    });
  return {
    schema: VALIDATION_SCHEMA,
    ...fleet,
    summaries,
    scores,
    twins,
    not_simulated: notSimulated,
    targets,
    passed: targets.every((target) => target.met),
  };
}

function summarise(scores: readonly Score[]): SourceSummary {
  const total = (pick: (score: Score) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0);
  const recall = Object.fromEntries(
    DIFFICULTIES.map((difficulty) => [
      difficulty,
      {
        found: total((score) => score.recall[difficulty].found),
        total: total((score) => score.recall[difficulty].total),
      },
    ]),
  ) as Record<Difficulty, { found: number; total: number }>;
  const falseFindings = total((score) => score.false_findings.length);
  const hostDays = total((score) => score.host_days);
  return {
    sources: scores[0]?.sources ?? [],
    recall,
    benign: { ok: total((score) => score.benign.ok), total: total((score) => score.benign.total) },
    false_findings: falseFindings,
    host_days: hostDays,
    false_per_host_day: hostDays === 0 ? 0 : falseFindings / hostDays,
  };
}

function targetsOf(summary: SourceSummary): Target[] {
  const label = summary.sources.join(' + ');
  const recall = (difficulty: 'must' | 'should'): Target => {
    const { found, total } = summary.recall[difficulty];
    const reached = total === 0 ? null : found / total;
    return {
      name: `recall of ${difficulty}, ${label}`,
      target: TARGETS[difficulty],
      reached,
      met: reached === null || reached >= TARGETS[difficulty],
    };
  };
  return [
    recall('must'),
    recall('should'),
    {
      name: `false findings per host-day, ${label}`,
      target: TARGETS.false_per_host_day,
      reached: summary.false_per_host_day,
      met: summary.false_per_host_day <= TARGETS.false_per_host_day,
    },
  ];
}
