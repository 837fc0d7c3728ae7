import { loadSql } from '../../ground/sql-file.js';
import type { FileHead, Recognised, Source } from '../source.js';

const PROCESS_TYPE = loadSql(new URL('process-type.sql', import.meta.url)).replace(/^--.*$/gm, '');
const OBSERVATIONS = loadSql(new URL('observations.sql', import.meta.url)).replaceAll(
  '{process}',
  PROCESS_TYPE,
);

/** Apple's `eslogger`: Endpoint Security messages about processes, one JSON object per line. */
export const source: Source = {
  id: 'eslogger',
  title: 'eslogger (Endpoint Security messages: exec, fork, exit)',
  carries: { process: true, signing: true, bytes: false, duration: false, open_connections: false },
  namesHost: false,
  recognise,
  plan: ({ host }) => ({ sql: OBSERVATIONS, params: { host } }),
};

/** Lines of the head that are looked at; a file of another format is turned down after these. */
const LINES_CONSIDERED = 200;

function recognise(head: FileHead): Recognised | undefined {
  return head.lines.slice(0, LINES_CONSIDERED).some(isMessage) ? { variant: 'message' } : undefined;
}

/** Jamf Protect writes the same messages with `metadata` about itself; that is another source. */
function isMessage(line: string): boolean {
  const message = parse(line);
  return (
    isObject(message) &&
    Number.isInteger(message['schema_version']) &&
    Number.isInteger(message['event_type']) &&
    typeof message['time'] === 'string' &&
    isObject(message['event']) &&
    isObject(message['process']) &&
    typeof message['process']['audit_token'] === 'object' &&
    message['metadata'] === undefined
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
