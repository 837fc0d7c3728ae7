import type { Signer } from '../ground/vocabulary.js';
import { pathClass } from './path-class.js';
import { liesIn } from './path-traits.js';
import { baseName } from './program.js';
import {
  type Excusable,
  uploaderData,
  type UploaderEntry,
  type UploaderGroup,
  type UploaderTier,
} from './uploader-data.js';

export interface UploaderIdentity {
  readonly signer: Signer;
  readonly teamId: string;
  readonly signingId: string;
  readonly executable: string;
  readonly name: string;
}

export interface Uploader {
  readonly id: string;
  readonly name: string;
  readonly group: UploaderGroup;
  readonly tier: UploaderTier;
  /** Features that are normal for it; nothing else is excused. */
  readonly excuses: ReadonlySet<Excusable>;
  /** Why each feature is excused. */
  readonly reasons: ReadonlyMap<Excusable, string>;
  /** Bytes a day and seconds of one connection beyond which the excuse ends; undefined: no bound stated. */
  readonly limits: {
    readonly dailyBytesOut: number | undefined;
    readonly durationSeconds: number | undefined;
  };
  /** Domain suffixes and CIDRs it normally sends to; empty: none stated. */
  readonly destinations: readonly string[];
  /** `volume` and `rate` are excused only towards `destinations`. */
  readonly destinationBound: boolean;
  /** Carries other processes' traffic (VPN, virtual machines, containers). */
  readonly carrier: boolean;
  /** Sends on behalf of other processes, which telemetry may not name. */
  readonly delegate: boolean;
  readonly browser: boolean;
  /** False when signing was not reported and path or name had to do. */
  readonly certain: boolean;
}

/** Too common to stand for one product when nothing but the name is known. */
const COMMON_NAMES = new Set([
  ...[
    'agent',
    'arc',
    'aws',
    'box',
    'copilot',
    'curl',
    'electron',
    'fork',
    'git',
    'idea',
    'java',
    'launcher',
    'node',
  ],
  ...[
    'nudge',
    'openvpn',
    'orbit',
    'plex',
    'python',
    'python3',
    'resolve',
    'ssh',
    'sync',
    'tower',
    'warp',
    'zed',
  ],
]);
const APPLE_SIGNED: ReadonlySet<Signer> = new Set(['apple_platform', 'apple']);
const VENDOR_SIGNED: ReadonlySet<Signer> = new Set(['developer_id', 'app_store', 'unknown']);
/** The kernel cuts process names at 15 or 16 bytes. */
const CUT_NAME_BYTES = 15;

interface UploaderIndex {
  readonly byName: ReadonlyMap<string, readonly UploaderEntry[]>;
  readonly byTeam: ReadonlyMap<string, readonly UploaderEntry[]>;
  readonly results: Map<string, Uploader>;
}

let index: UploaderIndex | undefined;

function uploaderIndex(): UploaderIndex {
  if (index) return index;
  const byName = new Map<string, UploaderEntry[]>();
  const byTeam = new Map<string, UploaderEntry[]>();
  const put = (map: Map<string, UploaderEntry[]>, key: string, entry: UploaderEntry) => {
    const list = map.get(key);
    if (list) {
      if (!list.includes(entry)) list.push(entry);
    } else map.set(key, [entry]);
  };
  for (const entry of uploaderData().uploaders) {
    for (const name of entry.names) put(byName, name, entry);
    for (const identity of entry.identities) put(byTeam, identity.team_id, entry);
  }
  index = { byName, byTeam, results: new Map() };
  return index;
}

/** Entries with this base name; a cut name (no path reported) stands for the one entry it can be the start of. */
export function uploadersNamed(identity: { executable: string; name: string }): readonly UploaderEntry[] {
  const { byName } = uploaderIndex();
  const full = baseName(identity.executable).toLowerCase();
  const name = full || identity.name.toLowerCase();
  const exact = byName.get(name);
  if (exact || full !== '' || name.length < CUT_NAME_BYTES) return exact ?? [];
  const cut = [...byName].filter(([known]) => known.startsWith(name)).flatMap(([, entries]) => entries);
  return new Set(cut).size === 1 ? [cut[0]!] : [];
}

/**
 * The normal uploader a program is, by who signed it. Apple's daemons need Apple's platform signature, other products
 * their Team ID and signing id. Path and name count only where the telemetry says nothing about signing, and then the
 * match is not `certain`.
 */
export function matchUploader(identity: UploaderIdentity): Uploader | undefined {
  const third = identity.teamId === '' ? storeMatch(identity) : teamMatch(identity);
  if (third) return third;
  for (const entry of uploadersNamed(identity)) {
    const certain =
      entry.signer === 'apple'
        ? appleCertainty(identity)
        : entry.signer === 'any'
          ? anySignerCertainty(identity)
          : unsignedCertainty(identity);
    if (certain !== undefined) return uploader(entry, certain);
  }
  return undefined;
}

function teamMatch(identity: UploaderIdentity): Uploader | undefined {
  if (!VENDOR_SIGNED.has(identity.signer)) return undefined;
  const entries = uploaderIndex().byTeam.get(identity.teamId) ?? [];
  const signingId = identity.signingId.toLowerCase();
  const name = (baseName(identity.executable) || identity.name).toLowerCase();
  const certain = identity.signer !== 'unknown';
  let best: UploaderEntry | undefined;
  let bestLength = 0;
  for (const entry of entries) {
    for (const of of entry.identities) {
      if (of.team_id !== identity.teamId) continue;
      for (const prefix of of.signing_prefixes) {
        if (signingId.startsWith(prefix) && prefix.length > bestLength)
          [best, bestLength] = [entry, prefix.length];
      }
    }
  }
  if (best) return uploader(best, certain);
  const named = entries.find((entry) =>
    entry.identities.some((of) => of.team_id === identity.teamId && of.names.includes(name)),
  );
  if (named) return uploader(named, certain);
  if (signingId !== '') return undefined;
  const unnamed = entries.find((entry) => entry.names.includes(name));
  return unnamed && uploader(unnamed, false);
}

/** App Store ids are unique, so the id is enough where the source leaves the Team ID out. */
function storeMatch(identity: UploaderIdentity): Uploader | undefined {
  if (identity.signer !== 'app_store') return undefined;
  const signingId = identity.signingId.toLowerCase();
  if (signingId === '') return undefined;
  const entry = uploaderData().uploaders.find((candidate) =>
    candidate.identities.some((of) =>
      of.signing_prefixes.some((prefix) => prefix.includes('.') && signingId.startsWith(prefix)),
    ),
  );
  return entry && uploader(entry, true);
}

function appleCertainty(identity: UploaderIdentity): boolean | undefined {
  if (identity.teamId !== '') return undefined;
  const systemPath = isApplePath(identity.executable);
  if (APPLE_SIGNED.has(identity.signer)) return systemPath || identity.executable === '' ? true : undefined;
  if (identity.signer !== 'unknown') return undefined;
  if (identity.signingId !== '' && !identity.signingId.startsWith('com.apple.')) return undefined;
  return systemPath || identity.executable === '' ? false : undefined;
}

function anySignerCertainty(identity: UploaderIdentity): boolean | undefined {
  const place = pathClass(identity.executable);
  if (APPLE_SIGNED.has(identity.signer))
    return place === 'system' || place === 'applications' ? true : undefined;
  if (identity.signer === 'invalid') return undefined;
  if (identity.executable === '') return identity.signer === 'unknown' ? false : undefined;
  return liesIn(place, 'builds') ? false : undefined;
}

/** A third-party product where nothing about signing is known. */
function unsignedCertainty(identity: UploaderIdentity): boolean | undefined {
  if (identity.signer !== 'unknown' || identity.teamId !== '' || identity.signingId !== '') return undefined;
  if (identity.executable === '') return COMMON_NAMES.has(identity.name.toLowerCase()) ? undefined : false;
  const place = pathClass(identity.executable);
  if (place === 'applications' || place === 'library_support') return false;
  const name = baseName(identity.executable).toLowerCase();
  return place === 'homebrew' && !COMMON_NAMES.has(name) ? false : undefined;
}

/** Places only Apple's own software occupies: the sealed system, its updates, and Safari's link in /Applications. */
export function isApplePath(executable: string): boolean {
  return pathClass(executable) === 'system' || executable.startsWith('/Applications/Safari.app/');
}

function uploader(entry: UploaderEntry, certain: boolean): Uploader {
  const { results } = uploaderIndex();
  const key = `${entry.id}:${certain}`;
  const kept = results.get(key);
  if (kept) return kept;
  const reasons = new Map(entry.excuses.map(({ feature, reason }) => [feature, reason]));
  const made: Uploader = {
    id: entry.id,
    name: entry.name,
    group: entry.group,
    tier: entry.tier,
    excuses: new Set(reasons.keys()),
    reasons,
    limits: { dailyBytesOut: entry.limits.daily_bytes_out, durationSeconds: entry.limits.duration_seconds },
    destinations: entry.destinations,
    destinationBound: entry.destination_bound,
    carrier: entry.carrier,
    delegate: entry.delegate,
    browser: entry.browser,
    certain,
  };
  results.set(key, made);
  return made;
}
