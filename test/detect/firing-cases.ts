import { explicit, possible } from '../../src/knowledge/upload-intent/intent.js';
import {
  browser,
  malware,
  adHocParent,
  spread,
  beat,
  dripping,
  relaying,
  type Case,
} from './indicator-case.js';
import { aDestination, anUploader, aService, GB, MB, sent } from '../support/subject.js';

/** What makes each indicator speak. */
export const FIRES: Readonly<Record<string, readonly Case[]>> = {
  background: [
    { why: 'from a hidden folder', subject: { pathClass: 'hidden' } },
    { why: 'a general tool, wherever it lies', subject: { pathClass: 'system', role: 'transfer' } },
    {
      why: 'the parent known by its path alone',
      subject: { pathClass: 'other', process: { ancestors: [], parentExecutable: '/sbin/launchd' } },
    },
  ],
  chunked: [{ why: 'many of one size', destination: sent(100 * MB, { maxDayConnections: 100, ...spread }) }],
  destination_new_for_actor: [
    { why: 'three twins never go there', subject: { actorHosts: 4 }, destination: sent(GB) },
    {
      why: 'a seed that names its places',
      subject: { actorHosts: 4, uploader: anUploader({ destinations: ['sync.example'] }) },
      destination: sent(GB),
    },
  ],
  dual_use_tool: [
    {
      why: 'told to upload',
      subject: { role: 'transfer', intent: explicit('upload', 'x', 'it says -T') },
      destination: sent(MB),
    },
    {
      why: 'able to upload',
      subject: { role: 'transfer', intent: possible('upload', 'x', 'it may') },
      destination: sent(GB),
    },
    { why: 'one way', subject: { role: 'interpreter' }, destination: sent(GB) },
    { why: 'mostly one way', subject: { role: 'interpreter' }, destination: sent(GB, { bytesIn: 100 * MB }) },
    {
      why: 'a tunnel carries without sending',
      subject: { role: 'remote_shell', intent: explicit('reverse_tunnel', 'x', '-R') },
      destination: aDestination(),
    },
    {
      why: 'told to upload, although the fleet goes there too',
      subject: {
        role: 'transfer',
        intent: explicit('upload', 'x', '-T'),
        actorHosts: 20,
        otherDayMaxima: [MB, MB, MB],
      },
      destination: sent(GB, { actorHosts: 20 }),
    },
  ],
  identity_drift: [
    {
      why: 'somebody else signed it',
      subject: {
        signer: 'ad_hoc',
        drift: { id: 'a', name: 'Dropbox', expected: ['G7HH3F8CAK'], by: 'signer' },
      },
    },
  ],
  known_drop_service: [
    { why: 'a file drop', destination: sent(MB, { service: aService('file_drop') }) },
    { why: 'malware, at the first byte', destination: aDestination({ service: aService('malware') }) },
    { why: 'a broker of proxies', destination: aDestination({ service: aService('proxyware') }) },
    {
      why: 'a browser, with ten times as much',
      subject: { uploader: browser },
      destination: sent(10 * MB, { service: aService('file_drop') }),
    },
  ],
  known_tool: [
    { why: 'malware', subject: { tool: { ...malware, category: 'stealer' } }, destination: null },
    {
      why: 'a copy tool that uploads',
      subject: { role: 'cloud_cli', tool: { ...malware, category: 'cloud_transfer' } },
      destination: sent(GB),
    },
  ],
  long_lived: [
    { why: 'one connection', destination: aDestination({ maxDuration: 3600 }) },
    {
      why: 'hours of a day in all',
      destination: aDestination({ maxDuration: 600, totalDuration: 4 * 3600, maxDayHours: 5 }),
    },
    { why: 'open and sending', destination: sent(GB, { maxDuration: 50_000, open: true }) },
  ],
  new_in_fleet: [
    { why: 'nobody else has it' },
    { why: 'one other has it', subject: { actorHosts: 2 } },
    { why: "Apple's tool driven in a new way", subject: { signer: 'apple_platform', role: 'transfer' } },
  ],
  periodic_fixed_size: [
    { why: 'a beacon', destination: aDestination(beat) },
    {
      why: 'regular, of any size',
      destination: aDestination({ ...beat, size: { p10: 1, p50: 100, p90: 900 } }),
    },
  ],
  rare_destination: [
    { why: 'only this host', destination: aDestination() },
    { why: 'one other', destination: aDestination({ fleetHosts: 2 }), context: { fleetHosts: 60 } },
  ],
  raw_ip: [
    {
      why: 'no name, where names are told',
      destination: aDestination({ key: '203.0.113.0/24', named: false }),
    },
  ],
  relay_symmetry: [{ why: 'as much in as out', subject: relaying() }],
  signer: [
    { why: 'ad hoc', subject: { signer: 'ad_hoc' } },
    { why: 'broken', subject: { signer: 'invalid' } },
    { why: 'a third party', subject: {} },
  ],
  slow_drip: [
    { why: 'all day', destination: dripping },
    { why: 'for days', destination: { ...dripping, maxDayHours: 4, days: 3 } },
  ],
  sustained_rate: [{ why: 'an hour of it', destination: sent(GB) }],
  uncommon_uploader: [
    { why: 'unknown software', destination: sent(GB) },
    {
      why: 'software that sends less elsewhere',
      subject: { otherDayMaxima: [1, 2, 3] },
      destination: sent(GB),
    },
    { why: 'known software not known to upload', subject: { uploader: anUploader() }, destination: sent(GB) },
  ],
  unusual_parent: [
    { why: 'nobody vouches for it', subject: { role: 'transfer', process: { ancestors: [adHocParent] } } },
    {
      why: 'it lies in an odd place',
      subject: {
        role: 'transfer',
        process: { ancestors: [{ ...adHocParent, signer: 'developer_id', executable: '/Volumes/X/X' }] },
      },
    },
    {
      why: 'a script host, behind a shell',
      subject: {
        role: 'transfer',
        process: {
          ancestors: [
            { ...adHocParent, signer: 'apple_platform', executable: '/bin/sh', shell: true },
            { ...adHocParent, signer: 'apple_platform', executable: '/usr/bin/osascript' },
          ],
        },
      },
    },
  ],
  unusual_path: [
    { why: 'temporary', subject: { pathClass: 'temporary', signer: 'ad_hoc' } },
    { why: 'downloads, although signed', subject: { pathClass: 'downloads' } },
  ],
  unusual_port: [
    { why: 'none of an everyday service', destination: aDestination({ port: 4444 }) },
    { why: 'FTP', destination: aDestination({ port: 21 }) },
  ],
  volume: [
    { why: 'unknown software', destination: sent(GB) },
    {
      why: 'more than the others',
      subject: { actorHosts: 11, otherDayMaxima: [MB, MB, MB] },
      destination: sent(GB, { actorHosts: 11 }),
    },
  ],
};
