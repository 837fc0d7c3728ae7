import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const DECISIONS_MIGRATIONS: readonly Migration[] = [
  { version: 2, name: '002-decisions', file: file('002-decisions'), kept: false },
];

export const DECISIONS_TABLES: readonly KeptTable[] = [
  { table: 'decisions', kind: 'decisions', since: 'built_on', about: 'toDate(at)' },
];
