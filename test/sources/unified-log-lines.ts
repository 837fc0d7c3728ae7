import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { landFile, type Landed } from '../../src/landing/land-file.js';
import { openStore } from '../../src/service/open-store.js';

export interface FlowRow {
  ts: string;
  flow_id: string;
  record_id: string;
  pid: number;
  name: string;
  executable: string;
  start_ts: string;
  end_ts: string;
  transport: string;
  local_ip: string;
  local_port: number;
  remote_ip: string;
  remote_port: number;
  remote_name: string;
  direction: string;
  interface: string;
  state: string;
  counter: string;
  bytes_out: string | null;
  bytes_in: string | null;
  lost_total: string;
}

export interface ProcessRow {
  ts: string;
  pid: number;
  name: string;
  executable: string;
  uid: string;
  process_event: string;
  signing_id: string;
}

export interface LandedRows {
  readonly landed: Landed;
  readonly flows: FlowRow[];
  readonly processes: ProcessRow[];
  /** `kind reason: lines`, sorted; flow and process rows have no reason. */
  readonly lines: string[];
  readonly rejects: { reason: string; raw: string }[];
}

/** A store and a directory for one test file. */
export async function unifiedLogBench(): Promise<{
  land: (content: string, fileName?: string) => Promise<LandedRows>;
  close: () => Promise<void>;
}> {
  const store = await openStore();
  const directory = mkdtempSync(join(tmpdir(), 'outflow-unified-log-'));
  return {
    land: async (content, fileName = 'mac-1.log') => {
      for (const table of ['landed', 'rejects', 'flow_observations', 'process_observations', 'batches']) {
        await store.command(`TRUNCATE TABLE ${table}`);
      }
      const path = join(directory, fileName);
      writeFileSync(path, content);
      const landed = await landFile(
        store,
        { path, shown: path, explicit: true },
        { source: 'unified-log', host: 'mac-1', timezone: 'Europe/Berlin' },
      );
      if ('reason' in landed) throw new Error(`skipped: ${landed.reason}`);
      const counts = await store.rows<{ text: string }>(
        `SELECT concat(toString(kind), if(reason = '', '', ' '), reason, ': ', toString(sum(lines))) AS text
         FROM landed GROUP BY kind, reason ORDER BY text`,
      );
      return {
        landed,
        flows: await store.rows<FlowRow>('SELECT * FROM flow_observations ORDER BY ts, record_id'),
        processes: await store.rows<ProcessRow>('SELECT * FROM process_observations ORDER BY ts, pid'),
        lines: counts.map((row) => row.text),
        rejects: await store.rows('SELECT reason, raw FROM rejects ORDER BY reason, raw'),
      };
    },
    close: async () => {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** One record as `log … --style ndjson` writes it; from the kernel unless told otherwise. */
export function ndjson(eventMessage: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    timezoneName: '',
    messageType: 'Default',
    eventType: 'logEvent',
    source: null,
    formatString: '%s',
    userID: 0,
    subsystem: '',
    category: '',
    bootUUID: '',
    processImagePath: '/kernel',
    timestamp: '2026-07-26 18:11:22.348728+1200',
    machTimestamp: 20147685217463,
    eventMessage,
    processID: 0,
    ...fields,
  }).replaceAll('/', '\\/');
}

/** Kernel records one millisecond apart, so that rows sorted by time are in the order given. */
export function inOrder(messages: readonly string[]): string {
  return messages
    .map((message, at) =>
      ndjson(message, { timestamp: `2026-07-26 18:00:00.${String(at).padStart(3, '0')}000+1200` }),
    )
    .join('\n');
}
