import { loadConfig } from '../../../src/service/load-config.js';
import type { Store } from '../../../src/store/store.js';
import { buildDays as buildStale } from '../../../src/detect/build-days.js';
import type { Day } from '../../../src/model/days/calendar.js';
import { T0, type FlowObservation } from '../../support/observations.js';

export const CONFIG = loadConfig();

/** Days of these tests are numbered from Monday, 2 March 2026; hours are UTC. Seconds as observations count them. */
export function at(day: number, hour: number): number {
  return (Date.UTC(2026, 2, 2 + day) - T0) / 1000 + hour * 3600;
}

/** `2026-03-02` is day 0. */
export function dayName(day: number): string {
  return new Date(Date.UTC(2026, 2, 2 + day)).toISOString().slice(0, 10);
}

export function buildDays(store: Store): Promise<readonly Day[]> {
  return buildStale(store, CONFIG.retention, () => undefined);
}

/** A short connection of its own at an hour of each day: the source is at work on that host. */
export function heartbeats(
  host: string,
  days: readonly number[],
  hour = 23,
  over: Partial<FlowObservation> = {},
): FlowObservation[] {
  return days.map((day) => ({
    host,
    flow: 900_000 + day,
    at: at(day, hour),
    start: at(day, hour) - 1,
    counter: 'final',
    out: 1,
    in: 1,
    record: 900_000 + day,
    process: 77,
    name: 'heart',
    ip: '192.0.2.99',
    localPort: 40_000 + day,
    ...over,
  }));
}

/** What a connection did on a day. */
export interface DayRow {
  readonly host: string;
  readonly flow: string;
  readonly day: number;
  readonly out: number;
  readonly in: number;
  readonly open: boolean;
  readonly hours: number;
  readonly carried: boolean;
  readonly actor: string;
}

/** The connections of all days but heartbeats, by host, key, day and start. */
export async function connectionsOf(store: Store): Promise<DayRow[]> {
  const rows = await store.rows<{
    host_id: string;
    flow_id: string;
    day: number;
    bytes_out: string;
    bytes_in: string;
    open: number;
    duration: number;
    carried: number;
    actor: string;
  }>(
    `SELECT c.host_id, toString(c.flow_id) AS flow_id, toInt32(c.seen_on - toDate('2026-03-02')) AS day, c.bytes_out, c.bytes_in,
            c.open, c.duration, c.carried, t.actor AS actor
     FROM day_connections AS c
     LEFT JOIN day_traffic AS t ON t.seen_on = c.seen_on AND t.host_id = c.host_id AND t.process_id = c.process_id AND t.actor_id = c.actor_id
     WHERE c.flow_id < 900000
     ORDER BY c.host_id, c.flow_id, c.seen_on, c.start_ts, c.session`,
  );
  return rows.map((row) => ({
    host: row.host_id,
    flow: row.flow_id,
    day: row.day,
    out: Number(row.bytes_out),
    in: Number(row.bytes_in),
    open: row.open === 1,
    hours: Math.round(row.duration / 36) / 100,
    carried: row.carried === 1,
    actor: row.actor,
  }));
}
