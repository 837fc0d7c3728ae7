import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { PassThrough, pipeline, Readable, Transform, type TransformCallback } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

export type Compression = 'none' | 'gzip' | 'zstd';

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

/** The decompressed bytes of a file, from the beginning; damaged compression is an error of the stream. */
export function openBytes(path: string, compression: Compression): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (compression === 'none') return file;
  const decoder = compression === 'gzip' ? createGunzip({ chunkSize: 1 << 18 }) : zstdDecoder(false);
  // pipeline forwards errors of either stream to the reader, which is where they are reported.
  return pipeline(file, decoder, new PassThrough(), () => undefined);
}

/** As `openBytes`, but a damaged compressed file ends where the damage begins: the same bytes at every reading. */
export function openUntilDamage(path: string, compression: Compression): Readable {
  return compression === 'none' ? openBytes(path, 'none') : Readable.from(untilDamage(path, compression));
}

async function* untilDamage(path: string, compression: Compression): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 16 });
  // The decoder is read directly: a stream in between would drop what it holds when the error comes.
  const decoder =
    compression === 'gzip'
      ? createGunzip({ chunkSize: 1 << 16, finishFlush: constants.Z_SYNC_FLUSH })
      : zstdDecoder(true);
  let unreadableFile: Error | undefined;
  file.once('error', (error) => {
    unreadableFile = error;
    decoder.destroy(error);
  });
  file.pipe(decoder);
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk;
  } catch {
    if (unreadableFile !== undefined) throw unreadableFile;
  } finally {
    file.destroy();
    decoder.destroy();
  }
}

function zstdDecoder(endAtDamage: boolean): Transform {
  const decoded: Buffer[] = [];
  const decoder = new Decompress((chunk) => decoded.push(Buffer.from(chunk)));
  let damaged = false;
  const decode = (stream: Transform, chunk: Uint8Array, last: boolean, done: TransformCallback): void => {
    if (!damaged) {
      try {
        decoder.push(chunk, last);
      } catch (error) {
        damaged = true;
        if (!endAtDamage) {
          done(error instanceof Error ? error : new Error(String(error)));
          return;
        }
      }
      for (const piece of decoded.splice(0)) stream.push(piece);
    }
    done();
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      decode(this, chunk, false, done);
    },
    flush(done) {
      decode(this, new Uint8Array(0), true, done);
    },
  });
}
