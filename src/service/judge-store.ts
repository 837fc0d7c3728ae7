import { readVersion } from '../baseline/version-store.js';
import type { Config } from '../config/schema.js';
import { measureTelemetry } from '../coverage/measure.js';
import { assembleTelemetry } from '../coverage/telemetry-tables.js';
import { buildDays } from '../detect/build-days.js';
import { evaluateWeeks } from '../detect/evaluate-weeks.js';
import { failure } from '../ground/errors.js';
import type { HostCoverage } from '../ground/finding.js';
import { assembleHosts, weekUntil } from '../model/days/assemble-week.js';
import { applyRetention } from '../store/retention.js';
import type { Store } from '../store/store.js';
import { seenInWeek } from './count-input.js';
import type { DetectOptions, Progress } from './detect-options.js';
import { windowOfTimes, type JudgedRecords } from './judged.js';
import { KEPT_TABLES } from './tables.js';

/** Brings a kept store up to date: builds the days that new records change and judges their weeks. */
export async function judgeStore(
  store: Store,
  config: Config,
  options: Pick<DetectOptions, 'baseline' | 'rejudge'>,
  progress: Progress,
): Promise<JudgedRecords> {
  await applyRetention(store, KEPT_TABLES, config.retention);
  const days = await buildDays(store, config.retention, (day, done, total) =>
    progress(`building ${day}`, done, total),
  );
  const last = days.at(-1);
  if (last === undefined) {
    throw failure('OF_STORE_EMPTY.noTelemetry', { store: store.target });
  }
  const baseline =
    options.baseline === undefined ? undefined : (await readVersion(store, options.baseline)).version;
  await evaluateWeeks(store, days, config, { rejudge: options.rejudge, baseline }, (day, done, total) =>
    progress(`judging ${day}`, done, total),
  );
  const [times] = await store.rows<{ start_ms: string; end_ms: string; n: string }>(
    `SELECT count() AS n, toUnixTimestamp64Milli(min(first_ts)) AS start_ms, toUnixTimestamp64Milli(max(last_ts)) AS end_ms
     FROM day_telemetry`,
  );
  return {
    run: undefined,
    window: windowOfTimes(times),
    baseline: (await baselineOf(store, last.day)) || 'learned',
    seen: await seenInWeek(store, last.day),
    coverage: await coverageOf(store, last.day),
    drop: () => Promise.resolve(),
  };
}

async function baselineOf(store: Store, day: string): Promise<string> {
  const [row] = await store.rows<{ baseline: string }>(
    'SELECT argMax(baseline, built_at) AS baseline FROM evaluation_builds WHERE evaluated_on = {day:Date}',
    { day },
  );
  return row?.baseline ?? '';
}

/** What the telemetry of the last week can show. */
async function coverageOf(store: Store, day: string): Promise<readonly HostCoverage[]> {
  const week = weekUntil(day);
  const { run, drop } = await assembleHosts(store, week);
  try {
    await assembleTelemetry(store, run, week);
    return (await measureTelemetry(store, run)).coverage;
  } finally {
    await drop();
  }
}
