import { readFileSync } from 'node:fs';

/** The text of a .sql file beside the code that uses it. */
export function loadSql(url: URL): string {
  return readFileSync(url, 'utf8');
}

/** The statements of a .sql file; a statement ends with a semicolon at the end of a line. */
export function loadStatements(url: URL): string[] {
  return loadSql(url)
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '');
}
