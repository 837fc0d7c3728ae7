import type { Store } from '../../src/store/store.js';
import type { ApprovalFacts } from '../../src/approvals/facts.js';
import type { Signer } from '../../src/ground/vocabulary.js';
import { aPlace, DAY, someFacts } from '../support/approvals.js';

/** 2 March 2026, the first day of every store here. */
export const START = Date.UTC(2026, 2, 2);
export const dayOf = (number: number): string => new Date(START + number * DAY).toISOString().slice(0, 10);

export interface Habit {
  readonly host: string;
  readonly facts?: Partial<ApprovalFacts>;
  readonly signer?: Signer;
  readonly destination?: string;
  /** Bytes out on each day from the first on. */
  readonly amounts: readonly number[];
  readonly args?: readonly string[];
  readonly indicators?: readonly string[];
  /** Day of the first amount. */
  readonly from?: number;
}

export const findingId = (host: string, actor: string): string =>
  Buffer.from(`${host} ${actor}`).toString('hex').slice(0, 60);

/**
 * Writes days and evaluations of programs as a store that was judged every day would have them: the week that ends on a
 * day, from the first on.
 */
export async function keepHabits(store: Store, habits: readonly Habit[]): Promise<void> {
  const evaluations: Record<string, unknown>[] = [];
  const activity: Record<string, unknown>[] = [];
  for (const habit of habits) {
    const { host, signer = 'developer_id', destination = 'bucket.example', amounts, from = 0 } = habit;
    const facts = someFacts({ hostId: host, hostName: host, ...habit.facts });
    amounts.forEach((bytes, at) => {
      const number = from + at;
      const week = amounts.slice(Math.max(0, at - 6), at + 1);
      const lastMs = START + number * DAY + DAY / 2;
      const most = Math.max(...week);
      evaluations.push({
        evaluated_on: dayOf(number),
        finding_id: findingId(host, facts.actor),
        host_id: host,
        actor: facts.actor,
        risk: 55,
        severity: 'medium',
        first_seen: sqlTime(lastMs - DAY),
        last_seen: sqlTime(lastMs),
        days: week.map((out, index) => ({
          day: dayOf(number - week.length + 1 + index),
          bytes_out: out,
          bytes_in: 0,
          connections: 1,
        })),
        facts: JSON.stringify({
          ...facts,
          maxDayOut: most,
          lastMs,
          places: [aPlace({ key: destination, maxDayOut: most, hidden: destination.startsWith('unknown:') })],
        }),
        body: JSON.stringify({
          open: false,
          process: {
            name: facts.executable.split('/').at(-1),
            args: habit.args ?? [],
            signing: { signer },
          },
          indicators: (habit.indicators ?? ['volume']).map((id) => ({ id, group: 'behaviour' })),
        }),
      });
      activity.push({
        seen_on: dayOf(number),
        host_id: host,
        destination,
        hour: sqlTime(START + number * DAY + 9 * 3_600_000).slice(0, 19),
        bytes_out: bytes,
        actor: facts.actor,
      });
    });
  }
  await store.insert('evaluations', evaluations);
  for (const { actor, ...row } of activity) {
    // The id of an actor is the engine's own hash of its name.
    await store.command(
      `INSERT INTO day_activity (seen_on, host_id, actor_id, destination, hour, bytes_out, bytes_in, connections)
       SELECT {seen_on:Date}, {host_id:String}, sipHash64({actor:String}), {destination:String},
              toDateTime({hour:String}, 'UTC'), {bytes_out:UInt64}, 0, 1`,
      { ...row, actor },
    );
  }
}

/** Hosts the store has days of, from the first to the one with \`last\`. */
export async function keepHosts(store: Store, hosts: readonly string[], last: number): Promise<void> {
  await store.insert(
    'day_hosts',
    hosts.flatMap((host) =>
      [0, last].map((number) => ({
        seen_on: dayOf(number),
        seen_as: host,
        seen_name: host,
        host_id: host,
        host_name: host,
        lost: 0,
      })),
    ),
  );
}

const sqlTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
