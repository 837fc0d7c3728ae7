import { readFileSync } from 'node:fs';
import type { Finding } from '../ground/finding.js';

/** The order of findings in every output: worst first, equal ones by id. */
export function byRisk(a: Finding, b: Finding): number {
  return b.risk - a.risk || (a.id < b.id ? -1 : 1);
}

/** Version of this program. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
