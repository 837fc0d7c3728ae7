import type { FileHead, Recognised } from '../source.js';

export function recognise(head: FileHead): Recognised | undefined {
  return head.lines.some((line) => line.startsWith('{') && line.includes('"machTimestamp"'))
    ? { variant: 'ndjson' }
    : undefined;
}
