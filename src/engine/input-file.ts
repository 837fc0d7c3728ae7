import { createHash } from 'node:crypto';
import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, pipeline, Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { firstLine, OutflowError } from '../errors.js';
import type { FileHead } from '../sources/source.js';

export type Compression = 'none' | 'gzip' | 'zstd';

/** How much of a file is looked at to recognise its format. */
const HEAD_BYTES = 256 * 1024;

/** Recognised by the first bytes, never by the file name. */
export function compressionOf(path: string): Compression {
  const magic = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, magic, 0, 4, 0);
  } finally {
    closeSync(file);
  }
  if (magic[0] === 0x1f && magic[1] === 0x8b) return 'gzip';
  if (magic.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  return 'none';
}

/** The decompressed bytes of a file, from the beginning. */
export function openBytes(path: string, compression: Compression): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (compression === 'none') return file;
  const decoder = compression === 'gzip' ? createGunzip({ chunkSize: 1 << 18 }) : zstdDecoder();
  // pipeline forwards errors of either stream to the reader, which is where they are reported.
  return pipeline(file, decoder, new PassThrough(), () => undefined);
}

function zstdDecoder(): Transform {
  const decoded: Buffer[] = [];
  const decoder = new Decompress((chunk) => decoded.push(Buffer.from(chunk)));
  const drain = (stream: Transform): void => {
    for (const chunk of decoded.splice(0)) stream.push(chunk);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        decoder.push(chunk);
        drain(this);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    flush(done) {
      try {
        decoder.push(new Uint8Array(0), true);
        drain(this);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

/** Reads the beginning of a file as text lines. A damaged tail of a compressed file does not matter here. */
export async function readHead(path: string, compression: Compression): Promise<FileHead> {
  const chunks: Buffer[] = [];
  let size = 0;
  let complete = true;
  const bytes = openBytes(path, compression);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= HEAD_BYTES) {
        complete = size === HEAD_BYTES;
        break;
      }
    }
  } catch (error) {
    if (size === 0) throw unreadable(path, error);
  } finally {
    bytes.destroy();
  }
  const lines = Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString('utf8').split('\n');
  if ((!complete || lines.at(-1) === '') && lines.length > 1) lines.pop();
  return { name: basename(path), lines: lines.map((line) => line.replace(/\r$/, '')) };
}

/** Every line of a file as text; for small formats only. */
export function readLines(path: string, compression: Compression): AsyncIterable<string> {
  return createInterface({ input: openBytes(path, compression), crlfDelay: Infinity });
}

export interface FileContent {
  /** SHA-256 of the bytes on disk, hex. */
  readonly hash: string;
  /** Lines after decompression; a last line without line end counts. */
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Hashes a file and counts its lines, independently of the engine: the ledger compares the two.
 * A compressed file that ends early counts the lines that could be read and is reported as `truncated`.
 */
export async function measureFile(
  path: string,
  compression: Compression,
): Promise<FileContent & { readonly truncated: boolean }> {
  if (compression === 'none') {
    const hash = createHash('sha256');
    const counter = new LineCounter();
    for await (const chunk of openBytes(path, 'none') as AsyncIterable<Buffer>) {
      hash.update(chunk);
      counter.add(chunk);
    }
    return { hash: hash.digest('hex'), lines: counter.total(), bytes: counter.bytes, truncated: false };
  }
  const hash = createHash('sha256');
  for await (const chunk of openBytes(path, 'none') as AsyncIterable<Buffer>) hash.update(chunk);
  const counter = new LineCounter();
  let truncated = false;
  try {
    for await (const chunk of openBytes(path, compression) as AsyncIterable<Buffer>) counter.add(chunk);
  } catch {
    truncated = true;
  }
  return { hash: hash.digest('hex'), lines: counter.total(), bytes: counter.bytes, truncated };
}

class LineCounter {
  bytes = 0;
  private lines = 0;
  private last = 0x0a;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) this.lines++;
    if (chunk.length > 0) this.last = chunk[chunk.length - 1]!;
  }

  total(): number {
    return this.last === 0x0a ? this.lines : this.lines + 1;
  }
}

export function unreadable(path: string, error: unknown): OutflowError {
  return new OutflowError(
    'OF_INPUT_UNREADABLE',
    `${path} cannot be read: ${firstLine(error)}. Check that it exists, is a file and may be read.`,
    error,
  );
}
