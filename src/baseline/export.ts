import { createHash } from 'node:crypto';
import type { Store } from '../store/store.js';
import { BASELINE_SCHEMA, lineName } from './transfer-format.js';
import { columnsOf } from './version-store.js';
import { VERSION_TABLES, type BaselineVersion, type VersionTable } from './version.js';

/** Rows held in JavaScript at once. */
const PAGE = 10_000;

const KEYS: Readonly<Record<VersionTable, string>> = {
  baseline_hosts: 'host_id',
  baseline_actors: 'actor_id',
  baseline_host_actors: 'host_id, actor_id',
  baseline_groups: 'peer_group, actor_id',
  baseline_pairs: 'actor_id, destination',
  baseline_host_pairs: 'host_id, actor_id, destination',
  baseline_destinations: 'destination',
};

/** A version as lines of JSON, each with its line feed: what it is, its rows table by table, and how to check them. */
export async function* exportLines(store: Store, version: BaselineVersion): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let lines = 0;
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    lines += 1;
    return text;
  };
  const { version: id, settings, excluded } = version;
  yield line({
    schema: BASELINE_SCHEMA,
    version: id,
    name: version.name,
    applies_from: version.applies_from,
    learned_from: version.learned_from,
    learned_until: version.learned_until,
    days: version.days,
    hosts: version.hosts,
    actors: version.actors,
    fingerprint: version.fingerprint,
    settings: JSON.parse(settings) as unknown,
    excluded: JSON.parse(excluded) as unknown,
    created_at: version.created_at,
  });
  for (const table of VERSION_TABLES) {
    const columns = (await columnsOf(store, table)).join(', ');
    for (let offset = 0; ; offset += PAGE) {
      const rows = await store.rows<Record<string, unknown>>(
        `SELECT ${columns} FROM ${table} WHERE version = {version:String}
         ORDER BY ${KEYS[table]} LIMIT {page:UInt32} OFFSET {offset:UInt64}`,
        { version: id, page: PAGE, offset },
      );
      for (const row of rows) yield line({ table: lineName(table), ...row });
      if (rows.length < PAGE) break;
    }
  }
  yield `${JSON.stringify({ end: true, lines, sha256: hash.digest('hex') })}\n`;
}
