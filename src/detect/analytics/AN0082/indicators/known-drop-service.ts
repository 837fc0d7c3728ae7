import type { DestinationKind } from '../../../../knowledge/classify-destination.js';
import type { Indicator } from '../../../indicator.js';
import { excused, isOwn, isUpload } from '../../../normal.js';

interface Weight {
  readonly points: number;
  readonly word: string;
  /** Bytes out from which it counts: text sites take little, everything else is also read from. */
  readonly least: number;
  /** Counts for browsers too. */
  readonly browsers: boolean;
}

const WEIGHT: Readonly<Partial<Record<DestinationKind, Weight>>> = {
  malware: { points: 32, word: 'a server of known malware', least: 0, browsers: false },
  file_drop: { points: 22, word: 'a file-drop service', least: 1_000_000, browsers: true },
  paste: { points: 22, word: 'a text-drop site', least: 50_000, browsers: true },
  peer_transfer: {
    points: 16,
    word: 'a relay that hands files to strangers',
    least: 1_000_000,
    browsers: false,
  },
  webhook: { points: 16, word: 'a webhook collector', least: 100_000, browsers: false },
  proxyware: { points: 22, word: 'a broker of residential proxies', least: 0, browsers: false },
  torrent: { points: 10, word: 'a torrent service', least: 0, browsers: false },
  tunnel: { points: 16, word: 'a tunnel broker', least: 0, browsers: false },
  anonymity: { points: 14, word: 'an anonymity network', least: 0, browsers: false },
  messaging: {
    points: 8,
    word: 'a messaging service that bots can post to',
    least: 1_000_000,
    browsers: false,
  },
  dynamic_dns: { points: 8, word: 'a dynamic DNS name', least: 100_000, browsers: false },
  cloud_storage: {
    points: 8,
    word: 'cloud storage that anyone can rent',
    least: 10_000_000,
    browsers: false,
  },
  cloud_sync: { points: 10, word: 'a personal cloud drive', least: 1_000_000, browsers: false },
  app_hosting: { points: 5, word: 'app hosting that anyone can rent', least: 10_000_000, browsers: false },
};

/** The destination is a service made for leaving things, or one that belongs to software this program is not. */
export const indicator: Indicator = {
  id: 'known_drop_service',
  group: 'destination',
  unit: 'text',
  countsAgainstApproval: true,
  techniques: ['T1567'],
  evaluate(subject, destination, context) {
    const service = destination?.service;
    if (destination === undefined || service === undefined || destination.internal) return undefined;
    const weight = WEIGHT[service.kind];
    if (weight === undefined || destination.bytesOut < weight.least) return undefined;
    const browser = subject.uploader?.browser === true;
    if (browser && (!weight.browsers || destination.bytesOut < weight.least * 10)) return undefined;
    if (weight.least > 0 && !isUpload(destination, context.config.detection.upload_ratio)) return undefined;
    if (isOwn(subject, destination) || excused(subject, 'destinations', destination, context))
      return undefined;
    const { process } = subject;
    if (process !== undefined && service.owner?.teamIds.includes(process.teamId) === true) return undefined;
    const foreign = service.owner !== undefined && process !== undefined;
    return {
      points: weight.points,
      observed: service.service,
      expected: null,
      threshold: null,
      text: `${destination.key} is ${weight.word} (${service.service})${foreign ? ', whose own software this is not' : ''}.`,
    };
  },
};
