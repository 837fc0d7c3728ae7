import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const LANDING_MIGRATIONS: readonly Migration[] = [
  { version: 1, name: '001-landing', file: file('001-landing'), kept: false },
  { version: 2, name: '002-touched', file: file('002-touched'), kept: true },
];

export const LANDING_TABLES: readonly KeptTable[] = [
  { table: 'rejects', kind: 'raw', since: 'landed_on', about: 'landed_on' },
  { table: 'process_observations', kind: 'observations', since: 'landed_on', about: 'toDate(ts)' },
  { table: 'flow_observations', kind: 'observations', since: 'landed_on', about: 'toDate(ts)' },
];
