import { existsSync, readdirSync } from 'node:fs';
import type { FileHead, Source } from './source.js';

const HERE = new URL('./', import.meta.url);

/** Every source under `sources/`, by id. A folder with an `index` module that exports `source` is a source. */
export const SOURCES: ReadonlyMap<string, Source> = new Map(
  await Promise.all(
    readdirSync(HERE, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((name) => new URL(`${name}/index`, HERE))
      .map((base) =>
        ['.js', '.ts'].map((extension) => new URL(base.href + extension)).find((url) => existsSync(url)),
      )
      .filter((url) => url !== undefined)
      .map(async (url): Promise<[string, Source]> => {
        const { source } = (await import(url.href)) as { source: Source };
        return [source.id, source];
      }),
  ),
);

/** The source whose format this is, by content; the first that recognises it in id order. */
export function recogniseSource(head: FileHead): { source: Source; variant: string } | undefined {
  for (const source of SOURCES.values()) {
    const recognised = source.recognise(head);
    if (recognised !== undefined) return { source, variant: recognised.variant };
  }
  return undefined;
}
