import { readFileSync } from 'node:fs';
import { learnBaseline } from '../baseline/learn.js';
import { configHash, loadConfig } from '../config/load.js';
import { measureTelemetry } from '../coverage/measure.js';
import { discoverInputs } from '../engine/discover.js';
import { landFile, type Landed } from '../engine/landing.js';
import { openStore, type Store } from '../engine/store.js';
import { loadSql } from '../engine/sql-file.js';
import { OutflowError } from '../errors.js';
import { buildModel, type Window } from '../model/build.js';
import { FINDINGS_SCHEMA, type DetectResult, type Finding } from '../model/finding.js';
import { findingOf } from './finding.js';
import { judge, type Judgement } from './judge.js';
import type { DetectContext } from './indicator.js';
import { loadEvidence } from './load-evidence.js';
import { loadSubjects } from './load-subjects.js';

export interface DetectOptions {
  /** Files, directories, glob patterns or `-`. */
  readonly paths: readonly string[];
  /** Source id for every file, instead of recognising each by content. */
  readonly source?: string | undefined;
  readonly host?: string | undefined;
  readonly timezone?: string | undefined;
  /** Directory or URL; a temporary store without it. */
  readonly store?: string | undefined;
  readonly memoryBytes?: number | undefined;
  /** ISO 8601; records from here on, and before `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** YAML file laid over the defaults. */
  readonly config?: string | undefined;
  /** When the run started, ISO 8601; the clock's time without it. */
  readonly now?: string | undefined;
  /** Told what is being done, and how far: bytes of `total` bytes read. */
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined;
}

const CANDIDATES = loadSql(new URL('./sql/candidates.sql', import.meta.url));
const HEAVIEST = loadSql(new URL('./sql/heaviest.sql', import.meta.url));

/** The whole way from telemetry to explained findings. */
export async function detect(options: DetectOptions): Promise<DetectResult> {
  const started = options.now ?? new Date().toISOString();
  const config = loadConfig(options.config);
  const window = windowOf(options);
  const progress = options.progress ?? (() => undefined);
  const inputs = await discoverInputs(options.paths);
  let store: Store | undefined;
  try {
    if (inputs.files.length === 0) {
      throw new OutflowError(
        'OF_INPUT_EMPTY',
        `${options.paths.join(', ')}: no files there. Name files or directories with telemetry.`,
      );
    }
    store = await openStore(
      options.store,
      options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes },
    );
    const input = await landAll(store, inputs.files, options, progress);
    const model = await buildModel(store, window, (step) => progress(step, 0, 0));
    try {
      progress('baseline', 0, 0);
      const baseline = await learnBaseline(store, model.run);
      progress('judging', 0, 0);
      const { telemetry, coverage } = await measureTelemetry(store, model.run);
      const fleetHosts = [...telemetry.values()].filter((host) => host.connections > 0).length;
      await store.command(CANDIDATES, { run: model.run });
      await store.command(HEAVIEST, { run: model.run });
      const judgements: { judgement: Judgement; context: DetectContext }[] = [];
      for await (const subject of loadSubjects(store, model.run, config)) {
        const context: DetectContext = { config, fleetHosts, telemetry: telemetry.get(subject.hostId)! };
        const judgement = judge(subject, context);
        if (judgement !== undefined) judgements.push({ judgement, context });
      }
      const evidence = await loadEvidence(
        store,
        model.run,
        judgements.map(({ judgement }) => judgement),
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
          started,
          window: await observedWindow(store, model.run),
          baseline: `learned:${baseline}`,
          config: configHash(config),
          version: version(),
        },
        input: {
          ...input,
          ...(await countModel(store, model.run)),
          by_source: await countBySource(store, model.run, input.by_source),
        },
        findings: findings.sort(byRisk),
        coverage,
      };
    } finally {
      await model.drop();
    }
  } finally {
    inputs.dispose();
    await store?.close();
  }
}

type Inputs = Awaited<ReturnType<typeof discoverInputs>>['files'];

async function landAll(
  store: Store,
  files: Inputs,
  options: DetectOptions,
  progress: NonNullable<DetectOptions['progress']>,
) {
  const landed: Landed[] = [];
  const skipped: { file: string; reason: string }[] = [];
  for (const [index, file] of files.entries()) {
    progress(`reading ${file.shown}`, index, files.length);
    const result = await landFile(store, file, options);
    if ('reason' in result) {
      skipped.push(result);
      continue;
    }
    landed.push(result);
    if (result.truncated) skipped.push({ file: result.file, reason: 'read_until_damage' });
  }
  if (landed.length === 0) {
    const [first] = skipped;
    throw new OutflowError(
      first?.reason === 'empty' ? 'OF_INPUT_EMPTY' : 'OF_INPUT_UNKNOWN_FORMAT',
      `${options.paths.join(', ')}: ${files.length} file(s), none of them telemetry Outflow knows (${first?.file ?? ''}: ${first?.reason ?? ''}). Name the format with --source.`,
    );
  }
  const by_source: Record<string, SourceCount> = {};
  for (const file of landed) {
    const count = (by_source[file.source] ??= {
      files: 0,
      lines: 0,
      accepted: 0,
      rejected: 0,
      processes: 0,
      flows: 0,
    });
    count.files += 1;
    count.lines += file.lines;
    count.accepted += file.accepted;
    count.rejected += file.rejected;
  }
  const sum = (key: 'lines' | 'accepted' | 'rejected'): number =>
    landed.reduce((all, file) => all + file[key], 0);
  return {
    files: landed.length,
    lines: sum('lines'),
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    by_source,
    skipped_files: skipped,
  };
}

interface SourceCount {
  files: number;
  lines: number;
  accepted: number;
  rejected: number;
  processes: number;
  flows: number;
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

function windowOf(options: DetectOptions): Window {
  if (
    options.since !== undefined &&
    options.until !== undefined &&
    Date.parse(options.since) >= Date.parse(options.until)
  ) {
    throw new OutflowError(
      'OF_USAGE',
      `--since ${options.since} is not before --until ${options.until}: nothing would be read.`,
    );
  }
  return {
    since: timeParam(options.since ?? '2000-01-01T00:00:00Z'),
    until: timeParam(options.until ?? '2100-01-01T00:00:00Z'),
  };
}

/** ISO 8601 as the engine reads a bound DateTime64. */
function timeParam(iso: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) {
    throw new OutflowError('OF_USAGE', `${iso} is not a time. Use ISO 8601, such as 2026-11-24T00:00:00Z.`);
  }
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

function byRisk(a: Finding, b: Finding): number {
  return b.risk - a.risk || (a.id < b.id ? -1 : 1);
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
