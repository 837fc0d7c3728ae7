import { DAY_MS } from '../simulate/formats/hand-made.js';
import {
  everydayFleet,
  flowOf,
  HOUR,
  mac,
  MONDAY,
  processOf,
  signedBy,
  withStories,
  writeTelemetry,
} from '../support/telemetry.js';

/** Days of the history; the first seven are judged as one week, every later one with the six before it. */
export const DAYS = 8;
export const HOSTS = 6;

/** An unsigned program sends so many bytes to a place of its own on a day, 0 being Monday, 2 March 2026. */
function upload(host: number, day: number, bytesOut: number): ReturnType<typeof everydayFleet>[number] {
  const machine = mac(host);
  const start = MONDAY + day * DAY_MS + 11 * HOUR;
  const program = processOf(machine, `/Users/${machine.user}/Library/.sync/sync${host}`, {
    signing: signedBy.nobody,
    start: start - HOUR,
  });
  const to = { remoteName: `in.drop${host}.example`, remoteIp: `203.0.113.${host}` };
  return {
    host: machine,
    processes: [program],
    flows: [flowOf(program, { ...to, start, bytesOut, bytesIn: 20_000 })],
  };
}

/** Everyday traffic of six Macs, a large upload of MAC-01 on Wednesday, and smaller ones of three others later. */
export function writeHistory(directory: string): void {
  const uploads = [
    upload(1, 2, 3_000_000_000),
    upload(2, 5, 30_000_000),
    upload(3, 7, 400_000_000),
    upload(4, 7, 60_000_000),
  ];
  writeTelemetry(directory, withStories(everydayFleet(HOSTS, DAYS), uploads), { days: DAYS });
}
