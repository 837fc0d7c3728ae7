import { isUnder } from '../../../ground/domain.js';
import { serviceData } from '../../../knowledge/classify-destination.js';
import { isHidden } from '../../normal.js';
import type { Destination } from '../../subject.js';

/**
 * Services of src/knowledge/services.json that editors hold tunnels to. JetBrains has none of its own: what its remote
 * development goes through lies under jetbrains.com, beside everything else of the vendor.
 */
const SERVICES: ReadonlySet<string> = new Set(['Microsoft dev tunnels']);

/** Domains of tunnel services of editors. */
export const TUNNEL_DOMAINS: readonly string[] = serviceData()
  .services.filter(({ service }) => SERVICES.has(service))
  .flatMap(({ domains }) => domains);

/** A tunnel service of an editor, by name. */
export function isTunnelService({ service }: Destination): boolean {
  return service !== undefined && SERVICES.has(service.service);
}

/**
 * Where a tunnel can lead whose program is known to be one: a tunnel service; a registrable domain that holds one beside
 * other things, of which the telemetry keeps one name (`visualstudio.com`); or a place that the telemetry hides.
 */
export function maySpanTunnel(destination: Destination): boolean {
  if (destination.internal) return false;
  if (isTunnelService(destination) || isHidden(destination) || !destination.named) return true;
  return TUNNEL_DOMAINS.some((domain) => isUnder(domain, destination.key));
}
