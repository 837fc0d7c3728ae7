/** What a pseudo-terminal leaves before the first line (`04 08 08`, or `^D` spelt out), and spare carriage returns. */
export const TERMINAL_NOISE = String.raw`^(\^D)?[\x00-\x08\x0b\x0c\x0e-\x1f]+|\r+$`;

const NOISE = new RegExp(TERMINAL_NOISE, 'g');

/** No nettop header is longer, and none has as many columns as the engine is told for an absent one. */
const LONGEST_HEADER = 1_000;
export const ABSENT = 60_000;

/** 1-based columns of one header; `ABSENT` for those it lacks. The subject is the column without a name. */
export interface NettopColumns {
  readonly header: string;
  readonly width: number;
  readonly time: number;
  readonly subject: number;
  readonly interface: number;
  readonly state: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export function withoutNoise(line: string): string {
  return line.replace(NOISE, '');
}

/**
 * Reads a header such as `time,,interface,state,bytes_in,bytes_out,` (without `time` under `-J`): the subject's name
 * is empty, every column ends with a comma, and one of the byte columns is there.
 */
export function parseHeader(line: string): NettopColumns | undefined {
  if (line.length > LONGEST_HEADER || !/^(?:time,)?,(?:[A-Za-z][\w-]*,)+$/.test(line)) return undefined;
  const names = line.split(',');
  const column = (name: string): number => names.indexOf(name) + 1 || ABSENT;
  const columns: NettopColumns = {
    header: line,
    width: names.length,
    time: column('time'),
    subject: names.indexOf('') + 1,
    interface: column('interface'),
    state: column('state'),
    bytesIn: column('bytes_in'),
    bytesOut: column('bytes_out'),
  };
  return columns.bytesIn === ABSENT && columns.bytesOut === ABSENT ? undefined : columns;
}
