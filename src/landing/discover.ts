import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { glob } from 'tinyglobby';
import { failure } from '../ground/errors.js';
import { unreadable } from './input-file.js';

export interface InputPath {
  /** Where the bytes are. */
  readonly path: string;
  /** How the user knows it: the given path, or `-`. */
  readonly shown: string;
  /** Given by name, not found in a directory or by a pattern: not recognising it is an error. */
  readonly explicit: boolean;
}

export interface Inputs {
  readonly files: readonly InputPath[];
  /** Removes what was spooled from standard input. */
  readonly dispose: () => void;
}

/**
 * Files behind the given paths: files, directories (recursive, hidden entries left out), glob patterns or `-`.
 * The order is by path, whatever the order of the arguments.
 *
 * @throws OutflowError OF_INPUT_MISSING, OF_INPUT_UNREADABLE
 */
export async function discoverInputs(paths: readonly string[]): Promise<Inputs> {
  const found = new Map<string, InputPath>();
  let spool: string | undefined;
  for (const given of paths) {
    if (given === '-') {
      spool ??= mkdtempSync(join(tmpdir(), 'outflow-stdin-'));
      const path = join(spool, 'stdin');
      await pipeline(process.stdin, createWriteStream(path));
      found.set(path, { path, shown: '-', explicit: true });
      continue;
    }
    for (const file of await expand(given)) {
      const key = resolve(file.path);
      if (file.explicit || !found.has(key)) found.set(key, file);
    }
  }
  const files = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    files,
    dispose: () => {
      if (spool !== undefined) rmSync(spool, { recursive: true, force: true });
    },
  };
}

async function expand(given: string): Promise<InputPath[]> {
  let stat;
  try {
    stat = statSync(given);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(given, error);
    const matches = /[*?[\]{}]/.test(given)
      ? await glob(given.replaceAll('\\', '/'), { absolute: true, followSymbolicLinks: false })
      : [];
    if (matches.length === 0) {
      throw failure('OF_INPUT_MISSING.telemetry', { path: given });
    }
    return matches.map((path) => ({ path, shown: path, explicit: false }));
  }
  if (!stat.isDirectory()) return [{ path: given, shown: given, explicit: true }];
  const inside = await glob('**/*', { cwd: given, onlyFiles: true, followSymbolicLinks: false });
  return inside.map((name) => ({ path: join(given, name), shown: join(given, name), explicit: false }));
}
