/** The words every room shares (docs/glossary.md): severities, states, signers, scopes. One definition each. */

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** Medium or above: what wakes somebody up, counts as an alert, and is never learned as normal. */
export function isPressingSeverity(severity: Severity): boolean {
  return isAtLeast(severity, 'medium');
}

/** Those severities, for SQL. */
export const PRESSING_SEVERITIES: readonly Severity[] = SEVERITIES.filter(isPressingSeverity);

/** `approved`: inside the bounds of an approval; kept, never deleted. The others are what people decided. */
export const FINDING_STATES = ['open', 'acknowledged', 'escalated', 'closed', 'approved'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** Why a finding was closed. */
export const DISPOSITIONS = ['true_positive', 'benign', 'duplicate', 'misconfiguration'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const SIGNERS = [
  'apple_platform',
  'apple',
  'app_store',
  'developer_id',
  'development',
  'ad_hoc',
  'unsigned',
  'invalid',
  'unknown',
] as const;
/** Signer class of the code. Missing facts are `unknown`, never `unsigned`. */
export type Signer = (typeof SIGNERS)[number];

export type Scope = 'external' | 'private' | 'link_local' | 'loopback' | 'multicast';

export type IndicatorGroup = 'behaviour' | 'identity' | 'destination';

/** No certificate that holds says who made the code: signed ad hoc, not at all, or with a broken signature. */
export function isUnvouched(signer: Signer): boolean {
  return signer === 'ad_hoc' || signer === 'unsigned' || signer === 'invalid';
}
