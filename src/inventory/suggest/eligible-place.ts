import { isIP } from 'node:net';
import { classifyDestination } from '../../knowledge/classify-destination.js';
import { isPlace } from '../../knowledge/destination-traits.js';
import type { ApprovalPlace } from '../../approvals/facts.js';

/** A place with a name that somebody can be asked about, and that is no drop, relay or tunnel. */
export function isEligible({ key, name, hidden }: ApprovalPlace): boolean {
  if (hidden || key.includes('/') || key.startsWith('unknown:') || isIP(key) !== 0) return false;
  return [key, name].every((text) => {
    const kind = text === '' ? undefined : classifyDestination(text)?.kind;
    return !isPlace(kind, 'never_excused') && !isPlace(kind, 'hides_who');
  });
}
