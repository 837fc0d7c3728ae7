import { loadPeerGroups } from '../baseline/peers.js';
import { readVersion } from '../baseline/version-store.js';
import { configHash } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { InputPath } from '../landing/discover.js';
import { landAll } from '../landing/land-all.js';
import { applyRetention } from '../store/retention.js';
import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { resolveApprovals } from '../approvals/resolve.js';
import { buildDays } from '../detect/build-days.js';
import { dropLeftovers } from '../store/scratch.js';
import { FINDINGS_SCHEMA, type DetectResult, type Finding } from '../ground/finding.js';
import { foldFindings } from '../triage/findings.js';
import { KEPT_TABLES } from './tables.js';
import { inputOfWeek } from './count-week.js';
import { coverageOf, evaluateDays } from '../detect/evaluate.js';
import type { DetectOptions } from './detect-options.js';
import { byRisk, version } from './result.js';

/** Lands what is new, builds the days it changes, judges their weeks, and tells all findings the store knows. */
export async function detectInStore(
  store: Store,
  files: readonly InputPath[],
  config: Config,
  options: DetectOptions,
): Promise<DetectResult> {
  const progress = options.progress ?? (() => undefined);
  await dropLeftovers(store);
  await applyRetention(store, KEPT_TABLES, config.retention);
  const landed = options.paths.length > 0 ? await landAll(store, files, options, progress) : undefined;
  const days = await buildDays(store, config.retention, (day, done, total) =>
    progress(`building ${day}`, done, total),
  );
  const last = days.at(-1);
  if (last === undefined) throw failure('OF_STORE_EMPTY.noTelemetry', { store: store.target });
  const baseline =
    options.baseline === undefined ? undefined : (await readVersion(store, options.baseline)).version;
  await evaluateDays(store, days, config, { rejudge: options.rejudge, baseline }, (day, done, total) =>
    progress(`judging ${day}`, done, total),
  );
  const approvals = await resolveApprovals(store, config);
  const groupOf = await loadPeerGroups(store, config);
  const findings = await foldFindings(store, { config, approvals, groupOf });
  return {
    schema: FINDINGS_SCHEMA,
    run: {
      started: options.now ?? new Date().toISOString(),
      window: await windowOfStore(store),
      baseline: (await baselineOf(store, last.day)) || 'learned',
      config: configHash(config),
      version: version(),
    },
    input: await inputOfWeek(store, landed, last.day),
    findings: findings.filter(active(options)).sort(byRisk),
    coverage: await coverageOf(store, last.day),
  };
}

/** Findings with activity between the times that were asked for. */
function active({ since, until }: DetectOptions): (finding: Finding) => boolean {
  const from = since === undefined ? -Infinity : Date.parse(since);
  const to = until === undefined ? Infinity : Date.parse(until);
  return (finding) => Date.parse(finding.last_seen) >= from && Date.parse(finding.first_seen) < to;
}

async function windowOfStore(store: Store): Promise<DetectResult['run']['window']> {
  const [row] = await store.rows<{ hosts: string; start_ms: string; end_ms: string }>(
    `SELECT count() AS hosts, toUnixTimestamp64Milli(min(first_ts)) AS start_ms, toUnixTimestamp64Milli(max(last_ts)) AS end_ms
     FROM day_telemetry`,
  );
  return row === undefined || Number(row.hosts) === 0
    ? { start: null, end: null }
    : {
        start: new Date(Number(row.start_ms)).toISOString(),
        end: new Date(Number(row.end_ms)).toISOString(),
      };
}

async function baselineOf(store: Store, day: string): Promise<string> {
  const [row] = await store.rows<{ baseline: string }>(
    'SELECT argMax(baseline, built_at) AS baseline FROM evaluation_builds WHERE evaluated_on = {day:Date}',
    { day },
  );
  return row?.baseline ?? '';
}
