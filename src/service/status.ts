import { verifyDecisions } from '../decisions/decisions.js';
import { ledgerBalance, type LedgerBalance } from '../landing/ledger-balance.js';
import { calendarOf, type Calendar } from '../model/days/calendar.js';
import { keptData, type KeptData } from '../store/kept-data.js';
import { applyRetention } from '../store/retention.js';
import type { Session } from './session.js';
import { KEPT_TABLES } from './tables.js';

/** Whether the history of decisions is as it was written. */
export type LogCheck = Awaited<ReturnType<typeof verifyDecisions>>;

/** The contract `outflow.store/1` (docs/cli.md). Change it only by adding. */
export interface StoreStatus {
  readonly schema: 'outflow.store/1';
  /** Directory, or URL without credentials. */
  readonly store: string;
  readonly engine: string;
  readonly data: readonly KeptData[];
  readonly ledger: LedgerBalance;
  readonly calendar: Calendar;
  readonly decisions: LogCheck;
}

export interface StatusRequest {
  /** Put the retention of the configuration in force first. */
  readonly retain?: boolean | undefined;
}

/** What the store holds and for how long, and whether its ledger and its history hold. */
export function statusOf(session: Session, { retain = false }: StatusRequest): Promise<StoreStatus> {
  const { retention } = session.options.config;
  const run = retain ? session.write : session.read;
  return run(async (store) => {
    if (retain) await applyRetention(store, KEPT_TABLES, retention);
    return {
      schema: 'outflow.store/1',
      store: store.target,
      engine: store.engine,
      data: await keptData(store, KEPT_TABLES, retention),
      ledger: await ledgerBalance(store),
      calendar: await calendarOf(store),
      decisions: await verifyDecisions(store),
    };
  });
}
