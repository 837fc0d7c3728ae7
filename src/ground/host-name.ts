import { isIP } from 'node:net';

/**
 * Whether two names, ids or addresses are those of one host, as telemetry and people write them: letter case does not
 * count, `.local` (what every Mac calls itself on its own network) and a last dot do not, and a name without a domain is the same
 * host as one with it. Names of two domains are two hosts; addresses are compared whole; nothing is the same as no name.
 */
export function isSameHost(a: string, b: string): boolean {
  const [one, other] = [bare(a), bare(b)];
  if (one === '' || other === '' || hostKey(one) !== hostKey(other)) return false;
  return one === other || !one.includes('.') || !other.includes('.');
}

/** What all names of a host have in common, to look it up by: without its domain. Two domains may share it. */
export function hostKey(name: string): string {
  const whole = bare(name);
  return isIP(whole) === 0 ? (whole.split('.', 1)[0] ?? '') : whole;
}

const bare = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/\.(?:local\.?)?$/, '');
