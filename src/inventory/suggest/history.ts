import type { Store } from '../../store/store.js';
import type { DayAmount } from './steady.js';

/** What one host's actor sent to one destination, by day, days without bytes left out. */
export interface PairHistory {
  readonly hostId: string;
  readonly actor: string;
  readonly destination: string;
  readonly days: readonly DayAmount[];
}

/** What the store has days of. */
export interface Fleet {
  readonly hosts: readonly {
    readonly id: string;
    readonly name: string;
    /** First day with records of it. */
    readonly since: string;
  }[];
  /** Newest day with records of more than a stray host; '' in an empty store. */
  readonly newestDay: string;
}

interface Row {
  readonly host_id: string;
  readonly actor: string;
  readonly destination: string;
  readonly day: readonly string[];
  readonly bytes: readonly string[];
}

/** Only what was judged once: of the thousands of places a browser sends to, those that stood out. */
const PAIRS = `
  SELECT p.host_id AS host_id, j.actor AS actor, p.destination AS destination,
         arrayMap(one -> toString(one.1), p.days) AS day, arrayMap(one -> one.2, p.days) AS bytes
  FROM
  (
      SELECT d.host_id AS host_id, d.actor_id AS actor_id, d.destination AS destination,
             arraySort(groupArray((d.day, d.sent))) AS days
      FROM
      (
          SELECT host_id, actor_id, destination, toDate(hour) AS day, sum(bytes_out) AS sent
          FROM day_activity
          WHERE (actor_id, destination) IN
          (
              SELECT sipHash64(actor), arrayJoin(arrayMap(place -> place.1, JSONExtract(facts, 'places', 'Array(Tuple(key String))')))
              FROM evaluations
          )
          GROUP BY host_id, actor_id, destination, day
          HAVING sent > 0
      ) AS d
      GROUP BY d.host_id, d.actor_id, d.destination
  ) AS p
  INNER JOIN (SELECT DISTINCT actor, sipHash64(actor) AS actor_id FROM evaluations) AS j ON j.actor_id = p.actor_id
  ORDER BY actor, destination, host_id`;

/** All places together, of the actors with a name in \`actors\`. */
const TOTALS = `
  SELECT t.host_id AS host_id, j.actor AS actor, '' AS destination,
         arrayMap(one -> toString(one.1), t.days) AS day, arrayMap(one -> one.2, t.days) AS bytes
  FROM
  (
      SELECT d.host_id AS host_id, d.actor_id AS actor_id, arraySort(groupArray((d.day, d.sent))) AS days
      FROM
      (
          SELECT host_id, actor_id, toDate(hour) AS day, sum(bytes_out) AS sent
          FROM day_activity
          WHERE actor_id IN (SELECT sipHash64(arrayJoin({actors:Array(String)})))
          GROUP BY host_id, actor_id, day
          HAVING sent > 0
      ) AS d
      GROUP BY d.host_id, d.actor_id
  ) AS t
  INNER JOIN
  (
      SELECT arrayJoin({actors:Array(String)}) AS actor, sipHash64(actor) AS actor_id
  ) AS j ON j.actor_id = t.actor_id
  ORDER BY actor, host_id`;

/** Names go to a server in the address of the request. */
const CHUNK = 200;

/** What was sent over all of the store's days, by pairs that some evaluation looked at. */
export async function loadPairs(store: Store): Promise<readonly PairHistory[]> {
  return (await store.rows<Row>(PAIRS)).map(pairOf);
}

/** What the hosts of `actors` sent altogether, by day; told apart by {@link hostActor}. */
export async function loadTotals(
  store: Store,
  actors: readonly string[],
): Promise<ReadonlyMap<string, readonly DayAmount[]>> {
  const totals = new Map<string, readonly DayAmount[]>();
  for (let at = 0; at < actors.length; at += CHUNK) {
    const rows = await store.rows<Row>(TOTALS, { actors: actors.slice(at, at + CHUNK) });
    for (const row of rows) totals.set(hostActor(row.host_id, row.actor), pairOf(row).days);
  }
  return totals;
}

export const hostActor = (hostId: string, actor: string): string => `${hostId}\n${actor}`;

/** Of the hosts, how many at least make a day one of the fleet: a Mac whose clock jumps by years has days of its own. */
const LEAST_HOSTS = 0.1;

/** The hosts the store has days of, by id. */
export async function loadFleet(store: Store): Promise<Fleet> {
  const [span] = await store.rows<{ since: string; until: string; days: string }>(
    `SELECT toString(min(seen_on)) AS since, toString(max(seen_on)) AS until, count() AS days FROM
     (
         SELECT seen_on, uniqExact(host_id) AS hosts FROM day_hosts GROUP BY seen_on
         HAVING hosts >= {least:Float64} * (SELECT uniqExact(host_id) FROM day_hosts)
     )`,
    { least: LEAST_HOSTS },
  );
  if (span === undefined || span.days === '0') return { hosts: [], newestDay: '' };
  const hosts = await store.rows<{ id: string; name: string; since: string }>(
    `SELECT host_id AS id, argMax(host_name, seen_on) AS name, toString(min(seen_on)) AS since
     FROM day_hosts WHERE seen_on BETWEEN {since:Date} AND {until:Date}
     GROUP BY host_id ORDER BY host_id`,
    { since: span.since, until: span.until },
  );
  return { hosts, newestDay: span.until };
}

function pairOf(row: Row): PairHistory {
  return {
    hostId: row.host_id,
    actor: row.actor,
    destination: row.destination,
    days: row.day.map((day, at) => ({ day, bytes: Number(row.bytes[at]) })),
  };
}
