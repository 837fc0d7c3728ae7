import { assembleTelemetry, measureRun } from '../coverage/telemetry-tables.js';
import type { Window } from '../ground/window.js';
import { buildModel } from '../model/build.js';
import {
  assembleConnections,
  assembleProcesses,
  assembleWeek,
  timesOf,
  weekUntil,
} from '../model/days/assemble-week.js';
import type { Scratch } from '../store/scratch.js';
import type { Store } from '../store/store.js';

/**
 * The working tables of what is judged at once: one window over records, or a week of days that are kept. Judging reads the
 * same tables of both. What a week keeps back until it is known who is asked about is added later.
 */
export interface Assembled extends Scratch {
  /** The last day, `YYYY-MM-DD`: what it is judged as is kept under it. */
  readonly until: string;
  /** Times of the records behind it. */
  readonly window: Window;
  /** Adds the processes that stand for candidates, once these are known. */
  readonly addProcesses: () => Promise<void>;
  /** Adds the connections of subjects that are to be shown. */
  readonly addConnections: (subjects: readonly SubjectKey[]) => Promise<void>;
}

export interface SubjectKey {
  readonly hostId: string;
  readonly actorId: string;
}

const ALL_THERE = (): Promise<void> => Promise.resolve();

/** Everything that has landed and lies in a window, as one. */
export async function assembleWindow(
  store: Store,
  window: Window,
  onStep: (step: string) => void,
): Promise<Assembled> {
  const { run, drop } = await buildModel(store, window, onStep);
  try {
    await measureRun(store, run);
    const until = await lastDay(store, run);
    return { run, drop, until, window, addProcesses: ALL_THERE, addConnections: ALL_THERE };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** The week of a kept store that ends on a day. */
export async function assembleStoredWeek(store: Store, day: string): Promise<Assembled> {
  const week = weekUntil(day);
  const { run, drop } = await assembleWeek(store, week);
  try {
    await assembleTelemetry(store, run, week);
    return {
      run,
      drop,
      until: day,
      window: timesOf(week),
      addProcesses: () => assembleProcesses(store, run, week),
      addConnections: (subjects) => assembleConnections(store, run, week, subjects),
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

async function lastDay(store: Store, run: string): Promise<string> {
  const [row] = await store.rows<{ day: string }>(
    'SELECT toString(toDate(max(last_ts))) AS day FROM {run:Identifier}.host_telemetry',
    { run },
  );
  return row?.day ?? '1970-01-01';
}
