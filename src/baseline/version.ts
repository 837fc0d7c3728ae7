/** A frozen baseline: never changed once it exists. Days are UTC, `YYYY-MM-DD`. */
export interface BaselineVersion {
  readonly version: string;
  /** What a person called it; '' when it was learned by itself. */
  readonly name: string;
  readonly kind: 'automatic' | 'built' | 'imported';
  readonly applies_from: string;
  readonly learned_from: string;
  readonly learned_until: string;
  readonly days: number;
  readonly hosts: number;
  readonly actors: number;
  readonly fingerprint: string;
  /** JSON. */
  readonly settings: string;
  /** JSON: {@link Exclusion}[]. */
  readonly excluded: string;
  /** ISO 8601. */
  readonly created_at: string;
}

/** The tables a version consists of; each has a partition of it. Order: small ones first. */
export const VERSION_TABLES = [
  'baseline_hosts',
  'baseline_actors',
  'baseline_host_actors',
  'baseline_groups',
  'baseline_pairs',
  'baseline_host_pairs',
  'baseline_destinations',
] as const;
export type VersionTable = (typeof VERSION_TABLES)[number];
