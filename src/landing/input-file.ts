import { openBytes, openUntilDamage, type Compression } from '../ground/compressed-file.js';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { failure, type OutflowError } from '../ground/errors.js';
import type { FileHead } from '../sources/source.js';

/** How much of a file is looked at to recognise its format. */
const HEAD_BYTES = 256 * 1024;

/** Where records are huge more is looked at, until there are this many lines or bytes. */
const HEAD_LINES = 20;
const MOST_HEAD_BYTES = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** Reads the beginning of a file as text lines. A damaged tail of a compressed file does not matter here. */
export async function readHead(path: string, compression: Compression): Promise<FileHead> {
  const chunks: Buffer[] = [];
  let size = 0;
  let lineFeeds = 0;
  let complete = true;
  for await (const chunk of openUntilDamage(path, compression) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) lineFeeds++;
    if (size > HEAD_BYTES && (lineFeeds > HEAD_LINES || size > MOST_HEAD_BYTES)) {
      complete = false;
      break;
    }
  }
  if (size === 0 && compression !== 'none') await requireWhole(path, compression);
  // A byte order mark says nothing about the format.
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const lines = text.split('\n');
  if ((!complete || lines.at(-1) === '') && lines.length > 1) lines.pop();
  return { name: basename(path), lines: lines.map((line) => line.replace(/\r$/, '')) };
}

/** Tells a compressed file of nothing from one that is damaged from the start. */
async function requireWhole(path: string, compression: Compression): Promise<void> {
  try {
    await finished(openBytes(path, compression).resume());
  } catch (error) {
    throw unreadable(path, error);
  }
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
  /** Bytes after decompression. */
  readonly bytes: number;
  /** Damaged compression: `lines` and `bytes` are what comes before the damage. */
  readonly truncated: boolean;
  /** Some line ends with a carriage return, or the first begins with a byte order mark. */
  readonly untidy: boolean;
}

/** Hashes a file and counts its lines, independently of the engine: the ledger compares the two. */
export async function measureFile(path: string, compression: Compression): Promise<FileContent> {
  const hash = createHash('sha256');
  let counter = new LineCounter();
  let truncated = false;
  for await (const chunk of openBytes(path, 'none') as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (compression === 'none') counter.add(chunk);
  }
  if (compression !== 'none') {
    try {
      for await (const chunk of openBytes(path, compression) as AsyncIterable<Buffer>) counter.add(chunk);
    } catch {
      truncated = true;
      counter = new LineCounter();
      for await (const chunk of openUntilDamage(path, compression) as AsyncIterable<Buffer>)
        counter.add(chunk);
    }
  }
  return {
    hash: hash.digest('hex'),
    lines: counter.total(),
    bytes: counter.bytes,
    truncated,
    untidy: counter.untidy,
  };
}

const CARRIAGE_RETURN = 0x0d;

class LineCounter {
  bytes = 0;
  untidy = false;
  private lines = 0;
  private last = LINE_FEED;

  add(chunk: Buffer): void {
    if (this.bytes === 0 && chunk.length >= 3 && chunk.readUIntBE(0, 3) === 0xefbbbf) this.untidy = true;
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
      this.lines++;
      if ((at === 0 ? this.last : chunk[at - 1]) === CARRIAGE_RETURN) this.untidy = true;
    }
    this.last = chunk.at(-1) ?? this.last;
  }

  total(): number {
    if (this.last === CARRIAGE_RETURN) this.untidy = true;
    return this.last === LINE_FEED ? this.lines : this.lines + 1;
  }
}

export function unreadable(path: string, error: unknown): OutflowError {
  return failure('OF_INPUT_UNREADABLE.telemetry', { path }, error);
}
