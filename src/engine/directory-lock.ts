import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { firstLine, OutflowError } from '../errors.js';

/**
 * chDB holds one data directory per process. The lock file names the holder, so that a second process can say who it
 * is; a lock left by a process that no longer runs is taken over.
 *
 * @returns a function that releases the lock
 * @throws OutflowError OF_STORE_BUSY, OF_STORE_UNAVAILABLE
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'outflow.lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new OutflowError(
          'OF_STORE_UNAVAILABLE',
          `store ${directory} cannot be locked: ${firstLine(error)}. Choose a directory you may write to.`,
          error,
        );
      }
      const holder = Number(readFileSync(path, 'utf8'));
      if (isRunning(holder)) {
        throw new OutflowError(
          'OF_STORE_BUSY',
          `store ${directory} is in use by process ${holder}. Wait for it, or point --store at another directory.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new OutflowError(
    'OF_STORE_BUSY',
    `store ${directory} is being opened by another process. Try again.`,
  );
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
