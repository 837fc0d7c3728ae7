import { columnsOf, cutMiddle, padRight } from './cells.js';
import type { Paint } from './paint.js';
import { printable } from '../ground/printable.js';

const GAP = '  ';
/** Narrower says nothing any more. */
const LEAST = 8;
/** Longer untrusted text is cut before it is measured. */
const MOST = 400;

/** Rows under a head in at most `width` columns where that can be: the widest columns give way. Cells may be untrusted. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): string[] {
  const cells = rows.map((row) => row.map((cell) => printable(cell.slice(0, MOST))));
  const widths = head.map((title, at) =>
    Math.max(title.length, ...cells.map((row) => columnsOf(row[at] ?? ''))),
  );
  const room = width - GAP.length * (head.length - 1);
  for (let over = sum(widths) - room; over > 0; over = sum(widths) - room) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= LEAST) break;
    widths[widest]! -= 1;
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padRight(cutMiddle(cell, widths[at]!), widths[at]!))
      .join(GAP)
      .trimEnd();
  return [paint('quiet', line(head)), ...cells.map(line)];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
