import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the day's files of sources that name their hosts themselves into one: an endpoint product exports one feed of its
 * fleet, not a file for each Mac.
 */
export function joinFeed(directory: string): void {
  for (const file of readdirSync(directory).sort()) {
    const suffix = FEEDS.find((known) => file.endsWith(known));
    if (suffix === undefined || file === `fleet${suffix}`) continue;
    const path = join(directory, file);
    appendFileSync(join(directory, `fleet${suffix}`), readFileSync(path));
    rmSync(path);
  }
}

/** Line formats whose records name their host. */
const FEEDS = ['.elastic.ndjson'];
