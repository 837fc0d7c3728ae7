import type { SimHost } from '../event.js';
import { bootTimeOf } from './process-lineage.js';
import { stableHex, stableNumber, stableUuid } from './stable-digest.js';

/** One row of `log stream --style ndjson`, before it is serialised. */
export interface LogRow {
  /** Epoch ms, and the microseconds below it. */
  readonly at: number;
  readonly microseconds: number;
  readonly subsystem: string;
  readonly category: string;
  readonly formatString: string;
  readonly message: string;
  readonly processId: number;
  readonly processPath: string;
  readonly senderPath: string;
  readonly userId: number;
}

/** `YYYY-MM-DD HH:MM:SS.ffffff±ZZZZ` in the zone of the host. */
export function localTime(at: number, microseconds: number, utcOffsetMinutes: number): string {
  const local = new Date(Math.floor(at) + utcOffsetMinutes * 60_000)
    .toISOString()
    .slice(0, -1)
    .replace('T', ' ');
  const offset = Math.abs(utcOffsetMinutes);
  const zone = `${String(Math.floor(offset / 60)).padStart(2, '0')}${String(offset % 60).padStart(2, '0')}`;
  return `${local}${String(microseconds).padStart(3, '0')}${utcOffsetMinutes < 0 ? '-' : '+'}${zone}`;
}

/** UUIDs and trace ids belong to a few images and messages that repeat in every row. */
const IMAGE_UUIDS = new Map<string, string>();
const TRACE_IDS = new Map<string, string>();

function imageUuid(path: string): string {
  return remembered(IMAGE_UUIDS, path, () => stableUuid(`image ${path}`, 'upper'));
}

/** A 63-bit integer, which JavaScript numbers cannot hold. */
function traceId(formatString: string): string {
  return remembered(TRACE_IDS, formatString, () =>
    BigInt(`0x4${stableHex(`trace ${formatString}`).slice(0, 15)}`).toString(),
  );
}

function remembered(known: Map<string, string>, key: string, make: () => string): string {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

/**
 * The row as `log` prints it: slashes escaped, `traceID` beyond 2^53. `clock` is the wall clock of a Mac whose clock
 * is wrong; the machine's ticks do not follow it.
 */
export function logLine(row: LogRow, host: SimHost, clock?: (at: number) => number): string {
  const senderId = imageUuid(row.senderPath);
  const counter = stableNumber(`program counter ${row.formatString}`) % 9_000_000;
  const text = JSON.stringify({
    timezoneName: '',
    messageType: 'Default',
    eventType: 'logEvent',
    source: null,
    formatString: row.formatString,
    userID: row.userId,
    activityIdentifier: 0,
    subsystem: row.subsystem,
    category: row.category,
    threadID: 1000 + (stableNumber(`thread ${row.processId} ${row.at}`) % 900_000),
    senderImageUUID: senderId,
    backtrace: { frames: [{ imageOffset: counter, imageUUID: senderId }] },
    bootUUID: '',
    processImagePath: row.processPath,
    senderImagePath: row.senderPath,
    timestamp: localTime(clock?.(row.at) ?? row.at, row.microseconds, host.utcOffsetMinutes),
    machTimestamp: (Math.floor(row.at) - bootTimeOf(host)) * 24_000 + row.microseconds * 24,
    eventMessage: row.message,
    processImageUUID: imageUuid(row.processPath),
    processID: row.processId,
    senderProgramCounter: counter,
    parentActivityIdentifier: 0,
  });
  return `${text.slice(0, -1).replaceAll('/', '\\/')},"traceID":${traceId(row.formatString)}}`;
}
