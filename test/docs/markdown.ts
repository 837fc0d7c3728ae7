import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/** Every page a reader may land on, relative to the project. */
export function pages(): string[] {
  const docs = readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`);
  const sources = sourceFolders().map((id) => `src/sources/${id}/README.md`);
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...docs, ...sources].sort();
}

export function sourceFolders(): string[] {
  return readdirSync(`${ROOT}src/sources`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Text without fenced code, where `#` and brackets mean something else. */
export const prose = (markdown: string): string => markdown.replace(/^```.*?^```/gms, '');

export interface Section {
  readonly level: number;
  readonly title: string;
  /** Up to the next heading of the same or a higher level. */
  readonly text: string;
}

export function sections(markdown: string): Section[] {
  const text = prose(markdown);
  const headings = [...text.matchAll(/^(#+) (.+)$/gm)];
  return headings.map((heading, index) => {
    const level = heading[1]!.length;
    const next = headings.slice(index + 1).find((other) => other[1]!.length <= level);
    return {
      level,
      title: heading[2]!.trim(),
      text: text.slice(heading.index + heading[0].length, next?.index),
    };
  });
}

export function section(markdown: string, title: string): string {
  return sections(markdown).find((one) => one.title === title)?.text ?? '';
}

/** The anchor a heading gets on the usual hosts. */
export function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** Cells of all table rows, header and ruler left out. */
export function tableRows(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  return rows
    .filter((line, index) => !isRuler(line) && !isRuler(rows[index + 1] ?? ''))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const isRuler = (line: string): boolean => /^\|[\s:|-]+\|$/.test(line);

/** The first thing between backticks. */
export const code = (cell: string): string => /`([^`]+)`/.exec(cell)?.[1] ?? '';
