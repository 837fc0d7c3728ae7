import type { Config } from '../config/schema.js';
import { KEPT_KINDS, RETAINED_BY, type KeptKind, type KeptTable } from './kept-table.js';
import type { Store } from './store.js';

/** Rows, bytes and age of one kind of data. Days are UTC, null where there is nothing. */
export interface KeptData {
  readonly kind: KeptKind;
  readonly rows: number;
  /** On disk, compressed. */
  readonly bytes: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Days it is kept after it arrived or was built; null: for ever. */
  readonly retention_days: number | null;
}

const SIZES = `
  SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
  WHERE database = {database:String} AND active GROUP BY table`;

export async function keptData(
  store: Store,
  tables: readonly KeptTable[],
  retention: Config['retention'],
): Promise<readonly KeptData[]> {
  const sizes = new Map(
    (
      await store.rows<{ table: string; rows: string; bytes: string }>(SIZES, { database: store.database })
    ).map((row) => [row.table, row]),
  );
  const kept: KeptData[] = [];
  for (const kind of KEPT_KINDS) {
    const own = tables.filter((one) => one.kind === kind);
    const sum = (key: 'rows' | 'bytes'): number =>
      own.reduce((total, { table }) => total + Number(sizes.get(table)?.[key] ?? 0), 0);
    const retained = RETAINED_BY[kind];
    kept.push({
      kind,
      rows: sum('rows'),
      bytes: sum('bytes'),
      ...(await ageOf(store, own)),
      retention_days: retained === undefined ? null : retention[retained],
    });
  }
  return kept;
}

async function ageOf(
  store: Store,
  tables: readonly KeptTable[],
): Promise<Pick<KeptData, 'oldest' | 'newest'>> {
  const days: string[] = [];
  for (const { table, about } of tables) {
    if (about === undefined) continue;
    // The expression is one of the constants of the room that owns the table.
    const [row] = await store.rows<{ n: string; oldest: string; newest: string }>(
      `SELECT count() AS n, toString(min(${about})) AS oldest, toString(max(${about})) AS newest FROM {table:Identifier}`,
      { table },
    );
    if (row !== undefined && Number(row.n) > 0) days.push(row.oldest, row.newest);
  }
  days.sort();
  return { oldest: days[0] ?? null, newest: days.at(-1) ?? null };
}
