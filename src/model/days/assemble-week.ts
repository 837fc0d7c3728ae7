import { loadSql, loadStatements } from '../../ground/sql-file.js';
import type { Store } from '../../store/store.js';
import { pairPieces } from '../build.js';
import { withTables } from '../run.js';
import type { Scratch } from '../../store/scratch.js';
import type { Window } from '../../ground/window.js';
import { addDays, nextDay } from '../../ground/day.js';

/** Days that are judged together: long enough for what is slow, short enough that every week is judged by itself. */
export const WEEK_DAYS = 7;

const statements = (name: string): string[] => loadStatements(new URL(`./sql/${name}.sql`, import.meta.url));
const ATTEMPTS = loadSql(new URL('./sql/73-week-attempts.sql', import.meta.url));
const CONNECTIONS = loadSql(new URL('./sql/74-week-connections.sql', import.meta.url));

export interface Week {
  /** `YYYY-MM-DD`, both inclusive. */
  readonly since_day: string;
  readonly until_day: string;
}

/** The week that ends on a day. */
export function weekUntil(day: string): Week {
  return { since_day: addDays(day, 1 - WEEK_DAYS), until_day: day };
}

/** The times of a week's records. */
export function timesOf(week: Week): Window {
  return { since: `${week.since_day} 00:00:00`, until: `${nextDay(week.until_day)} 00:00:00` };
}

/** Puts the built days of a week into the working tables of a run. */
export async function assembleWeek(store: Store, week: Week): Promise<Scratch> {
  return withTables(store, async (run) => {
    for (const statement of [...statements('70-week-hosts'), ...statements('71-week')]) {
      await store.command(statement, { run, ...week });
    }
    await pairPieces(store, run, { pieces_db: store.database, pieces: 'day_pairs', ...week });
  });
}

/** Only the hosts of a week, and what their telemetry carried. */
export async function assembleHosts(store: Store, week: Week): Promise<Scratch> {
  return withTables(store, async (run) => {
    for (const statement of statements('70-week-hosts')) await store.command(statement, { run, ...week });
  });
}

/** Adds what is known of the processes that stand for candidates. */
export async function assembleProcesses(store: Store, run: string, week: Week): Promise<void> {
  for (const statement of statements('72-week-processes')) await store.command(statement, { run, ...week });
}

/** Adds the connections of subjects that are to be shown. */
export async function assembleConnections(
  store: Store,
  run: string,
  week: Week,
  subjects: readonly { readonly hostId: string; readonly actorId: string }[],
): Promise<void> {
  await store.command(ATTEMPTS, { run, ...week });
  for (let at = 0; at < subjects.length; at += 500) {
    const page = subjects.slice(at, at + 500);
    await store.command(CONNECTIONS, {
      run,
      ...week,
      hosts: page.map((subject) => subject.hostId),
      actors: page.map((subject) => subject.actorId),
    });
  }
}
