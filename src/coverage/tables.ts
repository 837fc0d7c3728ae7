import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

const file = (name: string): URL => new URL(`./migrations/${name}.sql`, import.meta.url);

export const COVERAGE_MIGRATIONS: readonly Migration[] = [
  { version: 2, name: '002-telemetry', file: file('002-telemetry'), kept: true },
];

export const COVERAGE_TABLES: readonly KeptTable[] = [
  { table: 'day_telemetry', kind: 'rollups', since: 'built_on' },
];
