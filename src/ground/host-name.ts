import { isIP } from 'node:net';

/** What a host is looked up by: lower case, without a domain (`MBP-7F2A.local` is `mbp-7f2a`); addresses stay whole. */
export function hostKey(name: string): string {
  const lower = name.trim().toLowerCase();
  return isIP(lower) === 0 ? (lower.split('.', 1)[0] ?? '') : lower;
}
