import { describe, expect, it } from 'vitest';
import type { DetectContext } from '../../src/detect/indicator.js';
import { INDICATORS } from '../../src/detect/registry.js';
import type { Destination, Subject } from '../../src/detect/subject.js';
import { explicit, possible } from '../../src/knowledge/upload-intent/intent.js';
import { printable } from '../../src/report/printable.js';
import {
  aContext,
  aDestination,
  anUploader,
  aService,
  aSubject,
  CONFIG,
  GB,
  MB,
  sent,
  type ContextChanges,
} from './subject.js';

type SubjectChanges = Parameters<typeof aSubject>[1];

interface Case {
  readonly why: string;
  readonly subject?: SubjectChanges;
  /** `null`: the subject sent nothing anywhere. */
  readonly destination?: Destination | null;
  readonly context?: ContextChanges;
}

const small: ContextChanges = { fleetHosts: CONFIG.fleet.min_hosts - 1 };
const browser = anUploader({ browser: true, excuses: new Set(['fan_out']) });
const malware = { family: 'Bad', policy: 'deny', matchedOn: 'signing_id', techniques: [] } as const;
const adHocParent = {
  executable: '/Users/ada/Library/x/agent',
  signer: 'ad_hoc' as const,
  signingId: '',
  teamId: '',
  shell: false,
};
const spread = { size: { p10: 1 * MB, p50: 1 * MB, p90: 1 * MB } };
const beat = { connections: 40, gap: { p50: 300, mad: 30 }, size: { p10: 900, p50: 1000, p90: 1100 } };
const dripping = sent(60 * MB, { hours: 20, maxDayHours: 20, maxHourOut: 3 * MB });
const relaying = (more: SubjectChanges = {}): SubjectChanges => ({
  bytesOut: GB,
  bytesIn: GB,
  maxDayOut: GB,
  peersDay: 100,
  inKnown: true,
  outKnown: true,
  ...more,
});

const FIRES: Readonly<Record<string, readonly Case[]>> = {
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
        actorHosts: 4,
        otherDayMaxima: [MB, MB, MB],
      },
      destination: sent(GB, { actorHosts: 4 }),
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

const SILENT: Readonly<Record<string, readonly Case[]>> = {
  background: [
    { why: 'an installed app' },
    { why: 'on a terminal', subject: { pathClass: 'hidden', process: { session: 'terminal' } } },
    { why: 'known software', subject: { pathClass: 'hidden', uploader: anUploader() } },
    {
      why: 'not started by launchd',
      subject: { pathClass: 'hidden', process: { parentExecutable: '/bin/zsh' } },
    },
    { why: 'nobody saw the process', subject: { process: null } },
  ],
  chunked: [
    {
      why: 'one connection carried it',
      destination: sent(100 * MB, { maxDayConnections: 100, size: { p10: 1, p50: 1, p90: 90 * MB } }),
    },
    {
      why: 'a browser',
      subject: { uploader: browser },
      destination: sent(100 * MB, { maxDayConnections: 100, ...spread }),
    },
    {
      why: 'the fleet does it',
      destination: sent(100 * MB, { maxDayConnections: 100, actorHosts: 3, ...spread }),
    },
  ],
  destination_new_for_actor: [
    { why: 'two twins are too few', subject: { actorHosts: 3 }, destination: sent(GB) },
    { why: 'a twin goes there', subject: { actorHosts: 4 }, destination: sent(GB, { actorHosts: 2 }) },
    { why: 'little was sent', subject: { actorHosts: 4 }, destination: sent(MB) },
    {
      why: 'a general tool goes anywhere',
      subject: { actorHosts: 4, role: 'transfer' },
      destination: sent(GB),
    },
    { why: 'the place is hidden', subject: { actorHosts: 4 }, destination: sent(GB, { key: 'unknown:443' }) },
  ],
  dual_use_tool: [
    { why: 'a download', subject: { role: 'transfer' }, destination: aDestination({ bytesIn: GB }) },
    { why: 'not a general tool', destination: sent(GB) },
    { why: 'the fleet does it', subject: { role: 'transfer' }, destination: sent(GB, { actorHosts: 3 }) },
    {
      why: 'work',
      subject: { role: 'transfer' },
      destination: sent(GB, { service: aService('code_host'), fleetHosts: 20 }),
    },
    { why: 'own places', subject: { role: 'transfer' }, destination: sent(GB, { internal: true }) },
    {
      why: 'told to upload, nothing went',
      subject: { role: 'transfer', intent: explicit('upload', 'x', '-T') },
      destination: aDestination(),
    },
  ],
  identity_drift: [
    { why: 'no drift' },
    {
      why: 'Apple let it into its store',
      subject: {
        signer: 'app_store',
        drift: { id: 'a', name: 'Dropbox', expected: ['G7HH3F8CAK'], by: 'signer' },
      },
    },
  ],
  known_drop_service: [
    { why: 'no known service', destination: sent(GB) },
    { why: 'little', destination: sent(MB - 1, { service: aService('file_drop') }) },
    { why: 'read from', destination: sent(MB, { bytesIn: GB, service: aService('file_drop') }) },
    {
      why: 'a browser, with little',
      subject: { uploader: browser },
      destination: sent(9 * MB, { service: aService('file_drop') }),
    },
    {
      why: 'a browser at a broker',
      subject: { uploader: browser },
      destination: sent(GB, { service: aService('proxyware') }),
    },
    { why: 'a harmless kind', destination: sent(GB, { service: aService('cdn') }) },
    {
      why: "the owner's own software",
      destination: sent(GB, { service: aService('cloud_sync', { uploaders: [], teamIds: ['ABCDE12345'] }) }),
    },
  ],
  known_tool: [
    { why: 'unknown software', destination: sent(GB) },
    {
      why: 'a copy tool at rest',
      subject: { tool: { ...malware, category: 'cloud_transfer' } },
      destination: null,
    },
    {
      why: 'known to be the normal one',
      subject: { tool: { ...malware, category: 'tunnel' }, uploader: anUploader() },
    },
    {
      why: 'a VPN carries what others send',
      subject: { tool: { ...malware, category: 'vpn' } },
      destination: sent(GB),
    },
  ],
  long_lived: [
    { why: 'short', destination: aDestination({ maxDuration: 3599 }) },
    { why: 'the fleet does it', destination: aDestination({ maxDuration: 90_000, fleetHosts: 20 }) },
    {
      why: 'excused',
      subject: { uploader: anUploader({ excuses: new Set(['duration']) }) },
      destination: aDestination({ maxDuration: 90_000 }),
    },
    { why: 'many at once in one hour', destination: aDestination({ totalDuration: 90_000, maxDayHours: 0 }) },
  ],
  new_in_fleet: [
    { why: 'a fleet too small to say', context: small },
    { why: 'many have it', subject: { actorHosts: 20 } },
    { why: "Apple's daemons differ", subject: { signer: 'apple_platform' } },
  ],
  periodic_fixed_size: [
    { why: 'few', destination: aDestination({ ...beat, connections: 11 }) },
    { why: 'irregular', destination: aDestination({ ...beat, gap: { p50: 300, mad: 80 } }) },
    { why: 'a burst', destination: aDestination({ ...beat, gap: { p50: 4, mad: 0 } }) },
    { why: 'the fleet does it', destination: aDestination({ ...beat, fleetHosts: 20 }) },
    { why: 'a browser', subject: { uploader: browser }, destination: aDestination(beat) },
  ],
  rare_destination: [
    { why: 'a fleet too small to say', destination: aDestination(), context: small },
    { why: 'two others', destination: aDestination({ fleetHosts: 3 }) },
    { why: 'hidden', destination: aDestination({ key: 'unknown:443' }) },
    { why: 'own', destination: aDestination({ internal: true }) },
  ],
  raw_ip: [
    { why: 'named', destination: aDestination() },
    {
      why: 'this telemetry names nothing',
      destination: aDestination({ named: false }),
      context: { telemetry: { names: 0.4 } },
    },
    { why: 'hidden', destination: aDestination({ key: 'unknown:443', named: false }) },
    {
      why: 'a carrier',
      subject: { uploader: anUploader({ carrier: true }) },
      destination: aDestination({ named: false }),
    },
  ],
  relay_symmetry: [
    { why: 'mostly out', subject: relaying({ bytesIn: GB / 3 }) },
    { why: 'mostly in', subject: relaying({ bytesIn: GB * 3 }) },
    { why: 'inbound not counted', subject: relaying({ inKnown: false }) },
    { why: 'inbound zeroed', subject: relaying({ bytesIn: 0 }) },
    {
      why: 'calls are symmetric',
      subject: relaying({ uploader: anUploader({ excuses: new Set(['symmetric']) }) }),
    },
    { why: 'a browser fans out', subject: relaying({ uploader: browser }) },
    { why: 'nobody saw the process', subject: relaying({ process: null }) },
  ],
  signer: [
    { why: 'Apple', subject: { signer: 'apple_platform' } },
    { why: 'unknown is no evidence', subject: { signer: 'unknown' } },
    { why: 'nobody saw the process', subject: { process: null } },
  ],
  slow_drip: [
    { why: 'within a few hours', destination: { ...dripping, maxDayHours: 7, hours: 7 } },
    {
      why: 'fast',
      destination: { ...dripping, maxHourOut: CONFIG.detection.data_rate_threshold * 4 * 3600 },
    },
    { why: 'little', destination: { ...dripping, bytesOut: CONFIG.detection.volume_day_bytes * 2 - 1 } },
    { why: 'answered', destination: { ...dripping, bytesIn: 25 * MB } },
    { why: 'the fleet does it', destination: { ...dripping, fleetHosts: 20 } },
    { why: 'a browser', subject: { uploader: browser }, destination: dripping },
  ],
  sustained_rate: [
    { why: 'spread over a day', destination: sent(GB, { maxHourOut: 100 * MB }) },
    { why: 'not an upload', destination: sent(GB, { bytesIn: GB }) },
  ],
  uncommon_uploader: [
    {
      why: 'known to upload',
      subject: { uploader: anUploader({ excuses: new Set(['volume']) }) },
      destination: sent(GB, { service: aService('file_drop') }),
    },
    { why: 'it does the same elsewhere', subject: { otherDayMaxima: [GB, GB, GB] }, destination: sent(GB) },
    { why: 'work', subject: {}, destination: sent(GB, { service: aService('code_host'), fleetHosts: 20 }) },
    { why: 'nobody saw the process', subject: { process: null }, destination: sent(GB) },
  ],
  unusual_parent: [
    { why: 'not a general tool', subject: { process: { ancestors: [adHocParent] } } },
    { why: 'launchd', subject: { role: 'transfer' } },
    {
      why: 'Homebrew signs ad hoc',
      subject: {
        role: 'transfer',
        process: { ancestors: [{ ...adHocParent, executable: '/opt/homebrew/bin/tmux' }] },
      },
    },
  ],
  unusual_path: [
    { why: 'applications' },
    { why: 'a vendor helper in Library', subject: { pathClass: 'library_support' } },
    { why: 'Apple', subject: { pathClass: 'temporary', signer: 'apple_platform' } },
    { why: 'many hosts have it', subject: { pathClass: 'hidden', signer: 'ad_hoc', actorHosts: 20 } },
  ],
  unusual_port: [
    { why: 'HTTPS', destination: aDestination() },
    { why: 'not reported', destination: aDestination({ port: 0 }) },
    { why: 'accepted, not opened', destination: aDestination({ port: 4444, connections: 3, ingress: 2 }) },
    { why: 'many hosts go there', destination: aDestination({ port: 4444, fleetHosts: 20 }) },
    {
      why: 'known software',
      subject: { uploader: anUploader({ excuses: new Set(['duration']) }) },
      destination: aDestination({ port: 4444 }),
    },
    {
      why: 'a system daemon, address hidden',
      subject: { signer: 'apple_platform' },
      destination: aDestination({ key: 'unknown:7000', port: 7000 }),
    },
  ],
  volume: [
    { why: 'little', destination: sent(MB) },
    { why: 'a download', destination: sent(GB, { bytesIn: GB }) },
    { why: 'own', destination: sent(GB, { internal: true }) },
    {
      why: 'no more than the others',
      subject: { actorHosts: 11, otherDayMaxima: [GB, GB, GB] },
      destination: sent(2 * GB, { actorHosts: 11 }),
    },
  ],
};

function evaluate(id: string, one: Case) {
  const indicator = INDICATORS.find((candidate) => candidate.id === id)!;
  const destination = one.destination === null ? undefined : (one.destination ?? aDestination());
  const subject: Subject = aSubject(destination === undefined ? [] : [destination], one.subject);
  const context: DetectContext = aContext(one.context);
  return indicator.evaluate(subject, destination, context);
}

const listed = (cases: typeof FIRES) =>
  Object.entries(cases).flatMap(([id, list]) => list.map((one) => [id, one.why, one] as const));

it('has a firing and a silent case for every indicator', () => {
  const ids = INDICATORS.map(({ id }) => id);
  expect(Object.keys(FIRES).sort()).toEqual(ids);
  expect(Object.keys(SILENT).sort()).toEqual(ids);
});

it.each(listed(FIRES))('%s fires: %s', (id, _why, one) => {
  const signal = evaluate(id, one);
  expect(signal).toBeDefined();
  expect(signal!.points).toBeGreaterThan(0);
  expect(signal!.points).toBeLessThanOrEqual(40);
  expect(signal!.text).toMatch(/^(?:[A-Z0-9]|upload\.example ).*\.$/);
  expect(signal!.text).not.toMatch(/undefined|null|NaN|\[object|  /);
  expect(printable(signal!.text)).toBe(signal!.text);
});

it.each(listed(SILENT))('%s is silent: %s', (id, _why, one) => {
  expect(evaluate(id, one)).toBeUndefined();
});

describe('every indicator', () => {
  const everything = [...listed(FIRES), ...listed(SILENT)].map(([, , one]) => one);

  it.each(INDICATORS.map(({ id }) => id))('%s gives the same for the same', (id) => {
    for (const one of everything) expect(evaluate(id, one)).toEqual(evaluate(id, one));
  });

  it.each(INDICATORS.filter(({ group }) => group !== 'identity').map(({ id }) => id))(
    '%s says nothing of places where nothing was sent to any',
    (id) => {
      expect(evaluate(id, { why: '', destination: null })).toBeUndefined();
    },
  );

  it.each(INDICATORS.map(({ id }) => id))('%s holds for the emptiest subject and destination', (id) => {
    const nothing: Case = {
      why: '',
      destination: aDestination({
        key: 'unknown:0',
        named: false,
        ips: [],
        port: 0,
        connections: 0,
        outKnown: false,
        inKnown: false,
      }),
      subject: { process: null, actorHosts: 0 },
      context: { fleetHosts: 0, telemetry: { names: 0 } },
    };
    expect(evaluate(id, nothing)).toBeUndefined();
  });
});
