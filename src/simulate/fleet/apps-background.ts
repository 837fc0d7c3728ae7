import type { App } from './app.js';
import type { FleetHost } from './host.js';
import { adHoc, developerId } from './programs.js';

const chosen =
  (purpose: string, product: string) =>
  (host: FleetHost): number =>
    host.company.choices[purpose] === product ? 0.97 : 0;

/** Backup, VPN and updaters: what works without anybody looking. */
export const BACKGROUND_APPS: readonly App[] = [
  {
    id: 'code42',
    program: developerId(
      '/Applications/Code42-AAT.app/Contents/Library/LaunchServices/Code42-AAT.app/Contents/MacOS/Code42-AAT',
      'com.code42.agent',
      '9YV9435DHD',
      'Code 42 Software',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : chosen('backup', 'code42')(host)),
    behaviours: [
      {
        kind: 'transfer',
        to: { names: ['stz-{region}.us2.code42.com'], port: 4287 },
        perDay: 6,
        out: { median: 60e6, sigma: 1.4, max: 20e9 },
        in: { median: 1e6, sigma: 0.6 },
        rate: [0.6e6, 4e6],
        when: 'awake',
      },
    ],
  },
  {
    id: 'druva',
    program: developerId(
      '/Applications/Druva inSync.app/Contents/MacOS/inSync',
      'com.druva.inSync',
      'JN6HK3RMAP',
      'Druva Technologies Pte. Ltd.',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : chosen('backup', 'druva')(host)),
    behaviours: [
      {
        kind: 'transfer',
        to: { names: ['cloud-{region}.druva.com'] },
        perDay: 5,
        out: { median: 70e6, sigma: 1.4, max: 20e9 },
        in: { median: 1e6, sigma: 0.6 },
        rate: [0.6e6, 4e6],
        when: 'awake',
      },
    ],
  },
  {
    id: 'arq',
    program: developerId(
      '/Applications/Arq.app/Contents/Resources/ArqAgent.app/Contents/MacOS/ArqAgent',
      'com.haystacksoftware.ArqAgent',
      '48ZCSDVL96',
      'Haystack Software LLC',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : host.company.choices['backup'] === 'arq' ? 0.95 : 0.03),
    behaviours: [
      {
        kind: 'transfer',
        to: { names: ['backup-{tenant}.s3.{region}-1.amazonaws.com'] },
        perDay: 4,
        out: { median: 80e6, sigma: 1.4, max: 20e9 },
        in: { median: 1e6, sigma: 0.6 },
        rate: [0.6e6, 4e6],
        when: 'awake',
      },
    ],
  },
  {
    id: 'cisco-vpn',
    program: developerId(
      '/Library/SystemExtensions/8C1F5B0E-7A7B-4E57-8E6A-8D6B1E0C2F55/com.cisco.anyconnect.macos.acsockext.systemextension/Contents/MacOS/com.cisco.anyconnect.macos.acsockext',
      'com.cisco.anyconnect.macos.acsockext',
      'DE8Y96K9QP',
      'Cisco Systems, Inc.',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : chosen('vpn', 'cisco')(host) * 0.6),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['vpn.{company}'], transport: 'udp' },
        hours: [2, 10],
        out: { median: 12e6, sigma: 0.9 },
        in: { median: 70e6, sigma: 0.9 },
      },
    ],
  },
  {
    id: 'globalprotect',
    program: developerId(
      '/Applications/GlobalProtect.app/Contents/Resources/PanGPS',
      'com.paloaltonetworks.GlobalProtect.client',
      'PXPZ95SK77',
      'Palo Alto Networks',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : chosen('vpn', 'globalprotect')(host) * 0.6),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['gp-{region}.{company}'], port: 4501, transport: 'udp' },
        hours: [2, 10],
        out: { median: 12e6, sigma: 0.9 },
        in: { median: 70e6, sigma: 0.9 },
      },
    ],
  },
  {
    id: 'warp',
    program: developerId(
      '/Applications/Cloudflare WARP.app/Contents/Resources/CloudflareWARP',
      'com.cloudflare.1dot1dot1dot1.macos',
      '68WVV388M8',
      'Cloudflare Inc.',
    ),
    user: 'root',
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : chosen('vpn', 'cloudflare')(host) * 0.7),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['engage.cloudflareclient.com'], port: 2408, transport: 'udp' },
        hours: [1, 10],
        out: { median: 10e6, sigma: 0.9 },
        in: { median: 60e6, sigma: 0.9 },
      },
    ],
  },
  {
    id: 'google-updater',
    program: developerId(
      '/Library/Application Support/Google/GoogleUpdater/127.0.6490.0/GoogleUpdater.app/Contents/MacOS/GoogleUpdater',
      'com.google.GoogleUpdater',
      'EQHXZ8M8AV',
      'Google LLC',
    ),
    user: 'root',
    life: 'boot',
    on: () => 0.9,
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['update.googleapis.com', 'dl.google.com'] },
        everyMinutes: 290,
        out: 5e3,
        in: 9e3,
        seconds: 3,
      },
    ],
  },
  {
    id: 'microsoft-autoupdate',
    program: developerId(
      '/Library/Application Support/Microsoft/MAU2.0/Microsoft AutoUpdate.app/Contents/MacOS/Microsoft Update Assistant.app/Contents/MacOS/Microsoft Update Assistant',
      'com.microsoft.autoupdate.fba',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'boot',
    on: (host) => (host.role === 'ci' ? 0 : 0.7),
    behaviours: [
      {
        kind: 'cadence',
        to: { names: ['officecdn.microsoft.com', 'config.edge.skype.com'] },
        everyMinutes: 720,
        out: 8e3,
        in: 60e3,
        seconds: 6,
      },
      {
        kind: 'transfer',
        to: { names: ['officecdnmac.microsoft.com'] },
        perDay: 0.1,
        out: { median: 900e3, sigma: 0.6 },
        in: { median: 600e6, sigma: 0.8 },
        rate: [5e6, 30e6],
        when: 'active',
      },
    ],
  },
  {
    id: 'syncthing',
    program: adHoc('/opt/homebrew/Cellar/syncthing/1.27.10/bin/syncthing', 'a.out'),
    args: ['serve', '--no-browser'],
    life: 'boot',
    on: (host) => (host.role === 'developer' ? 0.02 : 0),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['discovery.syncthing.net'], port: 443 },
        hours: [0.5, 4],
        out: { median: 9e3, sigma: 0.5 },
        in: { median: 9e3, sigma: 0.5 },
      },
      {
        kind: 'transfer',
        to: { names: [], addresses: ['192.168.1.50'], port: 22000 },
        perDay: 3,
        out: { median: 30e6, sigma: 1.4 },
        in: { median: 20e6, sigma: 1.4 },
        rate: [5e6, 40e6],
        when: 'awake',
      },
    ],
  },
];
