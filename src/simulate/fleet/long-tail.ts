import type { SimProcess } from '../event.js';
import { inventApp, inventDomain, inventWord, type InventedApp } from '../invent.js';
import { HOUR, MINUTE, type Program } from '../machine.js';
import type { Random } from '../random.js';
import { publicAddress } from '../addresses.js';
import type { App, Behaviour } from './app.js';
import { runApp } from './behave.js';
import type { FleetHost } from './host.js';
import { adHoc, appStore, CURL, developerId, SH, unsigned } from './programs.js';

/** An app that a small team uses: on two to four hosts and nowhere else. */
export interface TeamApp {
  readonly app: App;
  readonly hosts: ReadonlySet<number>;
}

const SHARED_TELEMETRY = [
  'o450.ingest.sentry.io',
  'api.amplitude.com',
  'api.mixpanel.com',
  'in.appcenter.ms',
  'firebaselogging-pa.googleapis.com',
  'app.posthog.com',
] as const;

export function makeTeamApps(random: Random, hosts: number): readonly TeamApp[] {
  return Array.from({ length: Math.ceil(hosts / 6) }, (_, index) => {
    const own = random.child(`team app ${index}`);
    const size = Math.min(hosts, own.integer(2, 4));
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(own.integer(0, hosts - 1));
    return { app: rareApp(own, `team-${index}`, 'shared'), hosts: chosen };
  });
}

/** Three to fifteen apps that hardly anybody else has: new, unknown vendor, own domain, and perfectly innocent. */
export function runLongTail(
  host: FleetHost,
  index: number,
  teamApps: readonly TeamApp[],
  running: Map<string, readonly SimProcess[]>,
): void {
  const random = host.random.child('long tail');
  const count = host.role === 'ci' ? random.integer(1, 4) : random.integer(3, 15);
  for (let i = 0; i < count; i++)
    runApp(host, rareApp(random.child(`app ${i}`), `rare-${i}`, host.host.user), running);
  for (let i = 0; i < count; i++)
    if (random.child(`script ${i}`).chance(0.12))
      runHelperScript(host, random.child(`helper ${i}`), running.get(`rare-${i}`) ?? []);
  for (const team of teamApps) if (team.hosts.has(index)) runApp(host, team.app, running);
}

/** Some apps check their license or report a crash by a script with curl: a few kilobytes, now and then. */
function runHelperScript(host: FleetHost, random: Random, lives: readonly SimProcess[]): void {
  const site = `${random.pick(['license', 'crash', 'updates'])}.${inventDomain(random)}`;
  for (const life of lives) {
    const end = Math.min(life.end ?? host.window.end, host.window.end);
    for (let at = life.start + random.between(1, 40) * MINUTE; at < end; at += random.between(5, 40) * HOUR) {
      const sh = host.machine.exec(SH, {
        at,
        until: at + 3000,
        args: ['/bin/sh', '-c', 'curl'],
        parent: life,
        responsible: life,
      });
      const args = ['curl', '-s', '-X', 'POST', '-d', '@/tmp/report.json', `https://${site}/v1/check`];
      const curl = host.machine.exec(CURL, {
        at: at + 60,
        until: at + 2500,
        args,
        parent: sh,
        responsible: life,
      });
      host.machine.connect(curl, {
        at: at + 150,
        seconds: random.logUniform(0.2, 3),
        out: random.logNormal(4e3, 1.2),
        in: random.logNormal(3e3, 1),
        to: host.machine.named(site),
      });
    }
  }
}

function rareApp(random: Random, id: string, user: string): App {
  const app = inventApp(random.child('name'));
  const program = rareProgram(random.child('program'), app, user);
  const background = random.chance(0.55);
  return {
    id,
    program,
    life: background ? 'boot' : 'workday',
    on: () => 1,
    behaviours: rareBehaviours(random.child('behaviours'), app, isSigned(program) ? 1 : 0.3),
  };
}

function isSigned(program: Program): boolean {
  return program.signing.teamId !== '';
}

function rareProgram(random: Random, app: InventedApp, user: string): Program {
  const flat = app.title.replace(' ', '');
  const kind = random.weighted([
    ['developer_id', 66],
    ['app_store', 12],
    ['ad_hoc', 14],
    ['unsigned', 8],
  ] as const);
  switch (kind) {
    case 'developer_id': {
      const path = random.weighted([
        [`/Applications/${app.title}.app/Contents/MacOS/${app.title}`, 6],
        [
          `/Applications/${app.title}.app/Contents/Library/LoginItems/${flat}Helper.app/Contents/MacOS/${flat}Helper`,
          1.5,
        ],
        [`/Library/Application Support/${app.title}/${flat.toLowerCase()}d`, 1],
        [`/Users/${user}/Applications/${app.title}.app/Contents/MacOS/${app.title}`, 1],
        [`/Users/${user}/Library/Application Support/${app.title}/${flat.toLowerCase()}-agent`, 0.5],
      ] as const);
      return developerId(path, app.bundleId, app.teamId, app.company);
    }
    case 'app_store':
      return appStore(`/Applications/${app.title}.app/Contents/MacOS/${app.title}`, app.bundleId, app.teamId);
    case 'ad_hoc':
      return adHoc(
        random.pick([
          `/opt/homebrew/Cellar/${app.word}/${random.integer(0, 9)}.${random.integer(0, 30)}.0/bin/${app.word}`,
          `/usr/local/bin/${app.word}`,
          `/Users/${user}/bin/${app.word}`,
          `/Applications/${app.title}.app/Contents/MacOS/${app.title}`,
          `/Users/${user}/.cargo/bin/${app.word}`,
        ]),
        random.chance(0.4) ? 'a.out' : app.word,
        app.word,
      );
    case 'unsigned':
      return unsigned(
        random.pick([
          `/usr/local/bin/${app.word}`,
          `/Users/${user}/bin/${app.word}`,
          `/Users/${user}/Downloads/${app.word}/${app.word}`,
          `/opt/${app.word}/bin/${app.word}`,
        ]),
      );
  }
}

/** Kilobytes to a few megabytes a day; `scale` shrinks what tools without a vendor send. */
function rareBehaviours(random: Random, app: InventedApp, scale: number): Behaviour[] {
  const api = `api.${app.domain}`;
  const behaviours: Behaviour[] = [];
  if (random.chance(0.75)) {
    behaviours.push({
      kind: 'requests',
      to: { names: random.chance(0.4) ? [api, `www.${app.domain}`] : [api] },
      perHour: random.logUniform(0.08, 2),
      when: random.chance(0.5) ? 'active' : 'awake',
      out: { median: random.logUniform(1e3, 60e3) * scale, sigma: 0.9, max: 4e6 },
      in: { median: random.logUniform(2e3, 400e3), sigma: 1.2 },
      seconds: [1, random.logUniform(5, 200)],
    });
  }
  if (random.chance(0.4)) {
    // One socket for hours or days, on a normal or an odd port, hardly any bytes.
    const port = random.weighted([
      [443, 8],
      [8883, 1],
      [5222, 0.6],
      [9443, 0.6],
      [random.integer(2000, 30000), 0.8],
    ] as const);
    behaviours.push({
      kind: 'socket',
      to: { names: [`${random.pick(['push', 'ws', 'rt', 'live', 'events'])}.${app.domain}`], port },
      hours: [random.logUniform(0.5, 4), random.logUniform(8, 150)],
      out: { median: random.logUniform(1e3, 60e3), sigma: 0.7 },
      in: { median: random.logUniform(2e3, 120e3), sigma: 0.8 },
    });
  }
  if (random.chance(0.35)) {
    behaviours.push({
      kind: 'requests',
      to: { names: [random.pick(SHARED_TELEMETRY)] },
      perHour: random.logUniform(0.1, 1),
      when: 'awake',
      out: { median: 4e3, sigma: 0.8 },
      in: { median: 1e3, sigma: 0.4 },
      seconds: [1, 20],
    });
  }
  if (random.chance(0.2)) {
    behaviours.push({
      kind: 'cadence',
      to: { names: [`${random.pick(['ping', 'status', 'hb', 'sync'])}.${app.domain}`] },
      everyMinutes: random.pick([30, 60, 60, 120, 240]),
      out: random.logUniform(500, 30e3),
      in: random.logUniform(300, 20e3),
      seconds: random.between(1, 20),
    });
  }
  if (random.chance(0.25)) {
    // Screenshots, notes, recordings: some megabytes on some days.
    behaviours.push({
      kind: 'transfer',
      to: { names: [`${random.pick(['upload', 'media', 'files', 'cdn'])}.${app.domain}`] },
      perDay: random.logUniform(0.1, 2.5),
      out: { median: random.logUniform(100e3, 2.5e6) * scale, sigma: 1, max: 20e6 * scale },
      in: { median: 5e3, sigma: 0.5 },
      rate: [0.4e6, 4e6],
      when: 'active',
    });
  }
  if (random.chance(0.12)) {
    // License servers, STUN and games like bare addresses and ports of their own.
    const address = publicAddress(random);
    behaviours.push({
      kind: 'requests',
      to: {
        names: [],
        addresses: [address],
        port: random.pick([443, 3478, 27015, 5055, 8080, random.integer(1500, 40000)]),
        transport: random.chance(0.5) ? 'udp' : 'tcp',
      },
      perHour: random.logUniform(0.1, 1.2),
      when: 'active',
      out: { median: random.logUniform(300, 60e3), sigma: 1 },
      in: { median: random.logUniform(300, 200e3), sigma: 1.2 },
      seconds: [1, 600],
    });
  }
  if (random.chance(0.25)) {
    behaviours.push({
      kind: 'transfer',
      to: { names: [`dl.${app.domain}`, 'objects.githubusercontent.com'] },
      perDay: 0.08,
      out: { median: 60e3, sigma: 0.6 },
      in: { median: 60e6, sigma: 0.8 },
      rate: [2e6, 15e6],
      when: 'awake',
    });
  }
  return behaviours;
}

/** Things somebody ran once: a tool from a colleague, a trial, a game's updater. */
export function runOneOffs(host: FleetHost): void {
  const random = host.random.child('one-offs');
  for (const [index, busy] of host.calendar.active.entries()) {
    const own = random.child(`${index}`);
    for (let i = own.poisson(((busy.end - busy.start) / (8 * HOUR)) * 0.5 * host.intensity); i > 0; i--) {
      const app = inventApp(own);
      const at = own.between(busy.start, busy.end);
      const program = rareProgram(own, app, host.host.user);
      const process = host.machine.exec(program, {
        at,
        until: at + own.logUniform(2, 3000) * 1000,
      });
      for (let j = own.integer(1, 5); j > 0; j--) {
        const site = own.chance(0.8)
          ? `${own.pick(['api', 'www', 'license', 'cdn'])}.${app.domain}`
          : `${inventWord(own)}.${inventDomain(own)}`;
        host.machine.connect(process, {
          at: at + own.between(1, 400) * 1000,
          seconds: own.logUniform(0.5, 300),
          out: own.pareto(1500, 0.8, isSigned(program) ? 20e6 : 3e6),
          in: own.pareto(4000, 0.6, 500e6),
          to: host.machine.named(site),
        });
      }
    }
  }
}
