import { explicit } from '../../src/knowledge/upload-intent/intent.js';
import {
  small,
  browser,
  malware,
  adHocParent,
  spread,
  beat,
  dripping,
  relaying,
  type Case,
} from './indicator-case.js';
import { aDestination, anUploader, aService, CONFIG, GB, MB, sent } from '../support/subject.js';

/** What looks alike and must not make it speak. */
export const SILENT: Readonly<Record<string, readonly Case[]>> = {
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
      destination: sent(100 * MB, { maxDayConnections: 100, actorHosts: 20, ...spread }),
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
    { why: 'the fleet does it', subject: { role: 'transfer' }, destination: sent(GB, { actorHosts: 20 }) },
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
