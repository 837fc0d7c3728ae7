import type { ToolCategory } from './tool-data.js';

/**
 * What matters about a family of tools, whoever uses it:
 *
 * - `exec_alone`: its start alone is worth an informational finding (AN0082's second log source);
 * - `hides_traffic`: it exists to hide, to carry or to sell traffic, whatever a deployer would do about it by default;
 * - `by_hand`: people start it themselves, so that running without a terminal says nothing.
 */
export type ToolTrait = 'exec_alone' | 'hides_traffic' | 'by_hand';

/** Every category with its traits; a category that is missing here does not compile. The families: tools.json. */
const TRAITS: Readonly<Record<ToolCategory, readonly ToolTrait[]>> = {
  ai_agent: [],
  anonymity: ['exec_alone', 'hides_traffic'],
  backup: [],
  c2: ['exec_alone', 'hides_traffic'],
  cloud_sync: [],
  cloud_transfer: [],
  file_transfer: [],
  local_proxy: [],
  mesh_vpn: [],
  p2p: ['exec_alone'],
  peer_transfer: ['exec_alone'],
  proxy_malware: ['exec_alone', 'hides_traffic'],
  proxyware: ['exec_alone', 'hides_traffic'],
  rat: ['exec_alone', 'hides_traffic'],
  remote_access: [],
  stealer: ['hides_traffic'],
  torrent: ['exec_alone', 'by_hand'],
  tunnel: ['exec_alone', 'hides_traffic'],
  vpn: [],
};

/** Whether a category of tools has a trait; a program that is no known tool has none. */
export function isTool(category: ToolCategory | undefined, trait: ToolTrait): boolean {
  return category !== undefined && TRAITS[category].includes(trait);
}
