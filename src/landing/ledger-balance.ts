import type { Store } from '../store/store.js';

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
