import { compareWithVersion } from '../baseline/learn.js';
import type { Config } from '../config/schema.js';
import { measureTelemetry } from '../coverage/measure.js';
import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import type { HostCoverage } from '../ground/finding.js';
import type { DetectContext } from './indicator.js';
import { judge, type Judgement } from './analytics/AN0082/judge.js';
import { loadSubjects } from './load-subjects.js';

const CANDIDATES = loadSql(new URL('./analytics/AN0082/candidates.sql', import.meta.url));
const HEAVIEST = loadSql(new URL('./sql/heaviest.sql', import.meta.url));

export interface Judged {
  readonly judgements: readonly { readonly judgement: Judgement; readonly context: DetectContext }[];
  readonly coverage: readonly HostCoverage[];
}

/** A run that subjects can be loaded from, and what they are judged in. */
export interface Prepared {
  readonly coverage: readonly HostCoverage[];
  readonly contextOf: (hostId: string, config: Config) => DetectContext;
}

/**
 * Finds the candidates of a run whose tables and in-run baseline are filled.
 *
 * @param beforeLoading called when it is known which processes stand for candidates
 * @param version the frozen baseline to compare with, '' for none
 */
export async function prepareRun(
  store: Store,
  run: string,
  version = '',
  beforeLoading?: () => Promise<void>,
): Promise<Prepared> {
  const { telemetry, coverage } = await measureTelemetry(store, run);
  const fleetHosts = [...telemetry.values()].filter((host) => host.connections > 0).length;
  await store.command(CANDIDATES, { run });
  await store.command(HEAVIEST, { run });
  await beforeLoading?.();
  if (version !== '') await compareWithVersion(store, run, version);
  return {
    coverage,
    contextOf: (hostId, config) => ({ config, fleetHosts, telemetry: telemetry.get(hostId)! }),
  };
}

/** Judges every candidate of a run; without `prepared`, against nothing but the run itself. */
export async function judgeRun(
  store: Store,
  run: string,
  config: Config,
  prepared?: Prepared,
): Promise<Judged> {
  const { coverage, contextOf } = prepared ?? (await prepareRun(store, run));
  const judgements: { judgement: Judgement; context: DetectContext }[] = [];
  for await (const subject of loadSubjects(store, run, config)) {
    const context = contextOf(subject.hostId, config);
    const judgement = judge(subject, context);
    if (judgement !== undefined) judgements.push({ judgement, context });
  }
  return { judgements, coverage };
}
