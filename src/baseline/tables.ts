import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const BASELINE_MIGRATIONS: readonly Migration[] = [
  { version: 3, name: '003-baseline', file: file('003-baseline'), kept: true },
];

export const BASELINE_TABLES: readonly KeptTable[] = [
  { table: 'day_habits', kind: 'rollups', since: 'built_on' },
  { table: 'baseline_versions', kind: 'baselines', since: 'built_on', about: 'learned_until' },
  { table: 'baseline_hosts', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_actors', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_host_actors', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_groups', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_pairs', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_host_pairs', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_destinations', kind: 'baselines', since: 'built_on' },
  { table: 'baseline_builds', kind: 'baselines', since: 'built_on' },
];
