import { isIP } from 'node:net';
import { z } from 'zod';
import { lazyData, reviewedFile, sourceKeys } from './load-data.js';

export const DESTINATION_KINDS = [
  'anonymity',
  'app_hosting',
  'backup',
  'cdn',
  'cloud_storage',
  'cloud_sync',
  'code_host',
  'dynamic_dns',
  'encrypted_dns',
  'file_drop',
  'ip_lookup',
  'llm_api',
  'malware',
  'mesh_vpn',
  'messaging',
  'package_registry',
  'paste',
  'peer_transfer',
  'proxyware',
  'remote_access',
  'saas_api',
  'torrent',
  'tunnel',
  'webhook',
] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

export interface DestinationClass {
  readonly kind: DestinationKind;
  readonly service: string;
  /** The suffix or address that matched. */
  readonly matched: string;
  /** Whose own software normally talks to it; absent when no product owns it. */
  readonly owner?: { readonly uploaders: readonly string[]; readonly teamIds: readonly string[] };
}

const serviceEntry = z.strictObject({
  service: z.string().min(1),
  kind: z.enum(DESTINATION_KINDS),
  /** Lower-case host name suffixes on label borders, or addresses. */
  domains: z.array(z.string().regex(/^[a-z0-9.:-]+$/)).min(1),
  owner: z
    .strictObject({
      uploaders: z.array(z.string()).default([]),
      team_ids: z.array(z.string().regex(/^[A-Z0-9]{10}$/)).default([]),
    })
    .optional(),
  sources: sourceKeys,
});

export const serviceFile = z.strictObject({ ...reviewedFile, services: z.array(serviceEntry) });

/** Destination services, from services.json. */
export const serviceData = lazyData('./services.json', serviceFile);

/** No host name has more labels; longer ones are cut so that hostile input stays cheap. */
const MAX_NAME = 255;

let bySuffix: ReadonlyMap<string, DestinationClass> | undefined;

function suffixes(): ReadonlyMap<string, DestinationClass> {
  bySuffix ??= new Map(
    serviceData().services.flatMap(({ service, kind, domains, owner }) =>
      domains.map((matched): [string, DestinationClass] => [
        matched,
        {
          kind,
          service,
          matched,
          ...(owner && { owner: { uploaders: owner.uploaders, teamIds: owner.team_ids } }),
        },
      ]),
    ),
  );
  return bySuffix;
}

/**
 * What kind of service a destination is. The longest suffix on a label border wins, so `hooks.slack.com` is a webhook
 * and `files.slack.com` is Slack, while `notgofile.io` and `gofile.io.example` are nothing. Case and a final dot do
 * not matter. `ip` counts where the name is unknown or unclassified.
 */
export function classifyDestination(domain: string, ip?: string): DestinationClass | undefined {
  return (
    classifyName(domain) ?? (ip === undefined || ip === '' ? undefined : suffixes().get(ip.toLowerCase()))
  );
}

function classifyName(domain: string): DestinationClass | undefined {
  let name = domain.toLowerCase();
  if (name.endsWith('.')) name = name.slice(0, -1);
  if (name === '' || name.length > MAX_NAME) return undefined;
  if (isIP(name) !== 0) return suffixes().get(name);
  for (let at = 0; at >= 0; at = nextLabel(name, at)) {
    const found = suffixes().get(at === 0 ? name : name.slice(at));
    if (found) return found;
  }
  return undefined;
}

/** Start of the label after the one at `at`; -1 at the end. */
function nextLabel(name: string, at: number): number {
  const dot = name.indexOf('.', at);
  return dot < 0 || dot + 1 >= name.length ? -1 : dot + 1;
}
