/** A small day by hand: one host, a shell started from a terminal, a signed app, and connections of both. */
import type {
  FormatWriter,
  SimFlow,
  SimHost,
  SimProcess,
  SimSlice,
  Withheld,
} from '../../../src/simulate/event.js';

export const DAY = Date.UTC(2026, 4, 4);
export const DAY_MS = 86_400_000;
const HOUR = 3_600_000;

export function hostNamed(name: string): SimHost {
  return {
    name,
    id: '0F3C1D52-7A11-5B0E-9C55-2D6E8A1B9F00',
    user: 'user7',
    uid: 501,
    ip: '10.20.0.17',
    ip6: 'fd00:20::17',
    utcOffsetMinutes: -210,
    role: 'engineering',
  };
}

export function makeProcess(host: SimHost, over: Partial<SimProcess>): SimProcess {
  return {
    host,
    pid: 900,
    pidversion: 2100,
    executable: '/Applications/Uploader.app/Contents/MacOS/Uploader',
    name: 'Uploader',
    args: ['/Applications/Uploader.app/Contents/MacOS/Uploader', '--quiet'],
    script: '',
    cwd: '/',
    user: host.user,
    uid: host.uid,
    signing: {
      signer: 'developer_id',
      signingId: 'com.example.uploader',
      teamId: 'EXAMPLE123',
      cdhash: '0123456789abcdef0123456789abcdef01234567',
      subject: 'Developer ID Application: Example (EXAMPLE123)',
    },
    parent: undefined,
    responsible: undefined,
    tty: '',
    start: DAY + HOUR,
    end: undefined,
    ...over,
  };
}

export function makeFlow(process: SimProcess, over: Partial<SimFlow>): SimFlow {
  return {
    process,
    transport: 'tcp',
    localIp: process.host.ip,
    localPort: 50123,
    remoteIp: '198.51.100.7',
    remotePort: 443,
    remoteName: 'files.example.com',
    direction: 'egress',
    interface: 'en0',
    start: DAY + 2 * HOUR,
    end: DAY + 2 * HOUR + 65_250,
    bytesOut: 5_000_000,
    bytesIn: 40_000,
    ...over,
  };
}

/** The slice of one day that holds these processes and flows. */
export function sliceOf(
  host: SimHost,
  processes: readonly SimProcess[],
  flows: readonly SimFlow[],
  { day = DAY, last = true }: { day?: number; last?: boolean } = {},
): SimSlice {
  const dayEnd = day + DAY_MS;
  const inside = (at: number | undefined) => at !== undefined && at >= day && at < dayEnd;
  return {
    host,
    dayStart: day,
    dayEnd,
    processes: processes.filter(({ start }) => inside(start)),
    exits: processes.filter(({ end }) => inside(end)),
    flowStarts: flows.filter(({ start }) => inside(start)),
    flowEnds: flows.filter(({ end }) => inside(end)),
    flowsOpen: flows.filter(({ start, end }) => start < dayEnd && (end ?? Infinity) >= day),
    last,
  };
}

export function textOf(
  writer: FormatWriter,
  slices: readonly SimSlice[],
  withheld: readonly Withheld[] = [],
) {
  const files = new Map<string, string>();
  for (const slice of slices) {
    for (const { file, text } of writer.write(slice, { withhold: new Set(withheld) })) {
      files.set(file, (files.get(file) ?? '') + text);
    }
  }
  return files;
}

export type Json = Record<string, unknown>;

/** Every line of an NDJSON text, parsed; fails when the last line is unfinished. */
export function parseLines(text: string | undefined): Json[] {
  if (!text?.endsWith('\n')) throw new Error('no text, or an unfinished line');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
}

/** `a.b.c` of a parsed document. */
export function at(document: Json | undefined, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document);
}
