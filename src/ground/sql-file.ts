import { readFileSync } from 'node:fs';

/** `{{name}}` or `{{../folder/name}}`: what several statements say in the same words stands in a file of its own. */
const FRAGMENT = /\{\{((?:\.\.\/)*[a-z0-9-]+(?:\/[a-z0-9-]+)*)\}\}/g;

/**
 * The text of a .sql file beside the code that uses it, with the fragments it names put in: `{{name}}` stands for
 * `name.sql`, seen from the file. A fragment may name others; its comments stay out of the statement.
 */
export function loadSql(url: URL): string {
  return readFileSync(url, 'utf8').replace(FRAGMENT, (_, name: string) =>
    loadSql(new URL(`./${name}.sql`, url))
      .replace(/^\s*--.*\n/gm, '')
      .trimEnd(),
  );
}

/** The statements of a .sql file; a statement ends with a semicolon at the end of a line. */
export function loadStatements(url: URL): string[] {
  return loadSql(url)
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '');
}
