import { printable } from '../ground/printable.js';

/** Writes a result in the format that was asked for; only that one is rendered. */
export function print<Format extends string>(
  format: Format,
  renderers: Readonly<Record<Format, () => string>>,
): void {
  process.stdout.write(renderers[format]());
}

/** Writes pieces as they come, no faster than they are taken. */
export async function printPieces(pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces)
    if (!process.stdout.write(piece)) await new Promise((done) => process.stdout.once('drain', done));
}

/** Says on stderr what is no reason to stop. */
export function warn(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`outflow: ${printable(warning)}\n`);
}
