import type { KeptTable } from '../../store/kept-table.js';
import type { Migration } from '../../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const DAYS_MIGRATIONS: readonly Migration[] = [
  { version: 2, name: '002-days', file: file('002-days'), kept: true },
  { version: 4, name: '004-days', file: file('004-days'), kept: true },
];

/** Tables with one partition a day (`seen_on`), built together and replaced together. */
export const DAYS_TABLES: readonly KeptTable[] = [
  { table: 'day_hosts', kind: 'rollups', since: 'built_on', about: 'seen_on' },
  { table: 'day_processes', kind: 'rollups', since: 'built_on' },
  { table: 'day_carry', kind: 'rollups', since: 'built_on' },
  { table: 'day_connections', kind: 'rollups', since: 'built_on' },
  { table: 'day_activity', kind: 'rollups', since: 'built_on' },
  { table: 'day_pairs', kind: 'rollups', since: 'built_on' },
  { table: 'day_peers', kind: 'rollups', since: 'built_on' },
  { table: 'day_traffic', kind: 'rollups', since: 'built_on' },
  { table: 'day_owners', kind: 'rollups', since: 'built_on' },
  { table: 'day_ancestry', kind: 'rollups', since: 'built_on' },
  { table: 'day_identities', kind: 'rollups', since: 'built_on' },
];
