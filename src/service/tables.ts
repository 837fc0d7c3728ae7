import { BASELINE_MIGRATIONS, BASELINE_TABLES } from '../baseline/tables.js';
import { COVERAGE_MIGRATIONS, COVERAGE_TABLES } from '../coverage/tables.js';
import { DECISIONS_MIGRATIONS, DECISIONS_TABLES } from '../decisions/tables.js';
import { DETECT_MIGRATIONS, DETECT_TABLES } from '../detect/tables.js';
import { LANDING_MIGRATIONS, LANDING_TABLES } from '../landing/tables.js';
import { DAYS_MIGRATIONS, DAYS_TABLES } from '../model/days/tables.js';
import type { KeptTable } from '../store/kept-table.js';
import type { Migration } from '../store/migration.js';

/** The steps of all rooms: by version, and within one in the order of the rooms. */
export const MIGRATIONS: readonly Migration[] = [
  ...LANDING_MIGRATIONS,
  ...DAYS_MIGRATIONS,
  ...COVERAGE_MIGRATIONS,
  ...DECISIONS_MIGRATIONS,
  ...BASELINE_MIGRATIONS,
  ...DETECT_MIGRATIONS,
].sort((a, b) => a.version - b.version);

/** The tables of all rooms that have an age. */
export const KEPT_TABLES: readonly KeptTable[] = [
  ...LANDING_TABLES,
  ...DAYS_TABLES,
  ...COVERAGE_TABLES,
  ...DECISIONS_TABLES,
  ...BASELINE_TABLES,
  ...DETECT_TABLES,
];
