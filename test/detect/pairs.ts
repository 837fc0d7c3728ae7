import type { SimFlow, SimHost, SimProcess } from '../../src/simulate/event.js';
import { flowOf, HOUR, MINUTE, MONDAY, processOf, signedBy, type Story } from '../support/telemetry.js';

/** Two stories that differ in one thing: everyday life, and what an analyst has to see. */
export interface Pair {
  readonly name: string;
  /** What differs between the two. */
  readonly field: string;
  readonly benign: (host: SimHost) => Story;
  readonly attack: (host: SimHost) => Story;
  /** Indicators the finding of the attack must have. */
  readonly indicators: readonly string[];
  /** The base name of the program the finding is about. */
  readonly program: string;
}

/** A place nobody else goes to: each Mac has its own. */
const rare = (host: SimHost): { remoteName: string; remoteIp: string } => {
  const number = host.name.slice(-2);
  return { remoteName: `files.rare-${number}.example`, remoteIp: `203.0.${Number(number)}.77` };
};

function story(host: SimHost, process: SimProcess, flows: readonly Partial<SimFlow>[]): Story {
  const chain: SimProcess[] = [];
  for (let next: SimProcess | undefined = process; next !== undefined; next = next.parent)
    chain.unshift(next);
  return { host, processes: chain, flows: flows.map((flow) => flowOf(process, flow)) };
}

/** Programs that no other Mac has. */
const app = (host: SimHost): SimProcess =>
  processOf(host, `/Applications/Tidy ${host.name}.app/Contents/MacOS/Tidy`, {
    signing: signedBy.developer(`com.example.tidy-${host.name}`),
  });

const unsigned = (host: SimHost): SimProcess =>
  processOf(host, `/Users/Shared/.${host.name}/updater`, { signing: signedBy.nobody });

const oneDrive = (host: SimHost): SimProcess =>
  processOf(host, '/Applications/OneDrive.app/Contents/MacOS/OneDrive', {
    signing: signedBy.developer('com.microsoft.OneDrive', 'UBF8T346G9'),
  });

const browser = (host: SimHost): SimProcess =>
  processOf(host, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {
    signing: signedBy.developer('com.google.Chrome', 'EQHXZ8M8AV'),
  });

const terminal = (host: SimHost): SimProcess =>
  processOf(host, '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal', {
    signing: signedBy.apple('com.apple.Terminal'),
  });

const curl = (host: SimHost, parent: SimProcess | undefined, args: readonly string[]): SimProcess =>
  processOf(host, '/usr/bin/curl', {
    parent,
    args: ['curl', ...args],
    signing: signedBy.apple('com.apple.curl'),
    start: MONDAY + 10 * HOUR - 500,
    end: MONDAY + 10 * HOUR + 15 * MINUTE,
  });

const day = { start: MONDAY + 2 * HOUR, end: MONDAY + 46 * HOUR };

/** `count` connections, `gap` ms apart. */
const many = (count: number, gap: number, each: (at: number) => Partial<SimFlow>): Partial<SimFlow>[] =>
  Array.from({ length: count }, (_, at) => {
    const start = MONDAY + 8 * HOUR + at * gap;
    return { start, end: start + Math.min(gap / 2, MINUTE), ...each(at) };
  });

const held = (bytesOut: number) => (host: SimHost) =>
  story(host, app(host), [{ ...rare(host), ...day, bytesOut, bytesIn: 20_000 }]);

const synced = (remoteName: string) => (host: SimHost) =>
  story(host, oneDrive(host), [
    {
      remoteName,
      remoteIp: '198.51.100.78',
      start: MONDAY + 9 * HOUR,
      end: MONDAY + 12 * HOUR,
      bytesOut: 3_000_000_000,
      bytesIn: 30_000_000,
    },
  ]);

const fetched = (bytesOut: number, bytesIn: number) => (host: SimHost) =>
  story(host, curl(host, terminal(host), [`https://${rare(host).remoteName}/x`]), [
    { ...rare(host), bytesOut, bytesIn },
  ]);

const relayed = (bytesIn: number) => (host: SimHost) =>
  story(
    host,
    app(host),
    many(120, 4 * MINUTE, (at) => ({
      remoteName: '',
      remoteIp: `198.18.${at}.7`,
      remotePort: 20_000 + at,
      bytesOut: 5_000_000,
      bytesIn,
    })),
  );

const chunked = (each: number) => (host: SimHost) =>
  story(
    host,
    unsigned(host),
    many(60, 5 * MINUTE, () => ({ ...rare(host), bytesOut: each, bytesIn: 900 })),
  );

const startedBy = (parent: (host: SimHost) => SimProcess) => (host: SimHost) =>
  story(host, curl(host, parent(host), [`https://${rare(host).remoteName}/x`]), [
    { ...rare(host), bytesOut: 12_000_000, bytesIn: 800_000 },
  ]);

const uploaded = (over: Partial<SimFlow>) => (host: SimHost) =>
  story(host, unsigned(host), [
    { ...rare(host), bytesOut: 400_000_000, bytesIn: 2_000_000, end: MONDAY + 11 * HOUR, ...over },
  ]);

const surfed = (remoteName: string) => (host: SimHost) =>
  story(host, browser(host), [
    { remoteName, remoteIp: '198.51.100.79', bytesOut: 900_000_000, bytesIn: 9_000_000 },
  ]);

export const PAIRS: readonly Pair[] = [
  {
    name: 'a socket held for two days',
    field: 'bytes out: a sign of life, or a kilobyte a second',
    benign: held(20_000),
    attack: held(160_000_000),
    indicators: ['long_lived', 'slow_drip', 'rare_destination'],
    program: 'Tidy',
  },
  {
    name: 'a sync client',
    field: 'destination: its own service, or an unknown host',
    benign: synced('contoso-my.sharepoint.com'),
    attack: synced('drop.unknown-host.example'),
    indicators: ['volume', 'rare_destination'],
    program: 'OneDrive',
  },
  {
    name: 'curl at a terminal',
    field: 'direction: 60 MB down, or 60 MB up',
    benign: fetched(200_000, 60_000_000),
    attack: fetched(60_000_000, 200_000),
    indicators: ['volume', 'dual_use_tool', 'rare_destination'],
    program: 'curl',
  },
  {
    name: 'a signed app that talks to a hundred addresses',
    field: 'bytes in: hardly any, or as many as go out',
    benign: relayed(200_000_000),
    attack: relayed(5_000_000),
    indicators: ['relay_symmetry'],
    program: 'Tidy',
  },
  {
    name: 'many short connections of an unsigned program',
    field: 'bytes out of each',
    benign: chunked(900),
    attack: chunked(2_000_000),
    indicators: ['chunked', 'volume', 'signer'],
    program: 'updater',
  },
  {
    name: 'an upload of an unsigned program',
    field: 'address: in the house, or outside',
    benign: uploaded({ remoteIp: '10.20.9.9' }),
    attack: uploaded({}),
    indicators: ['volume', 'signer', 'unusual_path', 'rare_destination'],
    program: 'updater',
  },
  {
    name: 'another upload of an unsigned program',
    field: "domain: the organisation's own, or somebody's",
    benign: uploaded({ remoteName: 'share.corp.example' }),
    attack: uploaded({ remoteName: 'share.other.example' }),
    indicators: ['volume', 'signer', 'rare_destination'],
    program: 'updater',
  },
  {
    name: 'a browser',
    field: 'destination: everybody’s document service, or a file drop',
    benign: surfed('docs.example.edu'),
    attack: surfed('store9.gofile.io'),
    indicators: ['known_drop_service'],
    program: 'Google Chrome',
  },
  {
    name: 'a small upload by curl',
    field: 'parent: a terminal, or an unsigned program',
    benign: startedBy(terminal),
    attack: startedBy(unsigned),
    indicators: ['unusual_parent'],
    program: 'curl',
  },
];
