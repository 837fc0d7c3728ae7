import type { App, Behaviour } from './app.js';
import { apple, MDNSRESPONDER, NSURLSESSIOND, SHARINGD } from './programs.js';

const everywhere = (): number => 1;
const frameworks = '/System/Library/PrivateFrameworks';

function daemon(
  id: string,
  executable: string,
  user: string | undefined,
  behaviours: readonly Behaviour[],
): App {
  return {
    id,
    program: apple(executable),
    life: 'boot',
    ...(user === undefined ? {} : { user }),
    on: everywhere,
    behaviours,
  };
}

/** Apple's own services: push, iCloud, software update, time, trust, names, the local network. */
export const APPLE_APPS: readonly App[] = [
  daemon('apsd', `${frameworks}/ApplePushService.framework/apsd`, 'root', [
    {
      kind: 'socket',
      to: {
        names: ['1-courier.push.apple.com', '17-courier.push.apple.com', '34-courier.push.apple.com'],
        port: 5223,
      },
      hours: [6, 140],
      out: { median: 4000, sigma: 0.5 },
      in: { median: 15000, sigma: 0.6 },
    },
  ]),
  daemon('cloudd', `${frameworks}/CloudKitDaemon.framework/Support/cloudd`, undefined, [
    {
      kind: 'requests',
      to: {
        names: ['gateway.icloud.com', 'p42-ckdatabase.icloud.com', 'p61-content.icloud.com'],
        transport: 'tcp',
      },
      perHour: 0.8,
      when: 'awake',
      out: { median: 9000, sigma: 1.3 },
      in: { median: 30000, sigma: 1.6 },
      seconds: [1, 90],
    },
    {
      kind: 'transfer',
      to: { names: ['cvws.icloud-content.com', 'eu-central.icloud-content.com'] },
      perDay: 0.8,
      out: { median: 12e6, sigma: 1.6, max: 1.5e9 },
      in: { median: 2e6, sigma: 1.5 },
      rate: [0.4e6, 5e6],
      when: 'awake',
    },
  ]),
  daemon('bird', `${frameworks}/CloudDocsDaemon.framework/Versions/A/Support/bird`, undefined, [
    {
      kind: 'requests',
      to: { names: ['p61-ckdatabase.icloud.com'] },
      perHour: 0.4,
      when: 'awake',
      out: { median: 4000, sigma: 1 },
      in: { median: 9000, sigma: 1 },
      seconds: [1, 20],
    },
  ]),
  {
    ...daemon('nsurlsessiond', NSURLSESSIOND.executable, undefined, [
      {
        kind: 'requests',
        to: { names: ['configuration.apple.com', 'xp.apple.com', 'swcdn.apple.com'] },
        perHour: 0.5,
        when: 'awake',
        out: { median: 5000, sigma: 1.2 },
        in: { median: 60000, sigma: 2 },
        seconds: [1, 40],
      },
      {
        kind: 'transfer',
        to: {
          names: [
            'cvws.icloud-content.com',
            'content.{company}',
            'store.{company}',
            'iosapps.itunes.apple.com',
          ],
        },
        perDay: 0.3,
        out: { median: 1e6, sigma: 1.7, max: 120e6 },
        in: { median: 20e6, sigma: 1.7 },
        rate: [0.5e6, 8e6],
        when: 'awake',
      },
    ]),
  },
  daemon(
    'identityservicesd',
    `${frameworks}/IDS.framework/identityservicesd.app/Contents/MacOS/identityservicesd`,
    undefined,
    [
      {
        kind: 'requests',
        to: { names: ['identity.ess.apple.com', 'query.ess.apple.com'] },
        perHour: 0.4,
        when: 'active',
        out: { median: 3000, sigma: 0.6 },
        in: { median: 5000, sigma: 0.6 },
        seconds: [1, 8],
      },
    ],
  ),
  daemon('trustd', '/usr/libexec/trustd', 'root', [
    {
      kind: 'requests',
      to: { names: ['ocsp2.apple.com', 'valid.apple.com', 'ocsp.digicert.com'], port: 443 },
      perHour: 0.5,
      when: 'awake',
      out: { median: 900, sigma: 0.4 },
      in: { median: 4500, sigma: 0.6 },
      seconds: [1, 6],
    },
  ]),
  daemon('timed', '/usr/libexec/timed', '_timed', [
    {
      kind: 'requests',
      to: { names: ['time.apple.com'], port: 123, transport: 'udp' },
      perHour: 0.35,
      when: 'awake',
      out: { median: 48, sigma: 0.05 },
      in: { median: 48, sigma: 0.05 },
      seconds: [1, 2],
    },
  ]),
  daemon('mdnsresponder', MDNSRESPONDER.executable, '_mdnsresponder', [
    {
      kind: 'requests',
      to: { names: [], addresses: ['192.168.1.1', '10.20.0.53', '10.20.1.53'], port: 53, transport: 'udp' },
      perHour: 1.5,
      when: 'active',
      out: { median: 1800, sigma: 0.9 },
      in: { median: 6000, sigma: 0.9 },
      seconds: [1, 30],
    },
    {
      kind: 'requests',
      to: { names: [], addresses: ['1.1.1.1', '8.8.8.8'], port: 53, transport: 'udp' },
      perHour: 0.5,
      when: 'active',
      out: { median: 900, sigma: 0.9 },
      in: { median: 3000, sigma: 0.9 },
      seconds: [1, 30],
    },
    {
      kind: 'socket',
      to: { names: [], addresses: ['224.0.0.251'], port: 5353, transport: 'udp' },
      hours: [4, 20],
      out: { median: 30000, sigma: 0.6 },
      in: { median: 200000, sigma: 0.6 },
    },
  ]),
  daemon(
    'softwareupdated',
    '/System/Library/CoreServices/Software Update.app/Contents/Resources/softwareupdated',
    '_softwareupdate',
    [
      {
        kind: 'requests',
        to: { names: ['swscan.apple.com', 'gdmf.apple.com'] },
        perHour: 0.06,
        when: 'awake',
        out: { median: 6000, sigma: 0.5 },
        in: { median: 400000, sigma: 1 },
        seconds: [2, 30],
      },
    ],
  ),
  daemon('mobileassetd', '/usr/libexec/mobileassetd', 'root', [
    {
      kind: 'transfer',
      to: { names: ['updates.cdn-apple.com', 'mesu.apple.com'] },
      perDay: 0.4,
      out: { median: 90000, sigma: 1 },
      in: { median: 60e6, sigma: 1.6 },
      rate: [2e6, 20e6],
      when: 'awake',
    },
  ]),
  daemon('analyticsd', `${frameworks}/CoreAnalytics.framework/Support/analyticsd`, '_analyticsd', [
    {
      kind: 'requests',
      to: { names: ['radarsubmissions.apple.com', 'xp.apple.com'] },
      perHour: 0.05,
      when: 'awake',
      out: { median: 180000, sigma: 1.1 },
      in: { median: 3000, sigma: 0.4 },
      seconds: [1, 15],
    },
  ]),
  daemon('parsecd', `${frameworks}/CoreParsec.framework/parsecd`, undefined, [
    {
      kind: 'requests',
      to: { names: ['api.smoot.apple.com', 'fbs.smoot.apple.com'] },
      perHour: 0.8,
      when: 'active',
      out: { median: 2500, sigma: 0.6 },
      in: { median: 9000, sigma: 0.8 },
      seconds: [1, 10],
    },
  ]),
  daemon('rapportd', '/usr/libexec/rapportd', undefined, [
    {
      kind: 'requests',
      to: {
        names: [],
        addresses: ['fe80::1c4a:83ff:fe12:9a01', 'fe80::4c2b:9dff:fe77:1b3e', '192.168.1.23'],
        port: 49154,
        interface: 'awdl0',
      },
      perHour: 0.4,
      when: 'active',
      out: { median: 5000, sigma: 1 },
      in: { median: 5000, sigma: 1 },
      seconds: [1, 60],
    },
  ]),
  {
    ...daemon('sharingd', SHARINGD.executable, undefined, [
      {
        kind: 'transfer',
        to: { names: [], addresses: ['fe80::88f1:2aff:fe09:7c1d'], port: 8770, interface: 'awdl0' },
        perDay: 0.15,
        out: { median: 8e6, sigma: 1.6, max: 2e9 },
        in: { median: 60000, sigma: 0.6 },
        rate: [5e6, 40e6],
        when: 'active',
      },
    ]),
  },
  {
    ...daemon('airplay', '/usr/libexec/AirPlayXPCHelper', 'root', [
      {
        kind: 'transfer',
        to: { names: [], addresses: ['192.168.1.40', '10.20.4.15'], port: 7000 },
        perDay: 0.3,
        out: { median: 300e6, sigma: 0.9, max: 5e9 },
        in: { median: 2e6, sigma: 0.6 },
        rate: [0.5e6, 2e6],
        when: 'active',
      },
    ]),
    on: (host) => (host.role === 'executive' || host.role === 'sales' ? 0.6 : 0.2),
  },
  {
    id: 'mail',
    program: apple('/System/Applications/Mail.app/Contents/MacOS/Mail', 'com.apple.mail'),
    life: 'workday',
    on: (host) => (host.role === 'ci' ? 0 : 0.3),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['imap.mail.me.com', 'imap.gmail.com', 'outlook.office365.com'], port: 993 },
        hours: [0.5, 9],
        out: { median: 20000, sigma: 0.8 },
        in: { median: 900000, sigma: 1.2 },
      },
      {
        kind: 'transfer',
        to: { names: ['smtp.mail.me.com', 'smtp.gmail.com', 'smtp.office365.com'], port: 587 },
        perDay: 5,
        out: { median: 60000, sigma: 1.9, max: 30e6 },
        in: { median: 3000, sigma: 0.4 },
        rate: [0.3e6, 4e6],
        when: 'active',
      },
    ],
  },
  {
    ...daemon(
      'photolibraryd',
      `${frameworks}/PhotoLibraryServices.framework/Versions/A/Support/photolibraryd`,
      undefined,
      [
        {
          kind: 'transfer',
          to: { names: ['p61-content.icloud.com', 'cvws.icloud-content.com'] },
          perDay: 0.7,
          out: { median: 40e6, sigma: 1.5, max: 3e9 },
          in: { median: 500000, sigma: 1 },
          rate: [0.5e6, 4e6],
          when: 'awake',
        },
      ],
    ),
    on: (host) => (host.role === 'ci' ? 0 : 0.3),
  },
  {
    ...daemon('backupd', '/System/Library/CoreServices/TimeMachine/backupd', 'root', [
      {
        kind: 'transfer',
        to: { names: [], addresses: ['192.168.1.50', '10.20.0.80'], port: 445 },
        perDay: 4,
        out: { median: 700e6, sigma: 1.3, max: 60e9 },
        in: { median: 5e6, sigma: 0.6 },
        rate: [10e6, 60e6],
        when: 'awake',
      },
    ]),
    on: (host) => (host.role === 'ci' ? 0 : 0.15),
  },
];
