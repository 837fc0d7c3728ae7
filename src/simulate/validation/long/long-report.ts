import { TARGETS, type Target } from '../report.js';
import type { LongScore } from './long-score.js';
import type { SuggestionMistake } from './suggestions.js';

export const LONG_VALIDATION_SCHEMA = 'outflow.validation.long/1';

/** What a month must show. Recall counts attacks that were raised at medium or above. */
export const LONG_TARGETS = { ...TARGETS, false_per_host_day: 0.01, ramp: 1, quiet: 1, flooded: 0 } as const;

/** Scenario that poisons the baseline. */
const RAMP = 'X01';

export interface LongRun {
  readonly score: LongScore;
  readonly suggestions: {
    readonly offered: number;
    readonly accepted: number;
    readonly mistakes: readonly SuggestionMistake[];
  };
  /** Cases whose approval expired after they were done, and whether they stayed approved. */
  readonly expired: readonly {
    readonly scenario: string;
    readonly host: string;
    readonly expires: string;
    readonly expected: 'stays_approved' | 'judged';
    /** Something of medium or above is open. */
    readonly open: boolean;
  }[];
}

export interface LongSummary {
  readonly sources: readonly string[];
  readonly must: Share;
  readonly should: Share;
  readonly ramp: Share;
  /** Benign cases with an approval in force that have nothing of medium or above open. */
  readonly quiet: Share;
  /** Benign cases nobody approved, and how many of them have something open. */
  readonly unapproved: { readonly open: number; readonly total: number };
  /** Approved cases, done by the expiry, that came back with it. */
  readonly flooded: number;
  readonly false_findings: number;
  readonly host_days: number;
  readonly false_per_host_day: number;
  readonly mistakes: number;
}

export interface Share {
  readonly reached: number;
  readonly total: number;
}

export interface LongReport {
  readonly schema: typeof LONG_VALIDATION_SCHEMA;
  readonly hosts: number;
  readonly days: number;
  readonly learning_days: number;
  readonly seeds: readonly string[];
  readonly summaries: readonly LongSummary[];
  readonly runs: readonly LongRun[];
  readonly targets: readonly Target[];
  readonly passed: boolean;
}

export function buildLongReport(
  fleet: Pick<LongReport, 'hosts' | 'days' | 'learning_days' | 'seeds'>,
  runs: readonly LongRun[],
): LongReport {
  const nameOf = (run: LongRun): string => run.score.sources.join(' + ');
  const sets = [...new Set(runs.map(nameOf))];
  const summaries = sets.map((set) => summarise(runs.filter((run) => nameOf(run) === set)));
  const targets = summaries.flatMap((summary) => targetsOf(summary));
  return {
    schema: LONG_VALIDATION_SCHEMA,
    ...fleet,
    summaries,
    runs,
    targets,
    passed: targets.every(({ met }) => met),
  };
}

function summarise(runs: readonly LongRun[]): LongSummary {
  const incidents = runs.flatMap(({ score }) => score.incidents);
  const share = (wanted: (incident: (typeof incidents)[number]) => boolean): Share => {
    const all = incidents.filter(wanted);
    return { reached: all.filter(({ ok }) => ok).length, total: all.length };
  };
  const sum = (pick: (run: LongRun) => number): number => runs.reduce((total, run) => total + pick(run), 0);
  const falseFindings = sum(({ score }) => score.false_findings.length);
  const hostDays = sum(({ score }) => score.host_days);
  const unapproved = share(({ kind, approved_by }) => kind === 'benign' && approved_by === null);
  return {
    sources: runs[0]?.score.sources ?? [],
    must: share(({ difficulty }) => difficulty === 'must'),
    should: share(({ difficulty }) => difficulty === 'should'),
    ramp: share(({ id }) => id === RAMP),
    quiet: share(({ approved_by, lapsed }) => approved_by !== null && !lapsed),
    unapproved: { open: unapproved.total - unapproved.reached, total: unapproved.total },
    flooded: sum(
      ({ expired }) => expired.filter(({ expected, open }) => expected === 'stays_approved' && open).length,
    ),
    false_findings: falseFindings,
    host_days: hostDays,
    false_per_host_day: hostDays === 0 ? 0 : falseFindings / hostDays,
    mistakes: sum(({ suggestions }) => suggestions.mistakes.length),
  };
}

function targetsOf(summary: LongSummary): Target[] {
  const label = summary.sources.join(' + ');
  const atLeast = (name: string, { reached, total }: Share, target: number): Target => {
    const part = total === 0 ? null : reached / total;
    return { name: `${name}, ${label}`, target, reached: part, met: part === null || part >= target };
  };
  const atMost = (name: string, reached: number, target: number): Target => ({
    name: `${name}, ${label}`,
    target,
    reached,
    met: reached <= target,
  });
  return [
    atLeast('recall of must', summary.must, LONG_TARGETS.must),
    atLeast('recall of should', summary.should, LONG_TARGETS.should),
    atLeast('recall of the slow ramp', summary.ramp, LONG_TARGETS.ramp),
    atMost(
      'false findings per host-day after learning',
      summary.false_per_host_day,
      LONG_TARGETS.false_per_host_day,
    ),
    atLeast('share of approved benign cases that are quiet', summary.quiet, LONG_TARGETS.quiet),
    atMost('cases that came back when their approval expired', summary.flooded, LONG_TARGETS.flooded),
  ];
}
