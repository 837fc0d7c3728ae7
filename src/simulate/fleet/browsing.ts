import type { RemotePlace } from '../addresses.js';
import type { SimProcess } from '../event.js';
import { inventDomain } from '../invent.js';
import { HOUR, MINUTE, SECOND, type Program } from '../machine.js';
import type { Random } from '../random.js';
import { overlap, workdays } from './behave.js';
import type { FleetHost } from './host.js';
import { apple, CHROME, CHROME_HELPER, developerId } from './programs.js';

const KNOWN_SITES = [
  'www.google.com',
  'www.gstatic.com',
  'fonts.googleapis.com',
  'www.youtube.com',
  'i.ytimg.com',
  'github.com',
  'avatars.githubusercontent.com',
  'www.linkedin.com',
  'www.wikipedia.org',
  'en.wikipedia.org',
  'stackoverflow.com',
  'www.reddit.com',
  'www.amazon.com',
  'images-na.ssl-images-amazon.com',
  'login.microsoftonline.com',
  'mail.google.com',
  'calendar.google.com',
  'docs.google.com',
  'www.facebook.com',
  'static.xx.fbcdn.net',
  'www.instagram.com',
  'cdn.jsdelivr.net',
  'cdnjs.cloudflare.com',
  'www.googletagmanager.com',
  'securepubads.g.doubleclick.net',
  'connect.facebook.net',
  'js.stripe.com',
  'www.bbc.co.uk',
  'www.nytimes.com',
  'medium.com',
  'app.asana.com',
  'trello.com',
  'login.salesforce.com',
  'app.hubspot.com',
  'www.canva.com',
  'www.dropbox.com',
  'zoom.us',
  'translate.google.com',
  'news.ycombinator.com',
  'www.booking.com',
] as const;

/** Where people upload things in a browser in the ordinary course of a day. */
const UPLOAD_SITES = [
  'mail.google.com',
  'drive.google.com',
  'docs.google.com',
  'upload.youtube.com',
  'attachments.office.net',
  '{tenant}.sharepoint.com',
  'files.slack.com',
  'www.canva.com',
  'upload.video.vimeo.com',
  'app.asana.com',
  'github.com',
  'upload.app.box.com',
  'www.linkedin.com',
  'web.whatsapp.com',
  '{tenant}-my.sharepoint.com',
  'content.dropboxapi.com',
] as const;

interface Browser {
  readonly id: string;
  readonly app: Program;
  readonly network: Program | undefined;
  readonly args: readonly string[];
  readonly share: number;
}

const NETWORK_SERVICE = ['--type=utility', '--utility-sub-type=network.mojom.NetworkService', '--lang=en'];
const BROWSERS: readonly Browser[] = [
  { id: 'chrome', app: CHROME, network: CHROME_HELPER, args: NETWORK_SERVICE, share: 0.75 },
  {
    id: 'safari',
    app: apple('/Applications/Safari.app/Contents/MacOS/Safari', 'com.apple.Safari'),
    network: apple(
      '/System/Library/Frameworks/WebKit.framework/Versions/A/XPCServices/com.apple.WebKit.Networking.xpc/Contents/MacOS/com.apple.WebKit.Networking',
      'com.apple.WebKit.Networking',
    ),
    args: [],
    share: 0.35,
  },
  {
    id: 'firefox',
    app: developerId(
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'org.mozilla.firefox',
      '43AQ936H96',
      'Mozilla Corporation',
    ),
    network: undefined,
    args: [],
    share: 0.15,
  },
  {
    id: 'edge',
    app: developerId(
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'com.microsoft.edgemac',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    network: developerId(
      '/Applications/Microsoft Edge.app/Contents/Frameworks/Microsoft Edge Framework.framework/Versions/127.0.2651.74/Helpers/Microsoft Edge Helper.app/Contents/MacOS/Microsoft Edge Helper',
      'com.microsoft.edgemac.helper',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    args: NETWORK_SERVICE,
    share: 0.12,
  },
];

/** The web as one fleet sees it: popular sites, many small ones, and for each host some that nobody else visits. */
export function makeSites(random: Random): readonly string[] {
  const sites: string[] = [...KNOWN_SITES];
  for (let i = 0; i < 1200; i++) {
    const domain = inventDomain(random);
    sites.push(random.chance(0.5) ? `www.${domain}` : random.chance(0.3) ? `cdn.${domain}` : domain);
  }
  return sites;
}

/** The process that does the networking of the browser this host uses most; scenarios act through it. */
export function mainBrowser(running: ReadonlyMap<string, readonly SimProcess[]>): readonly SimProcess[] {
  for (const { id } of BROWSERS) {
    const processes = running.get(id);
    if (processes !== undefined && processes.length > 0) return processes;
  }
  return [];
}

export function browse(
  host: FleetHost,
  sites: readonly string[],
  running: Map<string, readonly SimProcess[]>,
): void {
  if (host.role === 'ci') return;
  const random = host.random.child('browsing');
  const owned = BROWSERS.filter((browser) => random.child(browser.id).chance(browser.share));
  const browsers = owned.length > 0 ? owned : BROWSERS.slice(0, 1);
  for (const [index, browser] of browsers.entries()) {
    const own = random.child(`use ${browser.id}`);
    const share = (index === 0 ? 1 : 0.25) * own.between(0.6, 1.5) * host.intensity;
    const senders: SimProcess[] = [];
    for (const day of workdays(host)) {
      const app = host.machine.exec(browser.app, {
        at: day.start + own.between(5, 300) * SECOND,
        until: day.end,
      });
      const sender =
        browser.network === undefined
          ? app
          : host.machine.exec(browser.network, {
              at: app.start + 700,
              until: day.end - SECOND,
              args: [browser.network.executable, ...browser.args],
              parent: browser.id === 'safari' ? undefined : app,
              responsible: app,
            });
      senders.push(sender);
      for (const busy of overlap(host.calendar.active, { start: sender.start, end: day.end })) {
        visit(host, own, sender, sites, busy, share);
        upload(host, own, sender, busy, share);
      }
    }
    running.set(browser.id, senders);
  }
}

function visit(
  host: FleetHost,
  random: Random,
  sender: SimProcess,
  sites: readonly string[],
  busy: { start: number; end: number },
  share: number,
): void {
  const hours = (busy.end - busy.start) / HOUR;
  const count = random.poisson(9 * share * hours);
  for (let i = 0; i < count; i++) {
    const site = random.chance(0.06) ? inventDomain(random) : random.pickPopular(sites);
    const quic = random.chance(0.25);
    host.machine.connect(sender, {
      at: random.between(busy.start, busy.end),
      // Most connections idle out within minutes; some tabs hold one for hours.
      seconds: random.chance(0.05) ? random.logUniform(900, 18_000) : random.logUniform(3, 260),
      out: random.logNormal(5200, 1.3),
      in: random.pareto(9000, 0.75, 900e6),
      to: host.machine.named(site),
      transport: quic ? 'quic' : 'tcp',
    });
  }
  // Streaming video or audio while working.
  for (let i = random.poisson(0.12 * hours * share); i > 0; i--) {
    const seconds = random.logUniform(200, 5000);
    host.machine.connect(sender, {
      at: random.between(busy.start, busy.end),
      seconds,
      out: seconds * random.between(1500, 6000),
      in: seconds * random.between(150e3, 900e3),
      to: host.machine.named(`rr${random.integer(1, 8)}.googlevideo.com`),
      transport: 'quic',
    });
  }
}

/** Attachments and files: often small, now and then hundreds of megabytes, to ordinary and to unheard-of sites. */
function upload(
  host: FleetHost,
  random: Random,
  sender: SimProcess,
  busy: { start: number; end: number },
  share: number,
): void {
  for (let i = random.poisson(((busy.end - busy.start) / (8 * HOUR)) * 1.3 * share); i > 0; i--) {
    const at = random.between(busy.start, busy.end);
    const unheardOf = random.chance(0.3);
    const site = unheardOf
      ? `${random.pick(['upload', 'app', 'portal', 'www', 'my'])}.${inventDomain(random)}`
      : random
          .pick(UPLOAD_SITES)
          .replace('{company}', host.company.domain)
          .replace('{tenant}', host.company.tenant);
    const to: RemotePlace = host.machine.named(site);
    const out = random.pareto(400e3, 0.62, unheardOf ? 350e6 : 700e6);
    host.machine.connect(sender, {
      at,
      seconds: out / random.logUniform(0.6e6, 6e6) + random.between(2, 90),
      out,
      in: random.logNormal(60e3, 1),
      to,
    });
    if (random.chance(0.3))
      host.machine.connect(sender, { at: at + MINUTE, seconds: 40, out: out * 0.02, in: 20e3, to });
  }
}
