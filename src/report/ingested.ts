import { printable } from '../ground/printable.js';
import { formatCount } from '../ground/units.js';
import type { Ingested } from '../service/telemetry.js';

/** What was read into the store at `target`, and what was not. */
export function renderIngested(landed: Ingested, target: string): string {
  const { known, skipped_files } = landed;
  const skipped = skipped_files.map(({ file, reason }) => `not read: ${printable(file)} (${reason})\n`);
  return `${[
    `${formatCount(landed.files)} ${landed.files === 1 ? 'file' : 'files'} in ${printable(target)}`,
    ...(known > 0 ? [`${formatCount(known)} of them known already`] : []),
    `${formatCount(landed.lines)} lines`,
    `${formatCount(landed.accepted)} accepted`,
    `${formatCount(landed.rejected)} rejected`,
  ].join(', ')}.\n${skipped.join('')}`;
}
