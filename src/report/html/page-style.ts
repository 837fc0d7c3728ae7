import { readFileSync } from 'node:fs';

/** The parts of the page's style sheet in the order that the cascade needs: what is narrower or printed comes last. */
const PARTS = [
  '01-base',
  '02-run',
  '03-filter',
  '04-finding',
  '05-charts',
  '06-details',
  '07-tables',
  '08-narrow',
  '09-print',
] as const;

/** The style sheet of the page. Its hash is in the page's policy, so that it must go in as it is. */
export function pageStyle(): string {
  return PARTS.map((part) => readFileSync(new URL(`./css/${part}.css`, import.meta.url), 'utf8')).join('\n');
}
