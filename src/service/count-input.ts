import { loadSql } from '../ground/sql-file.js';
import type { DetectResult } from '../ground/finding.js';
import { emptyCount, type LandedAll, type SourceCount } from '../landing/land-all.js';
import { weekUntil } from '../model/days/assemble-week.js';
import type { Store } from '../store/store.js';

const load = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));
const RUN = load('count-run');
const WEEK = load('count-week');

/** What of the records was looked at. */
export interface SeenCounts {
  readonly hosts: number;
  readonly processes: number;
  readonly flows: number;
  readonly by_source: readonly {
    readonly source: string;
    readonly flows: number;
    readonly processes: number;
  }[];
}

interface Row {
  readonly source: string;
  readonly flows: string;
  readonly processes: string;
}

/** Everything that a run's working tables hold. */
export async function seenInRun(store: Store, run: string): Promise<SeenCounts> {
  const [all] = await store.rows<{ hosts: string; processes: string; flows: string }>(
    `SELECT (SELECT uniqExact(host_id) FROM {run:Identifier}.hosts) AS hosts,
            (SELECT count() FROM {run:Identifier}.processes WHERE process_id != 0) AS processes,
            (SELECT count() FROM {run:Identifier}.flows) AS flows`,
    { run },
  );
  return {
    hosts: Number(all?.hosts ?? 0),
    processes: Number(all?.processes ?? 0),
    flows: Number(all?.flows ?? 0),
    by_source: (await store.rows<Row>(RUN, { run })).map(countsOf),
  };
}

/** The week of a kept store that ends on a day. */
export async function seenInWeek(store: Store, day: string): Promise<SeenCounts> {
  const week = weekUntil(day);
  const by_source = (await store.rows<Row>(WEEK, { ...week })).map(countsOf);
  const [row] = await store.rows<{ hosts: string }>(
    `SELECT uniqExact(host_id) AS hosts FROM day_hosts
     WHERE seen_on >= {since_day:Date} AND seen_on <= {until_day:Date}`,
    { ...week },
  );
  const sum = (key: 'flows' | 'processes'): number => by_source.reduce((total, one) => total + one[key], 0);
  return { hosts: Number(row?.hosts ?? 0), processes: sum('processes'), flows: sum('flows'), by_source };
}

const countsOf = ({ source, flows, processes }: Row) => ({
  source,
  flows: Number(flows),
  processes: Number(processes),
});

/** The contract's `input`: files and lines are those that were read now, hosts, processes and flows those looked at. */
export async function inputOf(
  store: Store,
  landed: LandedAll | undefined,
  seen: SeenCounts,
): Promise<DetectResult['input']> {
  const by_source: Record<string, SourceCount> = { ...landed?.input.by_source };
  for (const { source, flows, processes } of seen.by_source) {
    by_source[source] = { ...(by_source[source] ?? emptyCount()), flows, processes };
  }
  const rejects = await store.rows<{ reason: string; lines: string }>(
    `SELECT reason, sum(lines) AS lines FROM landed
     WHERE kind = 'reject' AND attempt IN (SELECT arrayJoin(arrayMap(a -> toUInt64(a), {attempts:Array(String)})))
     GROUP BY reason ORDER BY reason`,
    { attempts: landed?.attempts ?? [] },
  );
  return {
    files: landed?.input.files ?? 0,
    lines: landed?.input.lines ?? 0,
    accepted: landed?.input.accepted ?? 0,
    rejected: landed?.input.rejected ?? 0,
    hosts: seen.hosts,
    processes: seen.processes,
    flows: seen.flows,
    by_source: Object.fromEntries(Object.entries(by_source).sort(([a], [b]) => (a < b ? -1 : 1))),
    rejects: Object.fromEntries(rejects.map(({ reason, lines }) => [reason, Number(lines)])),
    skipped_files: landed?.input.skipped_files ?? [],
  };
}
