import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../ground/errors.js';

/** Lock files of this process. A lock that names this process but is not here is left from an earlier one. */
const held = new Set<string>();

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
      create(path);
      held.add(path);
      return () => {
        if (held.delete(path)) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw failure('OF_STORE_UNAVAILABLE.notLocked', { store: directory }, error);
      }
      const holder = readHolder(path);
      if (holder === process.pid ? held.has(path) : isRunning(holder)) {
        throw failure('OF_STORE_BUSY.held', { store: directory, holder });
      }
      rmSync(path, { force: true });
    }
  }
  throw failure('OF_STORE_BUSY.opening', { store: directory });
}

/** Creates the lock with its content in one step: nobody ever reads a lock that does not name its holder yet. */
function create(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The process that wrote the lock; 0 when it went away meanwhile or is not ours. */
function readHolder(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
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
