import type { Config } from '../config/schema.js';

/** A table of a kept store: what kind of data it is, and how its age is told. Each room lists its own. */
export interface KeptTable {
  readonly table: string;
  readonly kind: KeptKind;
  /** Column that says on which day a row arrived or was built; retention counts from it. */
  readonly since: 'landed_on' | 'built_on';
  /** Expression of the UTC day the data is about; undefined where another table of the kind tells. */
  readonly about?: string;
}

export const KEPT_KINDS = ['raw', 'observations', 'rollups', 'findings', 'decisions', 'baselines'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** What of the configuration says how long a kind is kept; undefined: for ever. */
export const RETAINED_BY: Readonly<Record<KeptKind, keyof Config['retention'] | undefined>> = {
  raw: 'raw_days',
  observations: 'observation_days',
  rollups: 'rollup_days',
  findings: 'finding_days',
  decisions: undefined,
  baselines: undefined,
};
