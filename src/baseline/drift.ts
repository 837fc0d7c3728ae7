import type { Store } from '../store/store.js';

/** What an actor sends a day under one version: median and 95th percentile of its hosts, bytes out. */
export interface DayOut {
  readonly hosts: number;
  readonly day_out_p50: number;
  readonly day_out_p95: number;
  /** Over all days learned from. */
  readonly bytes_out: number;
}

export interface DriftEntry {
  readonly actor: string;
  /** null: it sent nothing under that version. */
  readonly before: DayOut | null;
  readonly after: DayOut | null;
  /** Names of the hosts that sent most, at most five; the hosts of `after`, else of `before`. */
  readonly host_names: readonly string[];
}

/** What changed between two versions; each list by bytes out, most first, then by name. */
export interface Drift {
  readonly from: string;
  readonly to: string;
  readonly added: readonly DriftEntry[];
  readonly grown: readonly DriftEntry[];
  readonly vanished: readonly DriftEntry[];
}

/** How often the median or the 95th percentile of a day must be exceeded to have grown. */
const GROWN = 2;

/** Below a megabyte a day, twice as much is nothing. */
const GROWN_LEAST_BYTES = 1_000_000;

const CHANGES = `
  SELECT
      if(b.actor != '', b.actor, a.actor) AS actor,
      toString(if(b.actor != '', b.actor_id, a.actor_id)) AS actor_id,
      a.sending_hosts AS before_hosts, toFloat64(a.day_out_p50) AS before_p50, toFloat64(a.day_out_p95) AS before_p95,
      toFloat64(a.bytes_out) AS before_bytes,
      b.sending_hosts AS after_hosts, toFloat64(b.day_out_p50) AS after_p50, toFloat64(b.day_out_p95) AS after_p95,
      toFloat64(b.bytes_out) AS after_bytes
  FROM (SELECT * FROM baseline_actors WHERE version = {before:String} AND sending_hosts > 0) AS a
  FULL OUTER JOIN (SELECT * FROM baseline_actors WHERE version = {after:String} AND sending_hosts > 0) AS b
      ON b.actor_id = a.actor_id
  WHERE a.sending_hosts = 0 OR b.sending_hosts = 0
      OR (b.day_out_p95 >= {least:UInt64} AND (b.day_out_p50 > {grown:UInt8} * a.day_out_p50 OR b.day_out_p95 > {grown:UInt8} * a.day_out_p95))
  ORDER BY greatest(a.bytes_out, b.bytes_out) DESC, actor`;

const HOST_NAMES = `
  SELECT toString(h.actor_id) AS actor_id, h.version AS version,
      arrayMap(x -> x.2, arraySort(groupArraySorted(5)((-toInt64(h.bytes_out), if(n.host_name != '', n.host_name, h.host_id))))) AS names
  FROM baseline_host_actors AS h
  INNER JOIN baseline_hosts AS n ON n.version = h.version AND n.host_id = h.host_id
  WHERE h.version IN {versions:Array(String)} AND h.actor_id IN {actors:Array(UInt64)}
  GROUP BY h.actor_id, h.version`;

/** Actors asked about at once. */
const PAGE = 1_000;

interface Change {
  readonly actor: string;
  readonly actor_id: string;
  readonly before_hosts: number;
  readonly before_p50: number;
  readonly before_p95: number;
  readonly before_bytes: number;
  readonly after_hosts: number;
  readonly after_p50: number;
  readonly after_p95: number;
  readonly after_bytes: number;
}

/**
 * New, grown and vanished uploaders between two versions of one store. An actor has grown when its median or 95th
 * percentile of a day more than doubled and reaches a megabyte.
 */
export async function driftBetween(store: Store, before: string, after: string): Promise<Drift> {
  const changes = await store.rows<Change>(CHANGES, {
    before,
    after,
    grown: GROWN,
    least: GROWN_LEAST_BYTES,
  });
  const names = await hostNames(store, [before, after], changes);
  const entry = (change: Change): DriftEntry => ({
    actor: change.actor,
    before: change.before_hosts === 0 ? null : dayOut(change, 'before'),
    after: change.after_hosts === 0 ? null : dayOut(change, 'after'),
    host_names: names.get(`${change.actor_id} ${change.after_hosts === 0 ? before : after}`) ?? [],
  });
  return {
    from: before,
    to: after,
    added: byBytes(changes.filter((one) => one.before_hosts === 0).map(entry)),
    grown: byBytes(changes.filter((one) => one.before_hosts > 0 && one.after_hosts > 0).map(entry)),
    vanished: byBytes(changes.filter((one) => one.after_hosts === 0).map(entry)),
  };
}

function dayOut(change: Change, side: 'before' | 'after'): DayOut {
  return {
    hosts: change[`${side}_hosts`],
    day_out_p50: change[`${side}_p50`],
    day_out_p95: change[`${side}_p95`],
    bytes_out: change[`${side}_bytes`],
  };
}

function byBytes(entries: readonly DriftEntry[]): readonly DriftEntry[] {
  const bytes = ({ before, after }: DriftEntry): number => (after ?? before)?.bytes_out ?? 0;
  return [...entries].sort((a, b) => bytes(b) - bytes(a) || (a.actor < b.actor ? -1 : 1));
}

async function hostNames(
  store: Store,
  versions: readonly string[],
  changes: readonly Change[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (let at = 0; at < changes.length; at += PAGE) {
    const actors = changes.slice(at, at + PAGE).map(({ actor_id }) => BigInt(actor_id));
    const rows = await store.rows<{ actor_id: string; version: string; names: string[] }>(HOST_NAMES, {
      versions,
      actors,
    });
    for (const row of rows) names.set(`${row.actor_id} ${row.version}`, row.names);
  }
  return names;
}
