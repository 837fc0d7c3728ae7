import type { Config } from '../config/schema.js';
import { RETENTION } from './retention.js';
import type { Store } from './store.js';

/** Rows, bytes and age of one kind of data. Days are UTC, null where there is nothing. */
export interface KeptData {
  readonly kind: 'raw' | 'observations' | 'rollups' | 'findings' | 'baselines' | 'decisions';
  readonly rows: number;
  /** On disk, compressed. */
  readonly bytes: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Days it is kept after it arrived or was built; null: for ever. */
  readonly retention_days: number | null;
}

/** The ledger of what was read. It balances when every line of a finished batch was accepted or rejected. */
export interface LedgerBalance {
  readonly batches: number;
  readonly lines: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Lines that landing itself counted for the tries that count; equal to `lines`. */
  readonly landed: number;
  /** Tries that broke off. Their rows are never used. */
  readonly broken_off: number;
  readonly balanced: boolean;
}

const KINDS: readonly {
  readonly kind: KeptData['kind'];
  readonly key: keyof typeof RETENTION | undefined;
  readonly tables: readonly string[];
  /** Table and expression of the day that data is about. */
  readonly ages: readonly (readonly [table: string, day: string])[];
}[] = [
  { kind: 'raw', key: 'raw_days', tables: RETENTION.raw_days, ages: [['rejects', 'landed_on']] },
  {
    kind: 'observations',
    key: 'observation_days',
    tables: RETENTION.observation_days,
    ages: [
      ['process_observations', 'toDate(ts)'],
      ['flow_observations', 'toDate(ts)'],
    ],
  },
  { kind: 'rollups', key: 'rollup_days', tables: RETENTION.rollup_days, ages: [['day_hosts', 'seen_on']] },
  {
    kind: 'findings',
    key: 'finding_days',
    tables: RETENTION.finding_days,
    ages: [['evaluations', 'evaluated_on']],
  },
  { kind: 'decisions', key: undefined, tables: ['decisions'], ages: [['decisions', 'toDate(at)']] },
];

const SIZES = `
  SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
  WHERE database = {database:String} AND active GROUP BY table`;

export async function keptData(store: Store, retention: Config['retention']): Promise<readonly KeptData[]> {
  const sizes = new Map(
    (
      await store.rows<{ table: string; rows: string; bytes: string }>(SIZES, { database: store.database })
    ).map((row) => [row.table, row]),
  );
  const sum = (tables: readonly string[], key: 'rows' | 'bytes'): number =>
    tables.reduce((total, table) => total + Number(sizes.get(table)?.[key] ?? 0), 0);
  const kept: KeptData[] = [];
  for (const { kind, key, tables, ages } of KINDS) {
    kept.push({
      kind,
      rows: sum(tables, 'rows'),
      bytes: sum(tables, 'bytes'),
      ...(await ageOf(store, ages)),
      retention_days: key === undefined ? null : retention[key],
    });
  }
  const baselines = [...sizes.keys()].filter((table) => table.startsWith('baseline_'));
  kept.push({
    kind: 'baselines',
    rows: sum(baselines, 'rows'),
    bytes: sum(baselines, 'bytes'),
    ...(await ageOf(store, [['baseline_versions', 'learned_until']])),
    retention_days: null,
  });
  return kept;
}

async function ageOf(
  store: Store,
  ages: readonly (readonly [string, string])[],
): Promise<Pick<KeptData, 'oldest' | 'newest'>> {
  const days: string[] = [];
  for (const [table, day] of ages) {
    // The expression is one of the constants above.
    const [row] = await store.rows<{ n: string; oldest: string; newest: string }>(
      `SELECT count() AS n, toString(min(${day})) AS oldest, toString(max(${day})) AS newest FROM {table:Identifier}`,
      { table },
    );
    if (row !== undefined && Number(row.n) > 0) days.push(row.oldest, row.newest);
  }
  days.sort();
  return { oldest: days[0] ?? null, newest: days.at(-1) ?? null };
}

export async function ledgerBalance(store: Store): Promise<LedgerBalance> {
  const [row] = await store.rows<Record<'batches' | 'lines' | 'accepted' | 'rejected', string>>(
    `SELECT count() AS batches, sum(lines) AS lines, sum(accepted) AS accepted, sum(rejected) AS rejected FROM counted_attempts`,
  );
  const [landed] = await store.rows<{ lines: string }>(
    'SELECT sum(lines) AS lines FROM landed WHERE attempt IN (SELECT attempt FROM counted_attempts)',
  );
  const [broken] = await store.rows<{ n: string }>(
    `SELECT count() AS n FROM (SELECT attempt FROM batches GROUP BY attempt HAVING max(state) = 'begun')`,
  );
  const lines = Number(row?.lines ?? 0);
  const accepted = Number(row?.accepted ?? 0);
  const rejected = Number(row?.rejected ?? 0);
  const counted = Number(landed?.lines ?? 0);
  return {
    batches: Number(row?.batches ?? 0),
    lines,
    accepted,
    rejected,
    landed: counted,
    broken_off: Number(broken?.n ?? 0),
    balanced: lines === accepted + rejected && lines === counted,
  };
}
