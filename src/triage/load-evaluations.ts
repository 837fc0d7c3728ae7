import type { Store } from '../store/store.js';
import { loadSql } from '../ground/sql-file.js';
import type { ApprovalFacts } from '../approvals/facts.js';
import type { Finding } from '../ground/finding.js';
import type { Severity } from '../ground/vocabulary.js';

/** A finding over all its evaluations, without what is inside their JSON. Times in epoch milliseconds. */
export interface Digest {
  readonly id: string;
  readonly firstMs: number;
  readonly lastMs: number;
  /** By day. */
  readonly weeks: readonly {
    readonly evaluatedOn: string;
    readonly risk: number;
    readonly severity: Severity;
    readonly lastSeen: string;
  }[];
  /** By day; of each day, what the latest evaluation says. */
  readonly days: readonly {
    readonly day: string;
    readonly bytes_out: number;
    readonly bytes_in: number;
    readonly connections: number;
  }[];
}

/** What one evaluation has inside: read for approvals and for closed findings only. */
export interface Inside {
  readonly facts: ApprovalFacts;
  readonly days: readonly { readonly day: string; readonly bytes_out: number }[];
}

interface DigestRow {
  readonly finding_id: string;
  readonly first_ms: string;
  readonly last_ms: string;
  readonly evaluated_on: readonly string[];
  readonly risk: readonly number[];
  readonly severity: readonly Severity[];
  readonly seen_ms: readonly string[];
  readonly day: readonly string[];
  readonly bytes_out: readonly string[];
  readonly bytes_in: readonly string[];
  readonly connections: readonly string[];
}

const DIGESTS = loadSql(new URL('./sql/digests.sql', import.meta.url));

/**
 * All findings that the table `evaluations` of the database `from` has, or those of `ids` (some hundred), by id.
 */
export async function loadDigests(
  store: Store,
  from: string,
  ids?: readonly string[],
): Promise<readonly Digest[]> {
  const rows = await store.rows<DigestRow>(DIGESTS, { from, all: ids === undefined, ids: ids ?? [] });
  return rows.map(digestOf);
}

function digestOf(row: DigestRow): Digest {
  return {
    id: row.finding_id,
    firstMs: Number(row.first_ms),
    lastMs: Number(row.last_ms),
    weeks: row.evaluated_on.map((evaluatedOn, at) => ({
      evaluatedOn,
      risk: row.risk[at]!,
      severity: row.severity[at]!,
      lastSeen: new Date(Number(row.seen_ms[at])).toISOString(),
    })),
    days: row.day.map((day, at) => ({
      day,
      bytes_out: Number(row.bytes_out[at]),
      bytes_in: Number(row.bytes_in[at]),
      connections: Number(row.connections[at]),
    })),
  };
}

/** The insides of all evaluations of `ids`, told apart by {@link weekKey}; of some hundred findings at a time. */
export async function loadInsides(
  store: Store,
  from: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Inside>> {
  const rows = await store.rows<{
    finding_id: string;
    evaluated_on: string;
    facts: string;
    day: string[];
    bytes_out: string[];
  }>(
    `SELECT finding_id, evaluated_on, facts, days.day AS day, days.bytes_out AS bytes_out
     FROM {from:Identifier}.evaluations WHERE finding_id IN {ids:Array(String)} ORDER BY finding_id, evaluated_on`,
    { from, ids },
  );
  return new Map(
    rows.map((row) => [
      weekKey(row.finding_id, row.evaluated_on),
      {
        facts: JSON.parse(row.facts) as ApprovalFacts,
        days: row.day.map((day, at) => ({ day, bytes_out: Number(row.bytes_out[at]) })),
      },
    ]),
  );
}

/** Ids of the behaviour indicators of all evaluations of `ids`; opens the large part of each, so ask for few. */
export async function loadBehaviours(
  store: Store,
  from: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.rows<{ finding_id: string; evaluated_on: string; behaviours: string[] }>(
    `SELECT finding_id, evaluated_on,
            arrayMap(one -> one.1, arrayFilter(one -> one.2 = 'behaviour',
              JSONExtract(body, 'indicators', 'Array(Tuple(id String, group String))'))) AS behaviours
     FROM {from:Identifier}.evaluations WHERE finding_id IN {ids:Array(String)} ORDER BY finding_id, evaluated_on`,
    { from, ids },
  );
  return new Map(rows.map((row) => [weekKey(row.finding_id, row.evaluated_on), row.behaviours]));
}

export const weekKey = (id: string, evaluatedOn: string): string => `${id} ${evaluatedOn}`;

/**
 * The finding as judged on `shownOn`, and whether a connection was still open at the end of the evaluation of
 * `latestOn`; of some hundred findings at a time.
 */
export async function loadBodies(
  store: Store,
  from: string,
  wanted: readonly { readonly id: string; readonly shownOn: string; readonly latestOn: string }[],
): Promise<ReadonlyMap<string, { readonly body: Finding; readonly open: boolean }>> {
  const rows = await store.rows<{ finding_id: string; shown: string; latest: number; open: number }>(
    `SELECT finding_id, concat(finding_id, ' ', toString(evaluated_on)) AS week,
            if(week IN {shown:Array(String)}, body, '') AS shown,
            toUInt8(week IN {latest:Array(String)}) AS latest,
            toUInt8(JSONExtractBool(body, 'open')) AS open
     FROM {from:Identifier}.evaluations
     WHERE finding_id IN {ids:Array(String)}
       AND (week IN {shown:Array(String)} OR week IN {latest:Array(String)})
     ORDER BY finding_id, evaluated_on`,
    {
      from,
      ids: wanted.map(({ id }) => id),
      shown: wanted.map(({ id, shownOn }) => weekKey(id, shownOn)),
      latest: wanted.map(({ id, latestOn }) => weekKey(id, latestOn)),
    },
  );
  const open = new Set(rows.flatMap((row) => (row.latest === 1 && row.open === 1 ? [row.finding_id] : [])));
  return new Map(
    rows
      .filter(({ shown }) => shown !== '')
      .map(({ finding_id: id, shown }) => [id, { body: JSON.parse(shown) as Finding, open: open.has(id) }]),
  );
}
