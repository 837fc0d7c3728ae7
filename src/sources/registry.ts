import { source as elasticDefend } from './elastic-defend/index.js';
import { source as eslogger } from './eslogger/index.js';
import { source as nettop } from './nettop/index.js';
import type { FileHead, Source } from './source.js';
import { source as unifiedLog } from './unified-log/index.js';
import { source as zeekConn } from './zeek-conn/index.js';

/** Every source, in the order in which a file is offered to them: by id. */
export const SOURCES: readonly Source[] = [elasticDefend, eslogger, nettop, unifiedLog, zeekConn];

/** The source whose format this is, by content: the first of `sources` that recognises it. */
export function recogniseSource(
  head: FileHead,
  sources: readonly Source[],
): { source: Source; variant: string } | undefined {
  for (const source of sources) {
    const recognised = source.recognise(head);
    if (recognised !== undefined) return { source, variant: recognised.variant };
  }
  return undefined;
}
