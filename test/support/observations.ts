import { buildModel } from '../../src/model/build.js';
import type { Scratch } from '../../src/store/scratch.js';
import type { Store } from '../../src/store/store.js';

/** Every time of an observation is in seconds after this moment. */
export const T0 = Date.UTC(2026, 2, 2, 9);

export type Counter = 'none' | 'delta' | 'cumulative' | 'final' | 'sample';

/** A row of `flow_observations`, with what a test does not care about left out. Times are seconds after `T0`. */
export interface FlowObservation {
  readonly host: string;
  /** What the source calls the host; the same as `host` unless given. */
  readonly hostName?: string;
  readonly flow: number;
  readonly at: number;
  readonly source?: string;
  readonly record?: number;
  readonly process?: number;
  readonly pid?: number;
  readonly name?: string;
  readonly executable?: string;
  readonly start?: number;
  readonly end?: number;
  readonly transport?: string;
  readonly localIp?: string;
  readonly localPort?: number;
  readonly ip?: string;
  readonly port?: number;
  readonly remoteName?: string;
  readonly interface?: string;
  readonly state?: 'unknown' | 'open' | 'closed';
  readonly counter?: Counter;
  /** null: not reported. */
  readonly out?: string | number | null;
  readonly in?: string | number | null;
  /** The source's running count of records it dropped. */
  readonly lost?: number;
}

/** A row of `process_observations`. */
export interface ProcessObservation {
  readonly host: string;
  readonly hostName?: string;
  readonly process: number;
  readonly at: number;
  readonly event: 'exec' | 'fork' | 'exit' | 'seen';
  readonly source?: string;
  readonly pid?: number;
  readonly parent?: number;
  readonly name?: string;
  readonly executable?: string;
  readonly parentExecutable?: string;
  readonly args?: readonly string[];
  readonly script?: string;
  readonly signingId?: string;
  readonly teamId?: string;
  readonly platform?: boolean;
  readonly subject?: string;
}

/** `2026-03-02 09:00:10.000000`, or the epoch for what was not reported. */
export function moment(seconds: number | undefined): string {
  const ms = seconds === undefined ? 0 : T0 + Math.round(seconds * 1000);
  return `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')}000`;
}

let records = 0;
let attempts = 0;

function flowRow(one: FlowObservation, attempt: number): Readonly<Record<string, unknown>> {
  return {
    attempt,
    source: one.source ?? 'elastic-defend',
    host_id: one.host,
    host_name: one.hostName ?? one.host,
    ts: moment(one.at),
    flow_id: one.flow,
    record_id: one.record ?? ++records,
    process_id: one.process ?? 0,
    pid: one.pid ?? 0,
    name: one.name ?? '',
    executable: one.executable ?? '',
    platform_binary: -1,
    code_signed: -1,
    code_trusted: -1,
    start_ts: moment(one.start),
    end_ts: moment(one.end),
    transport: one.transport ?? 'tcp',
    local_ip: one.localIp ?? '',
    local_port: one.localPort ?? 0,
    remote_ip: one.ip ?? '',
    remote_port: one.port ?? 443,
    remote_name: one.remoteName ?? '',
    interface: one.interface ?? '',
    direction: 'unknown',
    state: one.state ?? (one.counter === 'final' ? 'closed' : 'open'),
    counter: one.counter ?? 'none',
    bytes_out: one.out ?? null,
    bytes_in: one.in ?? null,
    lost_total: one.lost ?? 0,
  };
}

function processRow(one: ProcessObservation, attempt: number): Readonly<Record<string, unknown>> {
  const executable = one.executable ?? '';
  return {
    attempt,
    source: one.source ?? 'elastic-defend',
    host_id: one.host,
    host_name: one.hostName ?? one.host,
    ts: moment(one.at),
    process_id: one.process,
    parent_process_id: one.parent ?? 0,
    pid: one.pid ?? 0,
    name: one.name ?? executable.split('/').at(-1),
    executable,
    parent_executable: one.parentExecutable ?? '',
    args: one.args ?? [],
    script: one.script ?? '',
    uid: -1,
    session: 'unknown',
    process_event: one.event,
    signing_id: one.signingId ?? '',
    team_id: one.teamId ?? '',
    platform_binary: one.platform === undefined ? -1 : Number(one.platform),
    cs_category: -1,
    code_signed: -1,
    code_trusted: -1,
    code_subject: one.subject ?? '',
    start_ts: moment(one.event === 'exec' || one.event === 'fork' ? one.at : undefined),
    end_ts: moment(one.event === 'exit' ? one.at : undefined),
  };
}

/** Which days and hosts a file has records of: what landing notes beside the rows in a store that is kept. */
function touchedRows(
  attempt: number,
  flows: readonly FlowObservation[],
  processes: readonly ProcessObservation[],
): readonly Readonly<Record<string, unknown>>[] {
  const rows = new Map<
    string,
    { day: string; source: string; host_id: string; processes: number; flows: number }
  >();
  const count = (one: FlowObservation | ProcessObservation, kind: 'flows' | 'processes'): void => {
    const source = one.source ?? 'elastic-defend';
    const day = moment(one.at).slice(0, 10);
    const key = JSON.stringify([day, source, one.host]);
    const row = rows.get(key) ?? { day, source, host_id: one.host, processes: 0, flows: 0 };
    rows.set(key, { ...row, [kind]: row[kind] + 1 });
  };
  for (const one of flows) count(one, 'flows');
  for (const one of processes) count(one, 'processes');
  return [...rows.values()].map((row) => ({ ...row, attempt }));
}

/** Enters observations as the rows of one landed file. */
export async function observe(
  store: Store,
  flows: readonly FlowObservation[],
  processes: readonly ProcessObservation[] = [],
): Promise<void> {
  const attempt = ++attempts;
  if (flows.length > 0) {
    await store.insert(
      'flow_observations',
      flows.map((one) => flowRow(one, attempt)),
    );
  }
  if (processes.length > 0) {
    await store.insert(
      'process_observations',
      processes.map((one) => processRow(one, attempt)),
    );
  }
  if (!store.temporary) await store.insert('touched', touchedRows(attempt, flows, processes));
  await store.insert('batches', [
    {
      batch_id: `batch-${attempt}`,
      attempt,
      state: 'done',
      source: 'elastic-defend',
      file: `file-${attempt}`,
      bytes: 1,
      lines: 1,
      accepted: 1,
      rejected: 0,
      recorded_at: '2026-03-02 09:00:00.000',
    },
  ]);
}

/** The model of everything observed. */
export function modelOf(store: Store): Promise<Scratch> {
  return buildModel(store, { since: '2000-01-01 00:00:00', until: '2100-01-01 00:00:00' }, () => undefined);
}
