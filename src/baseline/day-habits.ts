import { loadStatements } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';

const HABITS = loadStatements(new URL('./sql/day-habits.sql', import.meta.url));

/** Stages what a baseline needs of a day ({@link HABITS}), to be kept with it. */
export async function stageDayHabits(store: Store, run: string, day: string): Promise<void> {
  await store.command('CREATE TABLE {run:Identifier}.day_habits AS day_habits', { run });
  for (const statement of HABITS) await store.command(statement, { run, day });
}
