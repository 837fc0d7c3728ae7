import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SimFlow, SimHost, SimProcess, SimSigning, Withheld } from '../../src/simulate/event.js';
import { FORMATS } from '../../src/simulate/formats/index.js';
import { DAY_MS, makeFlow, makeProcess, sliceOf } from '../simulate/formats/hand-made.js';

/** The first midnight of every fleet made by hand. */
export const MONDAY = Date.UTC(2026, 2, 2);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What one Mac did. */
export interface Story {
  readonly host: SimHost;
  readonly processes: readonly SimProcess[];
  readonly flows: readonly SimFlow[];
}

/** The nth Mac: `MAC-01`, 10.20.0.1, and an id that is not its name. */
export function mac(number: number): SimHost {
  const two = String(number).padStart(2, '0');
  return {
    name: `MAC-${two}`,
    id: `0F3C1D52-7A11-5B0E-9C55-2D6E8A1B9F${two}`,
    user: `user${number}`,
    uid: 501,
    ip: `10.20.0.${number}`,
    ip6: `fd00:20::${number}`,
    utcOffsetMinutes: 0,
    role: 'engineering',
  };
}

let pids = 1000;

/** A process that started at one in the morning of the first day and still runs; signed by Example unless told. */
export function processOf(host: SimHost, executable: string, over: Partial<SimProcess> = {}): SimProcess {
  pids += 1;
  return makeProcess(host, {
    pid: pids,
    pidversion: pids + 5000,
    executable,
    name: executable.split('/').at(-1)!,
    args: [executable],
    start: MONDAY + HOUR,
    ...over,
  });
}

let ports = 50_000;

/** A connection of ten minutes at ten in the morning; each has a local port of its own. */
export function flowOf(process: SimProcess, over: Partial<SimFlow> = {}): SimFlow {
  ports = ports === 65_000 ? 50_001 : ports + 1;
  const start = over.start ?? MONDAY + 10 * HOUR;
  return makeFlow(process, { localPort: ports, start, end: start + 10 * MINUTE, ...over });
}

/** Signing facts of each class, of invented makers. */
export const signedBy = {
  apple: (signingId: string): SimSigning => ({
    signer: 'apple_platform',
    signingId,
    teamId: '',
    cdhash: 'aa'.repeat(20),
    subject: 'Software Signing',
  }),
  developer: (signingId: string, teamId = 'EXAMPLE123'): SimSigning => ({
    signer: 'developer_id',
    signingId,
    teamId,
    cdhash: 'bb'.repeat(20),
    subject: `Developer ID Application: Example (${teamId})`,
  }),
  nobody: { signer: 'unsigned', signingId: '', teamId: '', cdhash: '', subject: '' } satisfies SimSigning,
} as const;

export interface WriteOptions {
  readonly sources?: readonly string[];
  readonly days?: number;
  readonly withhold?: readonly Withheld[];
}

/** Writes stories in real source formats under `directory`, as a fleet's collectors would leave them. */
export function writeTelemetry(
  directory: string,
  stories: readonly Story[],
  { sources = ['elastic-defend'], days = 2, withhold = [] }: WriteOptions = {},
): void {
  const files = new Map<string, string>();
  for (const { id, create } of FORMATS) {
    if (!sources.includes(id)) continue;
    const writer = create(MONDAY + days * DAY_MS);
    for (const { host, processes, flows } of stories) {
      for (let day = 0; day < days; day++) {
        const slice = sliceOf(host, processes, flows, { day: MONDAY + day * DAY_MS, last: day === days - 1 });
        for (const { file: named, text } of writer.write(slice, { withhold: new Set(withhold) })) {
          // These documents name their host: one file for the fleet lands faster than one for each.
          const file = id === 'elastic-defend' ? 'fleet.elastic.ndjson' : named;
          files.set(file, (files.get(file) ?? '') + text);
        }
      }
    }
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
}

/** An everyday fleet: every Mac runs the same chat, browser and system services towards the same places. */
export function everydayFleet(hosts: number, days = 2): Story[] {
  return Array.from({ length: hosts }, (_, index) => {
    const host = mac(index + 1);
    const chat = processOf(host, '/Applications/Chat.app/Contents/MacOS/Chat', {
      signing: signedBy.developer('com.example.chat'),
    });
    const browser = processOf(host, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {
      signing: signedBy.developer('com.google.Chrome', 'EQHXZ8M8AV'),
    });
    const push = processOf(host, '/System/Library/PrivateFrameworks/ApplePushService.framework/apsd', {
      signing: signedBy.apple('com.apple.apsd'),
    });
    const flows = Array.from({ length: days }, (__, day) => MONDAY + day * DAY_MS + 9 * HOUR).flatMap(
      (start) => [
        flowOf(chat, {
          start,
          remoteName: 'chat.example.net',
          remoteIp: '192.0.2.10',
          bytesOut: 2_000_000 + index,
          bytesIn: 6_000_000,
        }),
        flowOf(browser, {
          start,
          remoteName: 'www.example.net',
          remoteIp: '192.0.2.20',
          bytesOut: 300_000 + index,
          bytesIn: 40_000_000,
        }),
        flowOf(browser, {
          start,
          remoteName: 'docs.example.edu',
          remoteIp: '192.0.2.30',
          bytesOut: 400_000 + index,
          bytesIn: 900_000,
        }),
        flowOf(push, {
          start,
          remoteName: 'courier.push.apple.com',
          remoteIp: '17.0.0.1',
          remotePort: 5223,
          bytesOut: 30_000,
          bytesIn: 50_000,
        }),
      ],
    );
    return { host, processes: [chat, browser, push], flows };
  });
}

/** The same fleet with more happening on some of its Macs. */
export function withStories(fleet: readonly Story[], more: readonly Story[]): Story[] {
  return fleet.map((story) => {
    const own = more.filter(({ host }) => host.name === story.host.name);
    return {
      host: story.host,
      processes: [...story.processes, ...own.flatMap(({ processes }) => processes)],
      flows: [...story.flows, ...own.flatMap(({ flows }) => flows)],
    };
  });
}
