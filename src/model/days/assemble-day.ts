import { nextDay } from '../../ground/day.js';
import { loadSql, loadStatements } from '../../ground/sql-file.js';
import type { Scratch } from '../../store/scratch.js';
import type { Store } from '../../store/store.js';
import {
  ANCESTRY_LEVELS,
  chooseWay,
  LASTING_KEYS,
  measureConnections,
  nameActors,
  observeFlows,
  resolveFlows,
  stitchFlows,
} from '../build.js';
import { modelStep, withTables } from '../run.js';
import { DAYS_TABLES } from './tables.js';

const sql = (name: string): string => loadSql(new URL(`./sql/${name}.sql`, import.meta.url));
const statements = (name: string): string[] => loadStatements(new URL(`./sql/${name}.sql`, import.meta.url));

/**
 * Builds one UTC day from its records and from what the day built before it handed over, with the tables that are kept of
 * it staged beside the working tables. Nothing later is looked at, so that days come out the same whether they are built
 * as they pass or all at once.
 *
 * @param day `YYYY-MM-DD`
 * @param previous the last day with records before it; undefined for the first
 */
export function assembleDay(store: Store, day: string, previous: string | undefined): Promise<Scratch> {
  const window = { since: `${day} 00:00:00`, until: `${nextDay(day)} 00:00:00` };
  return withTables(store, async (run) => {
    const params = { run, day, previous: previous ?? '1970-01-01', ...window };
    const step = (name: string, more = {}): Promise<void> => store.command(sql(name), { ...params, ...more });
    for (const statement of statements('00-tables')) await store.command(statement, { run });
    for (const { table } of DAYS_TABLES) {
      // A name after AS cannot be a parameter; these are constants.
      await store.command(`CREATE TABLE {run:Identifier}.${table} AS ${table}`, { run });
    }
    await step('10-attempts');
    await step('11-known-hosts');
    await modelStep(store, run, '11-hosts', { hosts_since: window.since, hosts_until: window.until });
    if (previous !== undefined) await step('12-carry-in');
    await step('20-carried', { lasting: LASTING_KEYS });
    const way = await chooseWay(store, run, window);
    await observeFlows(store, run, window, way);
    await step('21-carried-flows', { target_db: run, target: way.table });
    if (!way.direct) await stitchFlows(store, run);
    await step('13-condense');
    await step('30-processes-today');
    await step('31-processes-before', { target: way.direct ? way.table : 'unresolved' });
    for (let level = 0; level < ANCESTRY_LEVELS; level++) await step('32-parents-before');
    await resolveFlows(store, run, window, way, { records_db: run, records: 'process_scope' });
    await nameActors(store, run);
    await modelStep(store, run, '50-activity');
    await measureConnections(store, run);
    await step('50-carry-out', { lasting: LASTING_KEYS });
    await modelStep(store, run, '50-pieces', {
      target_db: run,
      target: 'day_pairs',
      day,
      since: window.since,
      goes_on: 1,
    });
    for (const statement of statements('61-keep')) await store.command(statement, params);
  });
}
