import type { App, Behaviour, Target } from './app.js';
import type { FleetHost } from './host.js';
import { developerId } from './programs.js';

const person =
  (share: number) =>
  (host: FleetHost): number =>
    host.role === 'ci' ? 0 : share;
const chosen =
  (purpose: string, product: string, others = 0) =>
  (host: FleetHost): number =>
    host.role === 'ci' ? 0 : host.company.choices[purpose] === product ? 0.95 : others;

function electron(title: string, bundleId: string, teamId: string, vendor: string) {
  return developerId(
    `/Applications/${title}.app/Contents/Frameworks/${title} Helper.app/Contents/MacOS/${title} Helper`,
    `${bundleId}.helper`,
    teamId,
    vendor,
  );
}

function sync(out: number, to: Target, control: Target): readonly Behaviour[] {
  return [
    {
      kind: 'socket',
      to: control,
      hours: [1, 9],
      out: { median: 60e3, sigma: 0.7 },
      in: { median: 120e3, sigma: 0.8 },
    },
    {
      kind: 'requests',
      to,
      perHour: 1.6,
      when: 'active',
      out: { median: out, sigma: 1.7, max: 150e6 },
      in: { median: 90e3, sigma: 1.6 },
      seconds: [1, 60],
    },
    // Now and then somebody moves a folder: up to tens of gigabytes, over minutes to hours.
    {
      kind: 'transfer',
      to,
      perDay: 0.12,
      out: { median: 400e6, sigma: 1.5, max: 40e9 },
      in: { median: 20e6, sigma: 1 },
      rate: [1e6, 9e6],
      when: 'active',
    },
  ];
}

/** Sync, calls and chat: the products a company chose, and some others. Identities are the vendors' real ones. */
export const WORK_APPS: readonly App[] = [
  {
    id: 'onedrive',
    program: developerId(
      '/Applications/OneDrive.app/Contents/MacOS/OneDrive',
      'com.microsoft.OneDrive',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'boot',
    on: chosen('sync', 'onedrive', 0.08),
    behaviours: sync(
      180e3,
      { names: ['{tenant}-my.sharepoint.com', '{tenant}.sharepoint.com', 'spo-{region}.svc.ms'] },
      { names: ['skyapi.live.net', 'oneclient.sfx.ms'] },
    ),
  },
  {
    id: 'dropbox',
    program: developerId(
      '/Applications/Dropbox.app/Contents/MacOS/Dropbox',
      'com.getdropbox.dropbox',
      'G7HH3F8CAK',
      'Dropbox, Inc.',
    ),
    life: 'boot',
    on: chosen('sync', 'dropbox', 0.07),
    behaviours: sync(
      150e3,
      { names: ['block.dropbox.com', 'block-edge-{region}.dropbox.com'] },
      { names: ['bolt.dropbox.com', 'telemetry.dropbox.com'] },
    ),
  },
  {
    id: 'google-drive',
    program: developerId(
      '/Applications/Google Drive.app/Contents/MacOS/Google Drive',
      'com.google.drivefs',
      'EQHXZ8M8AV',
      'Google LLC',
    ),
    life: 'boot',
    on: chosen('sync', 'google-drive', 0.06),
    behaviours: sync(
      150e3,
      { names: ['www.googleapis.com', 'clients6.google.com', 'drive.google.com'] },
      { names: ['mtalk.google.com'], port: 5228 },
    ),
  },
  {
    id: 'box',
    program: developerId(
      '/Applications/Box.app/Contents/MacOS/Box',
      'com.box.desktop',
      'M683GB7CPW',
      'Box, Inc.',
    ),
    life: 'boot',
    on: chosen('sync', 'box'),
    behaviours: sync(
      120e3,
      { names: ['upload.app.box.com', 'dl.boxcloud.com'] },
      { names: ['realtime.services.box.net'] },
    ),
  },
  {
    id: 'zoom',
    program: developerId(
      '/Applications/zoom.us.app/Contents/MacOS/zoom.us',
      'us.zoom.xos',
      'BJ4HAAB9B3',
      'Zoom Video Communications, Inc.',
    ),
    life: 'workday',
    on: chosen('meetings', 'zoom', 0.5),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['zpns.zoom.us', 'us04web.zoom.us'] },
        hours: [1, 9],
        out: { median: 30e3, sigma: 0.6 },
        in: { median: 60e3, sigma: 0.6 },
      },
      {
        kind: 'calls',
        to: { names: ['zoom-mmr-{region}.zoom.us', 'zoomfr-{region}.zoom.us'], port: 8801, transport: 'udp' },
        share: 0.6,
        out: [60e3, 420e3],
        in: [90e3, 500e3],
      },
    ],
  },
  {
    id: 'teams',
    program: developerId(
      '/Applications/Microsoft Teams.app/Contents/Helpers/Microsoft Teams WebView.app/Contents/MacOS/Microsoft Teams WebView',
      'com.microsoft.teams2.agent',
      'UBF8T346G9',
      'Microsoft Corporation',
    ),
    life: 'workday',
    on: chosen('meetings', 'teams', 0.25),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['trouter-{region}.teams.microsoft.com', 'teams.microsoft.com'] },
        hours: [1, 9],
        out: { median: 80e3, sigma: 0.6 },
        in: { median: 300e3, sigma: 0.7 },
      },
      {
        kind: 'calls',
        to: { names: ['relay-{region}.teams.microsoft.com'], port: 3478, transport: 'udp' },
        share: 0.6,
        out: [50e3, 400e3],
        in: [80e3, 500e3],
      },
      {
        kind: 'requests',
        to: { names: ['{region}-prod.asyncgw.teams.microsoft.com'] },
        perHour: 1.5,
        when: 'active',
        out: { median: 30e3, sigma: 1.4, max: 60e6 },
        in: { median: 200e3, sigma: 1.3 },
        seconds: [1, 40],
      },
    ],
  },
  {
    id: 'webex',
    program: developerId(
      '/Applications/Webex.app/Contents/MacOS/Webex',
      'Cisco-Systems.Spark',
      'DE8Y96K9QP',
      'Cisco Systems, Inc.',
    ),
    life: 'workday',
    on: chosen('meetings', 'webex', 0.05),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['mercury-{region}.wbx2.com'] },
        hours: [1, 9],
        out: { median: 40e3, sigma: 0.6 },
        in: { median: 90e3, sigma: 0.6 },
      },
      {
        kind: 'calls',
        to: { names: ['media-{region}.wbx2.com'], port: 5004, transport: 'udp' },
        share: 0.6,
        out: [60e3, 380e3],
        in: [80e3, 450e3],
      },
    ],
  },
  {
    id: 'slack',
    program: electron('Slack', 'com.tinyspeck.slackmacgap', 'BQR82RBBHL', 'Slack Technologies, Inc.'),
    life: 'workday',
    on: person(0.75),
    behaviours: [
      {
        kind: 'socket',
        to: { names: ['wss-primary.slack.com', 'wss-backup.slack.com'] },
        hours: [1, 10],
        out: { median: 60e3, sigma: 0.7 },
        in: { median: 500e3, sigma: 0.8 },
      },
      {
        kind: 'requests',
        to: { names: ['files.slack.com', 'edgeapi.slack.com', 'slackb.com'] },
        perHour: 1.2,
        when: 'active',
        out: { median: 12e3, sigma: 1.9, max: 200e6 },
        in: { median: 150e3, sigma: 1.4 },
        seconds: [1, 40],
      },
    ],
  },
];
