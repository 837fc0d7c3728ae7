import type { DestinationKind } from './classify-destination.js';

/**
 * What matters about a kind of destination, whoever sends there:
 *
 * - `never_excused`: no software is excused for it, whatever it normally does;
 * - `rented`: its owner rents it to anybody, so that the vendor's own tool going there says nothing about whose it is;
 * - `drop`: it exists to leave something at;
 * - `hides_who`: it hides who is behind it, so that nobody can be asked;
 * - `work`: work itself runs on it.
 */
export type DestinationTrait = 'never_excused' | 'rented' | 'drop' | 'hides_who' | 'work';

/** Every kind with its traits; a kind that is missing here does not compile. What the kinds are: services.json. */
const TRAITS: Readonly<Record<DestinationKind, readonly DestinationTrait[]>> = {
  anonymity: ['hides_who'],
  app_hosting: ['rented'],
  backup: [],
  cdn: ['rented'],
  cloud_storage: ['rented'],
  cloud_sync: [],
  code_host: ['work'],
  dynamic_dns: ['hides_who'],
  encrypted_dns: [],
  file_drop: ['never_excused', 'rented', 'drop'],
  ip_lookup: [],
  llm_api: [],
  malware: ['never_excused'],
  mesh_vpn: [],
  messaging: [],
  package_registry: ['work'],
  paste: ['never_excused', 'drop'],
  peer_transfer: ['hides_who'],
  proxyware: ['never_excused'],
  remote_access: [],
  saas_api: [],
  torrent: ['never_excused'],
  tunnel: ['never_excused', 'rented'],
  webhook: ['never_excused', 'drop'],
};

/** Whether a kind of destination has a trait; one nobody has classified has none. */
export function isPlace(kind: DestinationKind | undefined, trait: DestinationTrait): boolean {
  return kind !== undefined && TRAITS[kind].includes(trait);
}
