import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares with the checked-in text in test/report/golden; `OUTFLOW_UPDATE_GOLDEN=1` rewrites it for review. */
export function expectGolden(name: string, actual: string): void {
  const file = new URL(`./golden/${name}`, import.meta.url);
  if (process.env['OUTFLOW_UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  expect(existsSync(file), `te./golden/${name} is missing`).toBe(true);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
