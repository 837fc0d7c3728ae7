/** Writes nettop captures by hand. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const HEADER =
  'time,,interface,state,bytes_in,bytes_out,rx_dupe,rx_ooo,re-tx,rtt_avg,rcvsize,tx_win,tc_class,tc_mgt,cc_algo,P,C,R,W,arch,';
export const REST = ',,,,,,,,,,,,,,,';
export const SHORT = 'time,,interface,state,bytes_in,bytes_out,';

/** A row under `HEADER`: time, subject, interface, state, bytes in, bytes out. */
export const row = (...cells: readonly (string | number)[]): string => cells.join(',') + REST;
export const process = (time: string, subject: string, bytesIn: number, bytesOut: number): string =>
  row(time, subject, '', '', bytesIn, bytesOut);

export const SENT = '10:00:00.000001';
export const UPLOAD = [
  HEADER,
  process(SENT, 'rclone.812', 900, 5_000_000),
  row('10:00:00.000002', 'tcp4 10.0.0.2:50000<->203.0.113.9:443', 'en0', 'Established', 900, 5_000_000),
];

let files = 0;

/** Writes a capture into a folder of its own. */
export function writeInto(directory: string, content: string | Buffer, name: string): string {
  const folder = join(directory, String(++files));
  mkdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
