import type { DetectResult } from '../ground/finding.js';
import { renderHtml } from './html.js';
import { renderJson, renderNdjson } from './json.js';
import { renderTable } from './table.js';
import type { Terminal } from './terminal.js';

/** A result of `detect` as text; what is no terminal's affair is the same whatever the terminal. */
export type DetectFormat = (result: DetectResult, terminal: Terminal) => string;

/** Every format of `detect --format`, by its name; the first is the one without `--format`. */
export const DETECT_FORMATS = {
  table: renderTable,
  json: (result) => renderJson(result),
  ndjson: (result) => renderNdjson(result),
  html: (result) => renderHtml(result),
} as const satisfies Readonly<Record<string, DetectFormat>>;

export type DetectFormatName = keyof typeof DETECT_FORMATS;

export const DETECT_FORMAT_NAMES = Object.keys(DETECT_FORMATS) as readonly DetectFormatName[];
