import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';

/** What to do about a family by default. `argv-gated`: dual use, decide on arguments and destination. */
export const TOOL_POLICIES = [
  'argv-gated',
  'context',
  'deny',
  'deny-unless-inventoried',
  'inventory',
  'review',
] as const;
export type ToolPolicy = (typeof TOOL_POLICIES)[number];

export const TOOL_CATEGORIES = [
  'ai_agent',
  'anonymity',
  'backup',
  'c2',
  'cloud_sync',
  'cloud_transfer',
  'file_transfer',
  'local_proxy',
  'mesh_vpn',
  'p2p',
  'peer_transfer',
  'proxy_malware',
  'proxyware',
  'rat',
  'remote_access',
  'stealer',
  'torrent',
  'tunnel',
  'vpn',
] as const;
export type ToolCategory = (typeof TOOL_CATEGORIES)[number];

const lower = z.string().regex(/^[^A-Z]+$/);
const list = z.array(lower).default([]);

/**
 * `names`: the rule holds only for these base names. `first`: the first argument after the program. `tokens`: in this
 * order among the arguments; a token ending in `:` means "starts with".
 */
const argvRule = z.strictObject({
  names: list,
  first: z.string().optional(),
  tokens: z.array(z.string().min(1)),
});

const toolEntry = z.strictObject({
  family: z.string().min(1),
  category: z.enum(TOOL_CATEGORIES),
  policy: z.enum(TOOL_POLICIES),
  /** Base names distinctive enough to match alone, lower case. */
  names: list,
  signing_ids: list,
  /** Ends with a dot, or is a whole id that helpers extend. */
  signing_prefixes: list,
  team_ids: z.array(z.string().regex(/^[A-Z0-9]{10}$/)).default([]),
  /** The vendor signs nothing but this family with these Team IDs. */
  team_exclusive: z.boolean().default(false),
  /** Parts of a lower-case path. */
  paths: list,
  /** Linear-time patterns over a lower-case path. */
  path_patterns: z.array(z.string()).default([]),
  argv: z.array(argvRule).default([]),
  techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)),
  sources: sourceKeys,
});
export type ToolEntry = z.infer<typeof toolEntry>;
export type ArgvRule = z.infer<typeof argvRule>;

export const toolFile = z.strictObject({ ...reviewedFile, tools: z.array(toolEntry) });

/** Software families that matter to egress, from tools.json. */
export const toolData = lazyData('./tools.json', toolFile);
