import type { Config } from '../config/schema.js';
import { sha256 } from '../ground/hash.js';
import { loadStatements } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import type { Exclusion } from './exclusion.js';
import type { LearningWindow } from './learning-window.js';
import { rangesOf } from './host-ranges.js';
import { peerGroupsOf } from './peers.js';
import { columnsOf, seal, withStaging } from './version-store.js';
import { VERSION_TABLES, type BaselineVersion } from './version.js';

const statements = (name: string): string[] => loadStatements(new URL(`./sql/${name}.sql`, import.meta.url));

/** Changes whenever a version is learned in another way. */
export const LEARNING_METHOD = 1;

const HOSTS = `
  SELECT h.host_id AS host_id, n.host_name AS host_name, h.days AS days, h.habits AS habits
  FROM (SELECT host_id, uniqExact(seen_on) AS days, count() AS habits FROM day_habits WHERE seen_on BETWEEN {from:Date} AND {until:Date} GROUP BY host_id) AS h
  LEFT JOIN
  (
      SELECT host_id, argMax(host_name, (seen_on, host_name)) AS host_name
      FROM day_hosts WHERE seen_on BETWEEN {from:Date} AND {until:Date} GROUP BY host_id
  ) AS n ON n.host_id = h.host_id
  ORDER BY host_id`;

export interface Lesson {
  readonly window: LearningWindow;
  readonly days: number;
  readonly excluded: readonly Exclusion[];
  readonly config: Config;
  readonly name: string;
  readonly kind: 'automatic' | 'built';
  /** ISO 8601. */
  readonly now: string;
  /** Version ids begin with it. */
  readonly prefix: string;
}

/**
 * Learns one version from the days of a window and freezes it. Its id is made of what was learned, so the same content
 * is the same version, whoever learns it and in however many runs the days were built.
 */
export function learnVersion(store: Store, lesson: Lesson): Promise<string> {
  return withStaging(store, async (run) => {
    const { window, excluded, config } = lesson;
    for (const statement of statements('version-tables')) await store.command(statement, { run });
    await exclude(store, run, excluded);
    const hosts = await stageHosts(store, run, lesson);
    const params = { run, from: window.from, until: window.until, shrink_days: config.baseline.shrink_days };
    for (const range of rangesOf(hosts, HABITS_AT_ONCE)) {
      for (const statement of statements('version-hosts'))
        await store.command(statement, { ...params, ...range });
    }
    for (const statement of statements('version-fleet')) await store.command(statement, params);
    const settings = JSON.stringify(config.baseline);
    const content = await contentOf(store, run);
    const fingerprint = sha256(
      JSON.stringify([LEARNING_METHOD, window.from, window.until, settings, excluded, content]),
    );
    const version = `${lesson.prefix}-${fingerprint.slice(0, 12)}`;
    const known = await store.rows(
      'SELECT version FROM baseline_versions WHERE version = {version:String} LIMIT 1',
      {
        version,
      },
    );
    if (known.length > 0) return version;
    const [actors] = await store.rows<{ n: string }>(
      'SELECT count() AS n FROM {run:Identifier}.baseline_actors',
      {
        run,
      },
    );
    await seal(store, run, {
      version,
      name: lesson.name,
      kind: lesson.kind,
      applies_from: window.appliesFrom,
      learned_from: window.from,
      learned_until: window.until,
      days: lesson.days,
      hosts: hosts.length,
      actors: Number(actors?.n ?? 0),
      fingerprint,
      settings,
      excluded: JSON.stringify(excluded),
      created_at: lesson.now,
    } satisfies BaselineVersion);
    return version;
  });
}

async function exclude(store: Store, run: string, excluded: readonly Exclusion[]): Promise<void> {
  // An actor's id is the hash of its name (model/sql/42-actors.sql).
  for (const { host_id, actor, days } of excluded) {
    await store.command(
      `INSERT INTO {run:Identifier}.excluded
       SELECT {host_id:String}, sipHash64({actor:String}), arrayJoin({days:Array(Date)})`,
      { run, host_id, actor, days },
    );
  }
}

interface HostRow {
  readonly host_id: string;
  readonly host_name: string;
  readonly days: string;
  /** Rows of `day_habits`. */
  readonly habits: string;
}

/** Rows of `day_habits` learned from at once. The states of one host and actor take some ten kilobytes while merged. */
const HABITS_AT_ONCE = 200_000;

async function stageHosts(
  store: Store,
  run: string,
  { window, config }: Lesson,
): Promise<readonly HostRow[]> {
  const range = { from: window.from, until: window.until };
  const groupOf = await peerGroupsOf(store, range, config);
  const hosts = await store.rows<HostRow>(HOSTS, range);
  await store.insert(
    `${run}.baseline_hosts`,
    hosts.map(({ host_id, host_name, days }) => ({
      ...{ version: '', host_id, host_name, days },
      peer_groups: groupOf(host_id, host_name),
    })),
  );
  return hosts;
}

/** A hash of each table, whatever the order of its rows. */
async function contentOf(store: Store, run: string): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const table of VERSION_TABLES) {
    const columns = (await columnsOf(store, table)).join(', ');
    const [row] = await store.rows<{ content: string }>(
      `SELECT concat(toString(count()), ':', toString(groupBitXor(reinterpretAsUInt128(sipHash128(tuple(${columns})))))) AS content
       FROM {run:Identifier}.{table:Identifier} WHERE version = ''`,
      { run, table },
    );
    hashes.push(row?.content ?? '');
  }
  return hashes;
}
