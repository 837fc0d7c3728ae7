import type { Store } from '../store/store.js';

/** What is usual for one actor under a version; bytes, seconds, bytes a second. */
export interface ActorHabits {
  readonly actor: string;
  readonly fleet: Habit & { readonly ran_on: number; readonly sent_from: number };
  readonly groups: readonly (Habit & {
    readonly group: string;
    readonly of_hosts: number;
    readonly sent_from: number;
  })[];
  readonly hosts: readonly (Habit & HostHabit)[];
  /** Where it goes: the destinations that most hosts share, at most ten. */
  readonly destinations: readonly {
    readonly destination: string;
    readonly hosts: number;
    readonly bytes_out: number;
  }[];
}

export interface Habit {
  readonly days: number;
  readonly bytes_out: number;
  readonly day_out: Quantiles;
  /** Largest hours, null where no version keeps them. */
  readonly hour_out_p95: number;
  readonly duration_p95: number;
  readonly rate_p95: number;
  readonly connections_p95: number;
  /** UTC hours in which bytes left, ascending. */
  readonly hours: readonly number[];
}

export interface HostHabit {
  readonly host: string;
  readonly destinations: number;
  readonly first_third_out: number;
  readonly last_third_out: number;
  readonly other_hosts: number;
  readonly expected_day_out: number;
  readonly expected_day_out_high: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Actors shown at once; more than that is another question. */
export const MOST_ACTORS = 20;

const COMMON = `days, toFloat64(bytes_out) AS bytes_out, (toFloat64(day_out_p50), toFloat64(day_out_p95), toFloat64(day_out_max)) AS day_out,
  hour_out_p95, duration_p95, rate_p95, toFloat64(connections_p95) AS connections_p95,
  arrayFilter(h -> bitTest(hours, h), range(24)) AS active`;

interface CommonRow extends Omit<Habit, 'day_out' | 'hours'> {
  readonly day_out: readonly [number, number, number];
  readonly active: readonly (number | string)[];
}

/**
 * What is usual for the actors whose name contains `needle`, in any letter case; those that sent most first.
 *
 * @param host only this host's rows, by id or name; all of them where undefined
 * @returns at most {@link MOST_ACTORS} actors, and how many there are
 */
export async function readHabits(
  store: Store,
  version: string,
  needle: string,
  host: string | undefined,
): Promise<{ readonly actors: readonly ActorHabits[]; readonly found: number }> {
  const fleet = await store.rows<
    CommonRow & { actor_id: string; actor: string; ran_on: number; sent_from: number; found: string }
  >(
    `SELECT toString(actor_id) AS actor_id, actor, hosts AS ran_on, sending_hosts AS sent_from, ${COMMON}, count() OVER () AS found
     FROM baseline_actors
     WHERE version = {version:String} AND positionCaseInsensitiveUTF8(actor, {needle:String}) > 0
     ORDER BY baseline_actors.bytes_out DESC, actor LIMIT {most:UInt32}`,
    { version, needle, most: MOST_ACTORS },
  );
  const actors: ActorHabits[] = [];
  for (const row of fleet) actors.push(await actorHabits(store, version, row, host));
  return { actors, found: Number(fleet[0]?.found ?? 0) };
}

async function actorHabits(
  store: Store,
  version: string,
  row: CommonRow & { actor_id: string; actor: string; ran_on: number; sent_from: number },
  host: string | undefined,
): Promise<ActorHabits> {
  const params = { version, actor: row.actor_id, host: host ?? '' };
  const groups = await store.rows<CommonRow & { group: string; of_hosts: number; sent_from: number }>(
    `SELECT peer_group AS group, group_hosts AS of_hosts, hosts AS sent_from, ${COMMON} FROM baseline_groups
     WHERE version = {version:String} AND actor_id = {actor:UInt64} ORDER BY peer_group`,
    params,
  );
  const hosts = await store.rows<CommonRow & HostHabit>(
    `SELECT if(n.host_name != '', n.host_name, h.host_id) AS host, toFloat64(destinations) AS destinations,
         toFloat64(first_third_out) AS first_third_out, toFloat64(last_third_out) AS last_third_out, other_hosts,
         toFloat64(expected_day_out) AS expected_day_out, toFloat64(expected_day_out_high) AS expected_day_out_high, h.days AS days, ${COMMON.replace('days, ', '')}
     FROM (SELECT * FROM baseline_host_actors WHERE version = {version:String} AND actor_id = {actor:UInt64}) AS h
     INNER JOIN (SELECT host_id, host_name FROM baseline_hosts WHERE version = {version:String}) AS n ON n.host_id = h.host_id
     WHERE {host:String} = '' OR lower({host:String}) IN (lower(h.host_id), lower(n.host_name))
     ORDER BY h.bytes_out DESC, h.host_id LIMIT 50`,
    params,
  );
  const destinations = await store.rows<ActorHabits['destinations'][number]>(
    `SELECT destination, hosts, toFloat64(bytes_out) AS bytes_out FROM baseline_pairs
     WHERE version = {version:String} AND actor_id = {actor:UInt64}
     ORDER BY hosts DESC, baseline_pairs.bytes_out DESC, destination LIMIT 10`,
    params,
  );
  const { actor, ran_on, sent_from } = row;
  return {
    actor,
    fleet: { ran_on, sent_from, ...habitOf(row) },
    groups: groups.map((one) => ({
      ...{ group: one.group, of_hosts: one.of_hosts, sent_from: one.sent_from },
      ...habitOf(one),
    })),
    hosts: hosts.map((one) => ({
      ...{ host: one.host, destinations: one.destinations, other_hosts: one.other_hosts },
      ...{ first_third_out: one.first_third_out, last_third_out: one.last_third_out },
      ...{ expected_day_out: one.expected_day_out, expected_day_out_high: one.expected_day_out_high },
      ...habitOf(one),
    })),
    destinations,
  };
}

function habitOf({ day_out: [p50, p95, max], active, ...row }: CommonRow): Habit {
  return {
    days: row.days,
    bytes_out: row.bytes_out,
    day_out: { p50, p95, max },
    hour_out_p95: row.hour_out_p95,
    duration_p95: row.duration_p95,
    rate_p95: row.rate_p95,
    connections_p95: row.connections_p95,
    hours: active.map(Number),
  };
}
