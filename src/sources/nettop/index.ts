import { loadSql } from '../../ground/sql-file.js';
import type { FileHead, LandingContext, LandingPlan, Recognised, Source } from '../source.js';
import { readCapture } from './capture.js';
import { ABSENT, parseHeader, TERMINAL_NOISE, withoutNoise, type NettopColumns } from './header.js';
import { CONNECTION, NAMED_LIKE_CONNECTION, PROCESS, TIME } from './row.js';

const SQL = loadSql(new URL('./rows.sql', import.meta.url));

/** A capture begins with a header, or with the rest of a sample whose beginning was cut off. */
const LINES_BEFORE_HEADER = 2_000;

/** Larger than any row number. */
const NEVER = String(2n ** 63n);

/** `nettop -L`: bytes per process and connection, sampled on the Mac itself. */
export const source: Source = {
  id: 'nettop',
  title: 'nettop -L samples',
  carries: { process: true, signing: false, bytes: true, duration: true, open_connections: true },
  namesHost: false,
  recognise,
  plan,
};

function recognise(head: FileHead): Recognised | undefined {
  const isCapture = head.lines
    .slice(0, LINES_BEFORE_HEADER)
    .some((line) => parseHeader(withoutNoise(line)) !== undefined);
  return isCapture ? { variant: 'csv' } : undefined;
}

async function plan({ path, date, host, timezone }: LandingContext): Promise<LandingPlan> {
  const capture = await readCapture(path, date);
  return {
    sql: SQL,
    ordered: true,
    params: {
      host,
      timezone,
      delta: capture.delta,
      second_sample: capture.secondSample === undefined ? NEVER : String(capture.secondSample),
      has_connections: capture.hasConnections,
      processes_without_connections: capture.processesWithoutConnections,
      headers: capture.headers.map(({ header }) => header),
      places: capture.headers.map(placesOf),
      header_rows: capture.headerChanges.map(({ row }) => String(row)),
      header_indexes: capture.headerChanges.map(({ header }) => String(header)),
      dates: capture.days.map(({ date }) => date),
      day_rows: capture.days.map(({ row }) => String(row)),
      piece_rows: capture.pieces.map(({ row }) => String(row)),
      piece_samples: capture.pieces.map(({ samples }) => String(samples)),
      absent: ABSENT,
      noise_pattern: TERMINAL_NOISE,
      time_pattern: TIME,
      connection_pattern: CONNECTION,
      named_like_connection_pattern: NAMED_LIKE_CONNECTION,
      process_pattern: PROCESS,
    },
  };
}

/** Width and 1-based columns of a header, in the order rows.sql takes them. */
function placesOf(columns: NettopColumns): string {
  const { width, time, subject, state, bytesIn, bytesOut } = columns;
  return [width, time, subject, columns.interface, state, bytesIn, bytesOut].join(',');
}
