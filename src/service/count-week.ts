import { emptyCount, type LandedAll, type SourceCount } from '../landing/land-all.js';
import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import { weekUntil } from '../model/days/assemble-week.js';
import type { DetectResult } from '../ground/finding.js';

const COUNTS = loadSql(new URL('./sql/count-week.sql', import.meta.url));

/**
 * The contract's `input` for a kept store: files and lines are those of this run, hosts, processes and flows those of the
 * week that was judged last.
 */
export async function inputOfWeek(
  store: Store,
  landed: LandedAll | undefined,
  day: string,
): Promise<DetectResult['input']> {
  const week = weekUntil(day);
  const counts = await store.rows<{ source: string; flows: string; processes: string }>(COUNTS, { ...week });
  const by_source: Record<string, SourceCount> = { ...landed?.input.by_source };
  for (const { source, flows, processes } of counts) {
    by_source[source] = {
      ...(by_source[source] ?? emptyCount()),
      flows: Number(flows),
      processes: Number(processes),
    };
  }
  const [hosts] = await store.rows<{ hosts: string }>(
    `SELECT uniqExact(host_id) AS hosts FROM day_hosts
     WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}`,
    { ...week },
  );
  const rejects = await store.rows<{ reason: string; lines: string }>(
    `SELECT reason, sum(lines) AS lines FROM landed
     WHERE kind = 'reject' AND attempt IN (SELECT arrayJoin(arrayMap(a -> toUInt64(a), {attempts:Array(String)}))) GROUP BY reason ORDER BY reason`,
    { attempts: landed?.attempts ?? [] },
  );
  const sum = (key: 'flows' | 'processes'): number =>
    counts.reduce((total, count) => total + Number(count[key]), 0);
  return {
    files: landed?.input.files ?? 0,
    lines: landed?.input.lines ?? 0,
    accepted: landed?.input.accepted ?? 0,
    rejected: landed?.input.rejected ?? 0,
    hosts: Number(hosts?.hosts ?? 0),
    processes: sum('processes'),
    flows: sum('flows'),
    by_source: Object.fromEntries(Object.entries(by_source).sort(([a], [b]) => (a < b ? -1 : 1))),
    rejects: Object.fromEntries(rejects.map(({ reason, lines }) => [reason, Number(lines)])),
    skipped_files: landed?.input.skipped_files ?? [],
  };
}
