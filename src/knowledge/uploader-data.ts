import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';

/** Features of behaviour an entry may excuse; everything else about the app stays judged. */
export const EXCUSABLE = [
  'count',
  'destinations',
  'duration',
  'fan_out',
  'periodicity',
  'rate',
  'symmetric',
  'volume',
] as const;
export type Excusable = (typeof EXCUSABLE)[number];

export const UPLOADER_GROUPS = [
  'apple-daemon',
  'backup',
  'browser',
  'conferencing',
  'creative',
  'dev',
  'edr',
  'file-sync',
  'file-transfer',
  'mdm',
  'media',
  'productivity',
  'security-tool',
  'vpn-ztna',
] as const;
export type UploaderGroup = (typeof UPLOADER_GROUPS)[number];

export const UPLOADER_TIERS = [
  'approve-per-org',
  'default-allow-quiet',
  'never-by-default',
  'per-role',
  'platform',
] as const;
export type UploaderTier = (typeof UPLOADER_TIERS)[number];

const lower = z.string().regex(/^[^A-Z]+$/);

const identity = z.strictObject({
  team_id: z.string().regex(/^[A-Z0-9]{10}$/),
  /** Signing ids begin with one of these, compared in lower case. */
  signing_prefixes: z.array(lower).default([]),
  /** Base names accepted with the Team ID alone, for command line tools whose signing ids are not known. */
  names: z.array(lower).default([]),
});

const uploaderEntry = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  group: z.enum(UPLOADER_GROUPS),
  tier: z.enum(UPLOADER_TIERS),
  /** `any`: no Developer ID exists (package managers build it), so a match is never certain unless Apple signed it. */
  signer: z.enum(['apple', 'third_party', 'any']),
  names: z.array(lower),
  /** Full paths seen on real Macs; Apple moves them between releases. */
  paths: z.array(z.string()).default([]),
  identities: z.array(identity).default([]),
  excuses: z.array(z.strictObject({ feature: z.enum(EXCUSABLE), reason: z.string().min(1) })).default([]),
  limits: z
    .strictObject({
      daily_bytes_out: z.number().int().positive().optional(),
      duration_seconds: z.number().int().positive().optional(),
    })
    .default({}),
  destinations: z.array(lower).default([]),
  destination_bound: z.boolean().default(false),
  carrier: z.boolean().default(false),
  delegate: z.boolean().default(false),
  browser: z.boolean().default(false),
  sources: sourceKeys,
});
export type UploaderEntry = z.infer<typeof uploaderEntry>;

export const uploaderFile = z.strictObject({
  ...reviewedFile,
  /** Names of Apple processes that malware borrows; they excuse nothing. */
  system_names: z.strictObject({ names: z.array(lower), sources: sourceKeys }),
  uploaders: z.array(uploaderEntry),
});

/** Software that normally uploads or holds connections, from uploaders.json. */
export const uploaderData = lazyData('./uploaders.json', uploaderFile);
