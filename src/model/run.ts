import { loadSql, loadStatements } from '../ground/sql-file.js';
import { makeScratch, type Scratch } from '../store/scratch.js';
import type { Store } from '../store/store.js';

const sql = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));

/** Makes the working tables of one run (model/sql/01-tables.sql) and fills them. */
export function withTables(store: Store, fill: (run: string) => Promise<void>): Promise<Scratch> {
  return makeScratch(store, async (run) => {
    for (const statement of loadStatements(new URL('./sql/01-tables.sql', import.meta.url))) {
      await store.command(statement, { run });
    }
    await fill(run);
  });
}

/** Runs a step of model/sql in a run's database. */
export function modelStep(
  store: Store,
  run: string,
  name: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return store.command(sql(name), { run, ...params });
}
