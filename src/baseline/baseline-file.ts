import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { failure } from '../ground/errors.js';

/** No line of a baseline comes near. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Writes an exported baseline, compressed where the name ends with `.gz`; never over a file that is there.
 *
 * @throws OutflowError OF_OUTPUT_UNWRITABLE
 */
export async function writeBaselineFile(path: string, lines: AsyncGenerator<string>): Promise<void> {
  try {
    const target = (await open(path, 'wx')).createWriteStream();
    const source = Readable.from(lines);
    try {
      if (path.toLowerCase().endsWith('.gz')) await pipeline(source, createGzip(), target);
      else await pipeline(source, target);
    } catch (error) {
      // A query may be under way still.
      await lines.return(undefined);
      await rm(path, { force: true });
      throw error;
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw failure('OF_OUTPUT_UNWRITABLE.baseline', { path }, error);
  }
}

/**
 * The lines of an exported baseline, compressed or not, without their line feeds; `-` is standard input, not compressed.
 *
 * @throws OutflowError OF_INPUT_MISSING, OF_INPUT_UNREADABLE
 */
export async function* readBaselineFile(path: string): AsyncGenerator<string> {
  try {
    yield* linesOf(path === '-' ? process.stdin : await openPlain(path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const missing = error.code === 'ENOENT';
    throw failure(missing ? 'OF_INPUT_MISSING.baseline' : 'OF_INPUT_UNREADABLE.baseline', { path }, error);
  }
}

async function openPlain(path: string): Promise<Readable> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  try {
    await file.read(head, 0, 2, 0);
  } finally {
    await file.close();
  }
  const input = createReadStream(path);
  if (head.readUInt16BE() !== 0x1f8b) return input;
  const plain = createGunzip();
  // An error of the file does not reach what it is piped into.
  input.once('error', (error) => plain.destroy(error));
  return input.pipe(plain);
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LONGEST_LINE) throw failure('OF_BASELINE_INVALID.longLine');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Of the system or of zlib, not of the engine. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return 'syscall' in error || (typeof error.code === 'string' && error.code.startsWith('Z_'));
}
