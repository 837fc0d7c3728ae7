import { isIP } from 'node:net';
import { classifyDestination, type DestinationKind } from '../../knowledge/classify-destination.js';
import type { ApprovalPlace } from '../../approvals/facts.js';

/** Kinds of destination no software is excused for (as in detect/normal.ts), and those that hide who is behind them. */
const NEVER: ReadonlySet<DestinationKind> = new Set([
  'anonymity',
  'dynamic_dns',
  'file_drop',
  'malware',
  'paste',
  'peer_transfer',
  'proxyware',
  'torrent',
  'tunnel',
  'webhook',
]);

/** A place with a name that somebody can be asked about, and that is no drop, relay or tunnel. */
export function isEligible({ key, name, hidden }: ApprovalPlace): boolean {
  if (hidden || key.includes('/') || key.startsWith('unknown:') || isIP(key) !== 0) return false;
  return [key, name].every((text) => {
    const service = text === '' ? undefined : classifyDestination(text);
    return service === undefined || !NEVER.has(service.kind);
  });
}
