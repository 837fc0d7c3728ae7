/** Text in terminal columns: measure, cut, pad and wrap by what a terminal shows, never through a character. */
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ASCII = /^[\x20-\x7e]*$/;
const ELLIPSIS = '…';
// No grapheme we cut around needs more code units than this per column; keeps a megabyte of arguments cheap.
const UNITS_PER_COLUMN = 32;

/** Columns that `text` takes in a terminal. Its cost grows faster than the text: ask {@link fits} of untrusted text. */
export function columnsOf(text: string): number {
  // Most text is plain ASCII, one column a character; asking string-width costs a segmentation.
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** `text` in at most `width` columns, its end cut: `some lo…`. */
export function cutEnd(text: string, width: number): string {
  if (fits(text, width)) return text;
  return width < 1 ? '' : takeStart(text, width - 1) + ELLIPSIS;
}

/** `text` in at most `width` columns, its middle cut, as paths and domains are told apart by both ends. */
export function cutMiddle(text: string, width: number): string {
  if (fits(text, width)) return text;
  if (width < 8) return cutEnd(text, width);
  // The end says more: the file name of a path, the registered name of a domain.
  const end = Math.ceil((width - 1) * 0.6);
  return takeStart(text, width - 1 - end) + ELLIPSIS + takeEnd(text, end);
}

/** `text` cut or filled on the right to exactly `width` columns. */
export function padRight(text: string, width: number): string {
  const cut = cutEnd(text, width);
  return cut + ' '.repeat(Math.max(0, width - columnsOf(cut)));
}

/** `text` cut or filled on the left to exactly `width` columns. */
export function padLeft(text: string, width: number): string {
  const cut = cutEnd(text, width);
  return ' '.repeat(Math.max(0, width - columnsOf(cut))) + cut;
}

/** `text` in lines of at most `width` columns, broken at spaces, inside a word only where it fits no line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer, width)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (!fits(line, width)) {
      const head = takeStart(line, width);
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '') lines.push(fits(line, width) ? line : cutEnd(line, width));
  return lines;
}

/** Parts joined by `separator` in lines of at most `width`, broken only between parts; a longer part is wrapped. */
export function flow(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : line + separator + part;
    if (fits(longer, width)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const wrapped = wrap(part, width);
    lines.push(...wrapped.slice(0, -1));
    line = wrapped.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Whether `text` takes at most `width` columns; cheap for text of any length. */
export function fits(text: string, width: number): boolean {
  return text.length <= width * UNITS_PER_COLUMN && columnsOf(text) <= width;
}

function takeStart(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, width);
  const head = text.slice(0, width * UNITS_PER_COLUMN);
  const segments = Array.from(graphemes.segment(head), ({ segment }) => segment);
  // The last one may be half a character where the text was sliced.
  if (head.length < text.length) segments.pop();
  let taken = '';
  let used = 0;
  for (const segment of segments) {
    used += columnsOf(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

function takeEnd(text: string, width: number): string {
  const from = Math.max(0, text.length - width * UNITS_PER_COLUMN);
  const segments = Array.from(graphemes.segment(text.slice(from)), ({ segment }) => segment);
  // The first one may be half a character where the text was sliced.
  if (from > 0) segments.shift();
  let taken = '';
  let used = 0;
  for (const segment of segments.reverse()) {
    used += columnsOf(segment);
    if (used > width) break;
    taken = segment + taken;
  }
  return taken;
}
