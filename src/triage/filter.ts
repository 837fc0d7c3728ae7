import { isUnder } from '../ground/domain.js';
import { isSameHost } from '../ground/host-name.js';
import { matchesWildcard } from '../ground/wildcard.js';
import { type Finding } from '../ground/finding.js';
import { type FindingState, isAtLeast, type Severity } from '../ground/vocabulary.js';
import type { FindingOutline } from './findings.js';

/** Which findings are meant. Texts are compared whole, `*` stands for anything, letter case does not matter. */
export interface FindingFilter {
  readonly states: readonly FindingState[];
  /** At least. */
  readonly severity?: Severity | undefined;
  /** Active at or after, and before (ISO 8601). */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Name or id; a name without a domain is the same host as one with it. */
  readonly host?: string | undefined;
  /** Actor, process name or path. */
  readonly actor?: string | undefined;
  /** Signer class, Team ID or signing id. */
  readonly signer?: string | undefined;
  /** A domain and all below it, or an address. */
  readonly destination?: string | undefined;
}

/** The part of a filter that needs no more than the outline. */
export function acceptsOutline(filter: FindingFilter, outline: FindingOutline): boolean {
  return (
    filter.states.includes(outline.state) &&
    (filter.severity === undefined || isAtLeast(outline.severity, filter.severity)) &&
    (filter.since === undefined || outline.last_seen >= filter.since) &&
    (filter.until === undefined || outline.first_seen < filter.until)
  );
}

/** The other part. */
export function acceptsFinding(filter: FindingFilter, finding: Finding): boolean {
  const { host, process, destinations } = finding;
  const { signing } = process;
  return (
    (filter.host === undefined || isHost(filter.host, host)) &&
    fitsAny(filter.actor, [process.actor, process.name, process.executable]) &&
    fitsAny(filter.signer, [signing.signer, signing.team_id, signing.signing_id]) &&
    (filter.destination === undefined ||
      destinations.some((place) => isPlace(filter.destination!, [place.name, ...place.ip])))
  );
}

function isHost(wanted: string, { id, name }: Finding['host']): boolean {
  return isSameHost(wanted, id) || isSameHost(wanted, name) || fitsAny(wanted, [id, name]);
}

function isPlace(wanted: string, names: readonly (string | null)[]): boolean {
  const domain = wanted.toLowerCase().replace(/^\*\./, '');
  return fitsAny(wanted, names) || names.some((name) => name !== null && isUnder(name.toLowerCase(), domain));
}

function fitsAny(pattern: string | undefined, texts: readonly (string | null)[]): boolean {
  return (
    pattern === undefined ||
    texts.some((text) => text !== null && matchesWildcard(text.toLowerCase(), pattern.toLowerCase()))
  );
}
