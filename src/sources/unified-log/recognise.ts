import type { FileHead, Recognised } from '../source.js';
import { TEXT_STYLES } from './text-style.js';

/** Keys that together only the unified log's JSON has. */
const KEYS = ['"machTimestamp"', '"eventMessage"', '"processImagePath"'];

const HEADERS = [...TEXT_STYLES].map(([variant, style]) => ({ variant, pattern: new RegExp(style.header) }));

/** By the first line that is a record of any style; lines of `log` itself (`Filtering the log data …`) are passed over. */
export function recognise(head: FileHead): Recognised | undefined {
  for (const line of head.lines) {
    if (line.startsWith('{')) {
      if (KEYS.every((key) => line.includes(key))) return { variant: 'ndjson' };
      continue;
    }
    const style = HEADERS.find(({ pattern }) => pattern.test(line));
    if (style !== undefined) return { variant: style.variant };
  }
  return undefined;
}
