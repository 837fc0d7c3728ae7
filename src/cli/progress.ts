import { basename } from 'node:path';
import { printable } from '../ground/printable.js';
import type { Progress } from '../service/detect-options.js';

/** Says on stderr what a run is doing: one line that rewrites itself on a terminal, plain lines otherwise. */
export function showProgress(): {
  readonly update: Progress;
  readonly clear: () => void;
} {
  const terminal = process.stderr.isTTY;
  let last = '';
  return {
    update: (step, done, total) => {
      const reading = step.startsWith('reading ');
      const text = printable(reading ? `reading ${basename(step.slice('reading '.length))}` : step);
      if (terminal) {
        const width = 20;
        const filled = total === 0 ? width : Math.round((width * done) / total);
        const bar =
          total === 0 ? '' : `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done}/${total} `;
        process.stderr.write(`\r\u001b[K${bar}${text}`.slice(0, (process.stderr.columns || 80) + 4));
        return;
      }
      // A line per file would drown what follows; one per step and every hundredth file is enough for a log.
      const line = reading ? `reading files: ${done} of ${total}` : text;
      if (line !== last && (!reading || done % 100 === 0)) process.stderr.write(`outflow: ${line}\n`);
      last = line;
    },
    clear: () => {
      if (terminal) process.stderr.write('\r\u001b[K');
    },
  };
}

/** Does `work` while saying how far it is. */
export async function withProgress<T>(work: (update: Progress) => Promise<T>): Promise<T> {
  const progress = showProgress();
  try {
    return await work(progress.update);
  } finally {
    progress.clear();
  }
}
