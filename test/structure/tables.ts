import { roomOf, ROOMS, type Room } from './rooms.js';
import { filesBelow, textOf } from '../support/module-uses.js';
import { literalsOf } from './literals.js';

/** SQL of a file: all of a `.sql` file, the literals of a module that look like a statement. */
export function statementsOf(path: string): string[] {
  const text = textOf(path);
  if (path.endsWith('.sql')) return [withoutComments(text)];
  return literalsOf(path, text)
    .filter((literal) =>
      /\b(?:SELECT|INSERT INTO|ALTER TABLE|CREATE TABLE|DESCRIBE|TRUNCATE)\b/.test(literal),
    )
    .map(withoutComments);
}

export function sqlFiles(): string[] {
  return filesBelow('src').filter((path) => /\.(?:sql|ts)$/.test(path));
}

const withoutComments = (sql: string): string => sql.replace(/--.*$/gm, '');

/** `{run:Identifier}.` or nothing, then the name. */
const NAME = String.raw`(?:\{\w+:Identifier\}\.)?([a-z]\w*)`;

/** The tables and views that a text makes. */
export function madeIn(sql: string): string[] {
  const made = new RegExp(
    String.raw`\bCREATE (?:TABLE|VIEW|MATERIALIZED VIEW) (?:IF NOT EXISTS )?${NAME}`,
    'g',
  );
  return [...sql.matchAll(made)].map((match) => match[1]!);
}

/** The tables that a text reads, writes or changes; not the names that it gives to its own subqueries. */
export function usedIn(sql: string): string[] {
  const own = new Set([...sql.matchAll(/\b(\w+) AS\s*\(/g)].map((match) => match[1]!));
  const used = new RegExp(
    String.raw`\b(?:FROM|JOIN|INTO|IN|TABLE|TO)\s+${NAME}|\{\w+:Identifier\}\.([a-z]\w*)`,
    'g',
  );
  return [...sql.matchAll(used)].map((match) => (match[1] ?? match[2])!).filter((name) => !own.has(name));
}

/** Each table with the room that makes it. Working copies of a kept table belong to the room that keeps it. */
export function tableOwners(): ReadonlyMap<string, Room> {
  const owners = new Map<string, Room>();
  for (const path of sqlFiles()) {
    const room = roomOf(path);
    for (const table of statementsOf(path).flatMap(madeIn)) {
      const before = owners.get(table);
      if (before === undefined || ROOMS.indexOf(room) < ROOMS.indexOf(before)) owners.set(table, room);
    }
  }
  return owners;
}
