import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import type { Window } from '../ground/window.js';
import type { FindingFlow } from '../ground/finding.js';
import type { SubjectKey } from './assembled.js';

/** What a finding rests on. */
export interface Evidence {
  readonly flows: number;
  readonly sources: readonly string[];
  readonly files: readonly string[];
  readonly days: readonly EvidenceDay[];
  readonly list: readonly FindingFlow[];
}

export interface EvidenceDay {
  readonly day: string;
  readonly bytes_out: number;
  readonly bytes_in: number;
  /** That began that day. */
  readonly connections: number;
}

interface FlowRow {
  start_ms: number;
  end_ms: number;
  open: number;
  destination: string;
  port: number;
  transport: string;
  bytes_out: number;
  bytes_in: number;
  out_known: number;
  in_known: number;
}

const load = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));
const FLOWS = load('evidence');
const FILES = load('evidence-files');
const DAYS = load('evidence-days');

/** Evidence of subjects, by {@link evidenceKey}; however many analytics judged one, it is asked for once. */
export async function loadEvidence(
  store: Store,
  run: string,
  subjects: readonly SubjectKey[],
  /** Times of the records behind the run, as the engine reads them. */
  window: Window,
): Promise<ReadonlyMap<string, Evidence>> {
  const found = new Map<string, Evidence>();
  const asked = [...new Map(subjects.map((subject) => [evidenceKey(subject), subject])).values()];
  for (let at = 0; at < asked.length; at += 500) {
    const page = asked.slice(at, at + 500);
    const params = { run, hosts: page.map((s) => s.hostId), actors: page.map((s) => s.actorId) };
    const flows = await store.rows<Key & { flows: string; sources: string[]; list: FlowRow[] }>(
      FLOWS,
      params,
    );
    const files = keyed(await store.rows<Key & { files: string[] }>(FILES, { ...params, ...window }));
    const days = keyed(await store.rows<Key & { days: [string, number, number, number][] }>(DAYS, params));
    for (const row of flows) {
      const key = keyOf(row);
      found.set(key, {
        flows: Number(row.flows),
        sources: row.sources,
        files: files.get(key)?.files ?? [],
        days: (days.get(key)?.days ?? []).map(([day, bytes_out, bytes_in, connections]) => ({
          day,
          bytes_out,
          bytes_in,
          connections,
        })),
        list: row.list.map(flowOf),
      });
    }
  }
  return found;
}

interface Key {
  host_id: string;
  actor_id: string;
}

export const evidenceKey = ({ hostId, actorId }: SubjectKey): string => `${hostId}\n${actorId}`;

const keyOf = (row: Key): string => evidenceKey({ hostId: row.host_id, actorId: row.actor_id });

function keyed<Row extends Key>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function flowOf(row: FlowRow): FindingFlow {
  return {
    start: new Date(row.start_ms).toISOString(),
    end: new Date(row.end_ms).toISOString(),
    open: row.open === 1,
    destination: row.destination,
    port: row.port,
    transport: row.transport,
    bytes_out: row.out_known === 1 ? row.bytes_out : null,
    bytes_in: row.in_known === 1 ? row.bytes_in : null,
  };
}
