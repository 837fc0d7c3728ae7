import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every file says when it was reviewed and spells out the short source keys its entries cite. */
export const reviewedFile = {
  reviewed: z.string().regex(/^\d{4}-\d{2}$/),
  sources: z.record(z.string(), z.string().min(1)),
};

/** Keys into the file's `sources`; an entry without one is a claim nobody can check. */
export const sourceKeys = z.array(z.string().min(1)).min(1);

/**
 * A data file beside this module, parsed and validated on first use and kept. The files ship with the program, so a
 * failure here is a broken build and not something a user did.
 */
export function lazyData<T>(file: string, schema: z.ZodType<T>): () => T {
  let loaded: T | undefined;
  return () => (loaded ??= schema.parse(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))));
}
