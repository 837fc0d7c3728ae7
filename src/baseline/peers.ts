import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import type { GroupOf } from '../approvals/scope.js';
import { hostKey } from '../ground/host-name.js';
import { addDays } from '../ground/day.js';
import { discoverGroups, type SeenProgram } from './peer-discovery.js';
import { readPeerLabels } from './peer-labels.js';

/** Days, both included; `YYYY-MM-DD`, UTC. */
export interface DayRange {
  readonly from: string;
  readonly until: string;
}

/** Rows held in JavaScript at once. */
const PAGE = 5_000;

/** An identity covers path and name, so that one process of it stands for all: only those are looked up. */
const PROGRAMS = `
  WITH
      programs AS
      (
          SELECT identity, max((seen_on, host_id, process_id)) AS one, arraySort(groupUniqArray(host_id)) AS hosts
          FROM day_traffic
          WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND identity > {after:UInt64} AND identity <= {last:UInt64}
          GROUP BY identity
      )
  SELECT
      toString(t.identity) AS identity, o.executable AS executable, o.name AS name, i.signer AS signer,
      i.signing_id AS signing_id, i.team_id AS team_id, t.hosts AS hosts
  FROM programs AS t
  INNER JOIN
  (
      SELECT identity, argMax(signer, seen_on) AS signer, argMax(signing_id, seen_on) AS signing_id, argMax(team_id, seen_on) AS team_id
      FROM day_identities
      WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND identity > {after:UInt64} AND identity <= {last:UInt64}
      GROUP BY identity
  ) AS i ON i.identity = t.identity
  INNER JOIN
  (
      SELECT seen_on, host_id, process_id, executable, name FROM day_owners
      WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND (seen_on, host_id, process_id) IN (SELECT one FROM programs)
  ) AS o ON o.seen_on = t.one.1 AND o.host_id = t.one.2 AND o.process_id = t.one.3
  ORDER BY t.identity`;

/** Hosts are grouped by what they ran lately; longer ago says less about who uses a Mac. */
const DISCOVERY_DAYS = 14;

/**
 * Peer groups of a host: those a label file or the configuration gives it, else those discovered from what it ran in the
 * last two weeks of the store.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID for the label file
 */
export async function loadPeerGroups(store: Store, config: Config): Promise<GroupOf> {
  const [newest] = await store.rows<{ day: string; days: string }>(
    'SELECT toString(max(seen_on)) AS day, count() AS days FROM day_telemetry',
  );
  const until = newest === undefined || newest.days === '0' ? '1970-01-01' : newest.day;
  return peerGroupsOf(store, { from: addDays(until, 1 - DISCOVERY_DAYS), until }, config);
}

/** The same for the last two weeks of `range`. */
export async function peerGroupsOf(store: Store, range: DayRange, config: Config): Promise<GroupOf> {
  const labels =
    config.peers.labels === null ? new Map<string, Set<string>>() : readPeerLabels(config.peers.labels);
  const named = new Map([...labels].map(([host, groups]) => [host, new Set(groups)]));
  for (const { name, hosts } of config.peers.groups) {
    for (const host of hosts) {
      const key = hostKey(host);
      named.set(key, (named.get(key) ?? new Set()).add(name));
    }
  }
  const discovered = config.peers.discover ? await discover(store, range, config.fleet.min_hosts) : undefined;
  return (hostId, hostName) => {
    const own = new Set([...(named.get(hostKey(hostId)) ?? []), ...(named.get(hostKey(hostName)) ?? [])]);
    return own.size > 0 ? [...own].sort() : (discovered?.get(hostId) ?? []);
  };
}

async function discover(
  store: Store,
  { from, until }: DayRange,
  minHosts: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const begin = addDays(until, 1 - DISCOVERY_DAYS);
  const range = { from: begin > from ? begin : from, until };
  const hosts = await store.rows<{ host_id: string }>(
    `SELECT DISTINCT host_id FROM day_traffic WHERE seen_on BETWEEN {from:Date} AND {until:Date} ORDER BY host_id`,
    range,
  );
  const programs: SeenProgram[] = [];
  if (hosts.length >= minHosts) {
    let page = await endOfPage(store, range, '0');
    for (let after = '0'; page !== undefined; page = await endOfPage(store, range, after)) {
      programs.push(...(await store.rows<SeenProgram>(PROGRAMS, { ...range, after, last: page })));
      after = page;
    }
  }
  return discoverGroups(
    programs,
    hosts.map((row) => row.host_id),
    minHosts,
  );
}

/** The last identity of the next page, so that each page groups and joins no more than its own rows. */
async function endOfPage(store: Store, range: DayRange, after: string): Promise<string | undefined> {
  const [row] = await store.rows<{ last: string; found: string }>(
    `SELECT toString(max(identity)) AS last, count() AS found FROM
     (
         SELECT DISTINCT identity FROM day_traffic
         WHERE seen_on BETWEEN {from:Date} AND {until:Date} AND identity > {after:UInt64}
         ORDER BY identity LIMIT {page:UInt32}
     )`,
    { ...range, after, page: PAGE },
  );
  return row === undefined || row.found === '0' ? undefined : row.last;
}
