import { createHash } from 'node:crypto';

/** SHA-256 of a text (its UTF-8), 64 lower-case hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The same of a value as JSON: its keys count in the order in which they stand. */
export function sha256OfJson(value: unknown): string {
  return sha256(JSON.stringify(value));
}
