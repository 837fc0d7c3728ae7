import type { App } from './app.js';
import type { FleetHost } from './host.js';
import { appStore, developerId } from './programs.js';

const person =
  (share: number) =>
  (host: FleetHost): number =>
    host.role === 'ci' ? 0 : share;
function electron(title: string, bundleId: string, teamId: string, vendor: string) {
  return developerId(
    `/Applications/${title}.app/Contents/Frameworks/${title} Helper.app/Contents/MacOS/${title} Helper`,
    `${bundleId}.helper`,
    teamId,
    vendor,
  );
}

/** Office, design, messages and music. Identities are the vendors' real ones. */
export const DESK_APPS: readonly App[] = [
  {
    id: 'outlook',
    program: developerId(
      '/Applications/Microsoft Outlook.app/Contents/MacOS/Microsoft Outlook',
      'com.microsoft.Outlook',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'workday',
    on: person(0.5),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['outlook.office365.com', 'substrate.office.com'] },
        hours: [0.5, 8],
        out: { median: 90e3, sigma: 0.8 },
        in: { median: 1.5e6, sigma: 1 },
      },
      {
        kind: 'requests',
        to: { names: ['outlook.office365.com', 'attachments.office.net'] },
        perHour: 1.5,
        when: 'active',
        out: { median: 25e3, sigma: 1.9, max: 35e6 },
        in: { median: 90e3, sigma: 1.4 },
        seconds: [1, 30],
      },
    ],
  },
  {
    id: 'word',
    program: developerId(
      '/Applications/Microsoft Word.app/Contents/MacOS/Microsoft Word',
      'com.microsoft.Word',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'workday',
    on: person(0.4),
    behaviours: [
      {
        kind: 'requests',
        to: {
          names: [
            '{tenant}.sharepoint.com',
            'nexusrules.officeapps.live.com',
            'mobile.events.data.microsoft.com',
          ],
        },
        perHour: 1,
        when: 'active',
        out: { median: 20e3, sigma: 1.4, max: 50e6 },
        in: { median: 40e3, sigma: 1.3 },
        seconds: [1, 60],
      },
    ],
  },
  {
    id: 'excel',
    program: developerId(
      '/Applications/Microsoft Excel.app/Contents/MacOS/Microsoft Excel',
      'com.microsoft.Excel',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'workday',
    on: (host) => (host.role === 'finance' ? 0.95 : host.role === 'ci' ? 0 : 0.35),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['{tenant}.sharepoint.com', 'mobile.events.data.microsoft.com'] },
        perHour: 1,
        when: 'active',
        out: { median: 30e3, sigma: 1.4, max: 80e6 },
        in: { median: 50e3, sigma: 1.3 },
        seconds: [1, 60],
      },
    ],
  },
  {
    id: 'notion',
    program: electron('Notion', 'notion.id', 'LBQJ96FQ8D', 'Notion Labs, Incorporated'),
    life: 'workday',
    on: person(0.25),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['msgstore-001.www.notion.so', 'www.notion.so'] },
        hours: [0.5, 8],
        out: { median: 120e3, sigma: 0.8 },
        in: { median: 800e3, sigma: 0.9 },
      },
    ],
  },
  {
    id: 'figma',
    program: electron('Figma', 'com.figma.Desktop', 'T8RA8NE3B7', 'Figma, Inc.'),
    life: 'workday',
    on: (host) => (host.role === 'designer' ? 0.95 : host.role === 'developer' ? 0.25 : 0),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['www.figma.com'] },
        hours: [0.3, 6],
        out: { median: 4e6, sigma: 1 },
        in: { median: 12e6, sigma: 1 },
      },
      {
        kind: 'transfer',
        to: { names: ['figma-alpha-api.s3.us-west-2.amazonaws.com'] },
        perDay: 1.5,
        out: { median: 6e6, sigma: 1.4, max: 600e6 },
        in: { median: 100e3, sigma: 1 },
        rate: [0.6e6, 4e6],
        when: 'active',
      },
    ],
  },
  {
    id: 'core-sync',
    program: developerId(
      '/Applications/Utilities/Adobe Sync/CoreSync/Core Sync.app/Contents/MacOS/Core Sync',
      'com.adobe.accmac.CoreSync',
      'JQ525L2MZD',
      'Adobe Inc.',
    ),
    life: 'boot',
    on: (host) => (host.role === 'designer' || host.role === 'media' ? 0.85 : 0.02),
    behaviours: [
      {
        kind: 'transfer',
        to: { names: ['cc-api-storage.adobe.io', 'lrcontent-{region}.adobe.io'] },
        perDay: 3,
        out: { median: 20e6, sigma: 1.7, max: 12e9 },
        in: { median: 5e6, sigma: 1.2 },
        rate: [1e6, 6e6],
        when: 'active',
      },
      {
        kind: 'requests',
        to: { names: ['cc-api-data.adobe.io', 'notify.adobe.io'] },
        perHour: 1,
        when: 'awake',
        out: { median: 4e3, sigma: 0.8 },
        in: { median: 20e3, sigma: 1 },
        seconds: [1, 60],
      },
    ],
  },
  {
    id: 'spotify',
    program: electron('Spotify', 'com.spotify.client', '2FNC3A47ZF', 'Spotify'),
    life: 'workday',
    on: person(0.4),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['ap-gew4.spotify.com', 'dealer.spotify.com'], port: 4070 },
        hours: [0.5, 9],
        out: { median: 300e3, sigma: 0.5 },
        in: { median: 25e6, sigma: 0.8 },
      },
      {
        kind: 'requests',
        to: { names: ['audio-fa.scdn.co', 'i.scdn.co'] },
        perHour: 1.2,
        when: 'active',
        out: { median: 6e3, sigma: 0.7 },
        in: { median: 3e6, sigma: 0.8 },
        seconds: [2, 200],
      },
    ],
  },
  {
    id: 'whatsapp',
    program: appStore(
      '/Applications/WhatsApp.app/Contents/MacOS/WhatsApp',
      'net.whatsapp.WhatsApp',
      '57T9237FN3',
    ),
    life: 'workday',
    on: person(0.2),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['g.whatsapp.net', 'web.whatsapp.com'] },
        hours: [0.5, 9],
        out: { median: 20e3, sigma: 0.9 },
        in: { median: 60e3, sigma: 0.9 },
      },
      {
        kind: 'transfer',
        to: { names: ['mmg.whatsapp.net', 'media-{region}.cdn.whatsapp.net'] },
        perDay: 1.5,
        out: { median: 700e3, sigma: 1.7, max: 150e6 },
        in: { median: 2e6, sigma: 1.4 },
        rate: [0.4e6, 4e6],
        when: 'active',
      },
    ],
  },
  {
    id: 'signal',
    program: electron(
      'Signal',
      'org.whispersystems.signal-desktop',
      'U68MSDN6DR',
      'Quiet Riddle Ventures LLC',
    ),
    life: 'workday',
    on: person(0.08),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['chat.signal.org'] },
        hours: [0.5, 9],
        out: { median: 15e3, sigma: 0.8 },
        in: { median: 30e3, sigma: 0.8 },
      },
    ],
  },
  {
    id: '1password',
    program: developerId(
      '/Applications/1Password.app/Contents/MacOS/1Password',
      'com.1password.1password',
      '2BUA8C4S2C',
      'AgileBits Inc.',
    ),
    life: 'boot',
    on: person(0.45),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['b5n.1password.com', 'b5n.1password.eu'] },
        hours: [2, 30],
        out: { median: 6e3, sigma: 0.6 },
        in: { median: 12e3, sigma: 0.6 },
      },
    ],
  },
  {
    id: 'chatgpt',
    program: developerId(
      '/Applications/ChatGPT.app/Contents/MacOS/ChatGPT',
      'com.openai.chat',
      '2DC432GLL2',
      'OpenAI OpCo, LLC',
    ),
    life: 'workday',
    on: person(0.25),
    behaviours: [
      {
        kind: 'requests',
        to: { names: ['chatgpt.com', 'ab.chatgpt.com'] },
        perHour: 1.2,
        when: 'active',
        out: { median: 25e3, sigma: 1.5, max: 60e6 },
        in: { median: 80e3, sigma: 1.2 },
        seconds: [2, 120],
      },
    ],
  },
];
