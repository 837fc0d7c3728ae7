import { loadSql, loadStatements } from '../../engine/sql-file.js';
import type { Store } from '../../engine/store.js';
import { ANCESTRY_LEVELS, measureConnections, nameActors, observeFlows, resolveFlows } from '../build.js';
import { modelStep, withTables } from '../run.js';
import { nextDay } from './day.js';
import { DAY_TABLES, replaceDay } from './tables.js';

const sql = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));
const statements = (name: string): string[] => loadStatements(new URL(`./sql/${name}.sql`, import.meta.url));
const HABITS = loadStatements(new URL('../../baseline/sql/day-habits.sql', import.meta.url));

/**
 * Builds one UTC day from its records and from what the day built before it handed over, and puts it in the place of
 * whatever was built for it earlier. Nothing later is looked at, so that days come out the same whether they are built
 * as they pass or all at once.
 *
 * @param day `YYYY-MM-DD`
 * @param previous the last day with records before it; undefined for the first
 */
export async function buildDay(store: Store, day: string, previous: string | undefined): Promise<void> {
  const window = { since: `${day} 00:00:00`, until: `${nextDay(day)} 00:00:00` };
  const { run, drop } = await withTables(store, async (run) => {
    const params = { run, day, previous: previous ?? '1970-01-01', ...window };
    const step = (name: string, more = {}): Promise<void> => store.command(sql(name), { ...params, ...more });
    for (const statement of statements('00-tables')) await store.command(statement, { run });
    for (const table of DAY_TABLES) {
      // A name after AS cannot be a parameter; these are constants.
      await store.command(`CREATE TABLE {run:Identifier}.${table} AS ${table}`, { run });
    }
    await step('10-attempts');
    await step('11-known-hosts');
    await modelStep(store, run, '11-hosts', { hosts_since: window.since, hosts_until: window.until });
    if (previous !== undefined) await step('12-carry-in');
    await step('20-carried');
    let flows = 'flows';
    const direct = await observeFlows(store, run, window, async (target) => {
      flows = target;
      await step('21-carried-flows', { target_db: run, target });
    });
    await step('13-condense');
    await step('30-processes-today');
    await step('31-processes-before', { target: direct ? flows : 'unresolved' });
    for (let level = 0; level < ANCESTRY_LEVELS; level++) await step('32-parents-before');
    await resolveFlows(store, run, window, direct, { records_db: run, records: 'process_scope' });
    await nameActors(store, run);
    await modelStep(store, run, '50-activity');
    await measureConnections(store, run);
    await step('50-carry-out');
    await step('60-pairs');
    for (const statement of statements('61-keep')) await store.command(statement, params);
    for (const statement of HABITS) await store.command(statement, params);
  });
  try {
    for (const table of DAY_TABLES) await replaceDay(store, run, table, day);
  } finally {
    await drop();
  }
}
