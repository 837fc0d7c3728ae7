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

/** The row as `log` prints it: slashes escaped, `traceID` beyond 2^53. */
export function logLine(row: LogRow, host: SimHost): string {
  const imageId = stableUuid(`image ${row.processPath}`, 'upper');
  const senderId = stableUuid(`image ${row.senderPath}`, 'upper');
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
    timestamp: localTime(row.at, row.microseconds, host.utcOffsetMinutes),
    machTimestamp: (Math.floor(row.at) - bootTimeOf(host)) * 24_000 + row.microseconds * 24,
    eventMessage: row.message,
    processImageUUID: imageId,
    processID: row.processId,
    senderProgramCounter: counter,
    parentActivityIdentifier: 0,
  });
  // A 63-bit integer, which JavaScript numbers cannot hold.
  const traceId = BigInt(`0x4${stableHex(`trace ${row.formatString}`).slice(0, 15)}`).toString();
  return `${text.slice(0, -1).replaceAll('/', '\\/')},"traceID":${traceId}}`;
}
