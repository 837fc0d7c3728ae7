/**
 * Values a real producer draws at random (ids, ports of a version roll-out, sub-millisecond digits) are digests of
 * what they belong to, so that the same simulation always writes the same bytes.
 */
import { sha256 } from '../../ground/hash.js';

/** 64 lower-case hex digits. */
export const stableHex = sha256;

/** FNV-1a over UTF-16 units with a final mix: a cheap unsigned 32-bit number for picks and small details. */
export function stableNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One of the choices, always the same for the same text. */
export function stablePick<T>(text: string, choices: readonly [T, ...T[]]): T {
  return choices[stableNumber(text) % choices.length] ?? choices[0];
}

/** A UUID in the case Apple and EDR agents use: `upper` or `lower`. */
export function stableUuid(text: string, letters: 'upper' | 'lower'): string {
  const hex = stableHex(text);
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return letters === 'upper' ? uuid.toUpperCase() : uuid;
}
