import type { Signer } from '../ground/vocabulary.js';
import { isApplePath, matchUploader, type UploaderIdentity, uploadersNamed } from './match-uploader.js';
import { baseName } from './program.js';
import { uploaderData, type UploaderEntry } from './uploader-data.js';

/** What a program pretends to be. */
export interface IdentityDrift {
  /** Uploader id, or `apple.system` for other Apple processes. */
  readonly id: string;
  readonly name: string;
  /** Who signs the real one: `Apple`, or its Team IDs. */
  readonly expected: readonly string[];
  /** `path`: an Apple name outside Apple's places; `signer`: somebody else, or nobody, signed it. */
  readonly by: 'path' | 'signer';
}

/** Apple names that ordinary products, package managers and developers use as well. */
const SHARED_NAMES = new Set([
  ...[
    'curl',
    'rsync',
    'ftp',
    'nc',
    'perl',
    'ruby',
    'python3',
    'tclsh',
    'swift',
    'ssh',
    'sshd',
    'sftp',
    'scp',
  ],
  ...[
    'sshd-session',
    'parsecd',
    'mail',
    'commerce',
    'dock',
    'finder',
    'spotlight',
    'sntp',
    'usbmuxd',
    'mrt',
    'safari',
  ],
  ...[
    'racoon',
    'bootpd',
    'cupsd',
    'pppd',
    'syslogd',
    'controlcenter',
    'notificationcenter',
    'gatekeeper',
    'nscurl',
  ],
]);
const APPLE: ReadonlySet<Signer> = new Set(['apple_platform', 'apple']);
/** Nobody vouches for the program. */
const UNTRUSTED: ReadonlySet<Signer> = new Set(['ad_hoc', 'unsigned', 'invalid']);

let systemNames: ReadonlySet<string> | undefined;

/** The entry a program pretends to be; undefined when it is what it seems or pretends nothing. */
export function identityDrift(identity: UploaderIdentity): IdentityDrift | undefined {
  if (APPLE.has(identity.signer) || matchUploader(identity)?.certain === true) return undefined;
  return appleDrift(identity) ?? vendorDrift(identity);
}

function appleDrift(identity: UploaderIdentity): IdentityDrift | undefined {
  systemNames ??= new Set(uploaderData().system_names.names);
  const shown = baseName(identity.executable) || identity.name;
  const name = shown.toLowerCase();
  const entry = uploadersNamed(identity).find((candidate) => candidate.signer === 'apple');
  const claimsAppleId =
    identity.signingId.toLowerCase().startsWith('com.apple.') && identity.signer !== 'unknown';
  const borrowedName = (entry !== undefined || systemNames.has(name)) && !SHARED_NAMES.has(name);
  if (!borrowedName && !claimsAppleId) return undefined;
  const by =
    identity.signer !== 'unknown'
      ? 'signer'
      : identity.executable !== '' && !isApplePath(identity.executable)
        ? 'path'
        : undefined;
  if (by === undefined) return undefined;
  return { id: entry?.id ?? 'apple.system', name: entry?.name ?? shown, expected: ['Apple'], by };
}

function vendorDrift(identity: UploaderIdentity): IdentityDrift | undefined {
  const signed = identity.teamId !== '';
  if (!signed && !UNTRUSTED.has(identity.signer)) return undefined;
  const named = uploadersNamed(identity).find(
    (entry) => isVendorProduct(entry) && inItsBundle(entry, identity),
  );
  const entry = named ?? claimedEntry(identity);
  if (!entry) return undefined;
  const teams = entry.identities.map((of) => of.team_id);
  if (teams.includes(identity.teamId) && !UNTRUSTED.has(identity.signer)) return undefined;
  return { id: entry.id, name: entry.name, expected: teams, by: 'signer' };
}

/** Products that only their vendor signs; language runtimes and the like are built by anyone. */
function isVendorProduct(entry: UploaderEntry): boolean {
  return entry.signer === 'third_party' && entry.tier !== 'never-by-default';
}

/** The program lies in an application bundle that carries the product's name. */
function inItsBundle(entry: UploaderEntry, identity: UploaderIdentity): boolean {
  const bundle = /\/([^/]+)\.app\//.exec(identity.executable.toLowerCase())?.[1];
  return bundle !== undefined && (entry.names.includes(bundle) || entry.name.toLowerCase().includes(bundle));
}

/** The product whose signing id the program carries without the vendor's certificate. */
function claimedEntry(identity: UploaderIdentity): UploaderEntry | undefined {
  const signingId = identity.signingId.toLowerCase();
  if (!signingId.includes('.')) return undefined;
  return uploaderData().uploaders.find(
    (entry) =>
      isVendorProduct(entry) &&
      entry.identities.some((of) =>
        of.signing_prefixes.some((id) => /\..*[^.]/.test(id) && signingId.startsWith(id)),
      ),
  );
}
