import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const DETECT_MIGRATIONS: readonly Migration[] = [
  { version: 2, name: '002-evaluations', file: file('002-evaluations'), kept: false },
  { version: 4, name: '004-analytics', file: file('004-analytics'), kept: false },
];

export const DETECT_TABLES: readonly KeptTable[] = [
  { table: 'evaluations', kind: 'findings', since: 'built_on', about: 'evaluated_on' },
];
