import { compressionOf, openUntilDamage } from '../ground/compressed-file.js';

/** Longer lines are handed over cut: what adapters look for before landing is short. */
const LONGEST_LINE = 64 * 1024;

/**
 * Visits lines of a file before it lands. Lines end at a line feed and nowhere else, exactly as the engine splits
 * them, so `row` (0-based) equals the engine's row number in an ordered read; a carriage return or a Unicode line
 * separator inside hostile text does not shift it.
 * A line comes as the landing step hands it to the SELECT: without a carriage return at its end and without a byte
 * order mark; a damaged compressed file ends where the damage begins.
 *
 * `wants` sees a line's first byte and row and says whether the line is worth decoding; skipping is as fast as a
 * search for line feeds.
 */
export async function visitLines(
  path: string,
  wants: (firstByte: number, row: number) => boolean,
  visit: (line: string, row: number) => void,
): Promise<void> {
  let row = 0;
  let begun = false;
  let held: Buffer[] | undefined;
  let heldBytes = 0;
  const finish = (): void => {
    if (held !== undefined) {
      const text = Buffer.concat(held).subarray(0, LONGEST_LINE).toString('utf8');
      visit(text.replace(/^\uFEFF|\r$/g, ''), row);
    }
    held = undefined;
    heldBytes = 0;
    begun = false;
    row++;
  };
  for await (const chunk of openUntilDamage(path, compressionOf(path)) as AsyncIterable<Buffer>) {
    let at = 0;
    while (at < chunk.length) {
      const end = chunk.indexOf(0x0a, at);
      const stop = end === -1 ? chunk.length : end;
      if (!begun) {
        begun = true;
        held = wants(chunk[at]!, row) ? [] : undefined;
      }
      if (held !== undefined && stop > at && heldBytes < LONGEST_LINE) {
        held.push(chunk.subarray(at, stop));
        heldBytes += stop - at;
      }
      if (end !== -1) finish();
      at = stop + 1;
    }
  }
  if (begun) finish();
}
