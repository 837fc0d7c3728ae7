import { learnBaseline } from '../baseline/learn.js';
import { configHash } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { InputPath } from '../landing/discover.js';
import { landAll, type SourceCount } from '../landing/land-all.js';
import type { Store } from '../store/store.js';
import { buildModel } from '../model/build.js';
import { type Window } from '../ground/window.js';
import { measureRun } from '../coverage/telemetry-tables.js';
import { FINDINGS_SCHEMA, type DetectResult } from '../ground/finding.js';
import { findingOf } from '../detect/finding.js';
import { judgeRun } from '../detect/judge-run.js';
import { loadEvidence } from '../detect/load-evidence.js';
import type { DetectOptions } from './detect-options.js';
import { byRisk, version } from './result.js';

/** One run over everything that was given, judged as one window; nothing is kept. */
export async function detectOnce(
  store: Store,
  files: readonly InputPath[],
  config: Config,
  window: Window,
  options: DetectOptions,
): Promise<DetectResult> {
  const progress = options.progress ?? (() => undefined);
  const { input } = await landAll(store, files, options, progress);
  const { run, drop } = await buildModel(store, window, (step) => progress(step, 0, 0));
  try {
    await measureRun(store, run);
    progress('baseline', 0, 0);
    const baseline = await learnBaseline(store, run);
    progress('judging', 0, 0);
    const { judgements, coverage } = await judgeRun(store, run, config);
    const evidence = await loadEvidence(
      store,
      run,
      judgements.map(({ judgement }) => judgement),
      window,
    );
    const findings = judgements.map(({ judgement, context }) =>
      findingOf(
        judgement,
        evidence.get(`${judgement.subject.hostId}\n${judgement.subject.actorId}`),
        context,
      ),
    );
    return {
      schema: FINDINGS_SCHEMA,
      run: {
        started: options.now ?? new Date().toISOString(),
        window: await observedWindow(store, run),
        baseline: `learned:${baseline}`,
        config: configHash(config),
        version: version(),
      },
      input: {
        ...input,
        ...(await countModel(store, run)),
        by_source: await countBySource(store, run, input.by_source),
      },
      findings: findings.sort(byRisk),
      coverage,
    };
  } finally {
    await drop();
  }
}

async function countModel(store: Store, run: string) {
  const [row] = await store.rows<{ hosts: string; processes: string; flows: string }>(
    `SELECT (SELECT uniqExact(host_id) FROM {run:Identifier}.hosts) AS hosts,
            (SELECT count() FROM {run:Identifier}.processes WHERE process_id != 0) AS processes,
            (SELECT count() FROM {run:Identifier}.flows) AS flows`,
    { run },
  );
  const rejects = await store.rows<{ reason: string; lines: string }>(
    `SELECT reason, sum(lines) AS lines FROM landed
     WHERE kind = 'reject' AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts)
     GROUP BY reason ORDER BY reason`,
    { run },
  );
  return {
    hosts: Number(row?.hosts ?? 0),
    processes: Number(row?.processes ?? 0),
    flows: Number(row?.flows ?? 0),
    rejects: Object.fromEntries(rejects.map(({ reason, lines }) => [reason, Number(lines)])),
  };
}

async function countBySource(store: Store, run: string, counts: Record<string, SourceCount>) {
  const flows = await store.rows<{ source: string; n: string }>(
    'SELECT source, count() AS n FROM {run:Identifier}.flows GROUP BY source',
    { run },
  );
  const processes = await store.rows<{ source: string; n: string }>(
    `SELECT source, uniqExact(host_id, process_id) AS n FROM process_observations
     WHERE process_id != 0 AND attempt IN (SELECT attempt FROM {run:Identifier}.attempts) GROUP BY source`,
    { run },
  );
  for (const { source, n } of flows) if (counts[source] !== undefined) counts[source].flows = Number(n);
  for (const { source, n } of processes)
    if (counts[source] !== undefined) counts[source].processes = Number(n);
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function observedWindow(store: Store, run: string) {
  const [row] = await store.rows<{ start_ms: string; end_ms: string; n: string }>(
    `SELECT toUnixTimestamp64Milli(min(start_ts)) AS start_ms, toUnixTimestamp64Milli(max(end_ts)) AS end_ms, count() AS n
     FROM {run:Identifier}.flows`,
    { run },
  );
  return row === undefined || Number(row.n) === 0
    ? { start: null, end: null }
    : {
        start: new Date(Number(row.start_ms)).toISOString(),
        end: new Date(Number(row.end_ms)).toISOString(),
      };
}
