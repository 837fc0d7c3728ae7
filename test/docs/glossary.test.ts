import { describe, expect, it } from 'vitest';
import { filesBelow, textOf } from '../support/module-uses.js';
import { tableOwners } from '../structure/tables.js';
import { read, tableRows } from './markdown.js';

const rows = tableRows(read('docs/glossary.md'));
const modules = filesBelow('src').filter((path) => path.endsWith('.ts'));

/** Where a word is exported as a type, a class, a constant or a function. */
function homesOf(word: string): string[] {
  const declared = new RegExp(
    `^export (?:abstract )?(?:interface|type|class|const|(?:async )?function\\*?) ${word}\\b`,
    'm',
  );
  return modules.filter((path) => declared.test(textOf(path)));
}

describe('the glossary', () => {
  it('explains each word once', () => {
    const words = rows.map(([word = '']) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.length).toBeGreaterThan(25);
  });

  const places = rows.flatMap(([word = '', , cell = '']) => {
    const match = /^`(\w+)` in `([^`]+)`$/.exec(cell);
    return match === null ? [] : [{ word, name: match[1]!, path: match[2]! }];
  });

  it.each(places)('$word: $name stands in $path, and means nothing else elsewhere', ({ name, path }) => {
    expect(homesOf(name)).toEqual([path]);
  });

  it('names tables that there are', () => {
    const owners = tableOwners();
    const tables = rows
      .map(([, , cell = '']) => cell)
      .filter((cell) => !cell.includes(' in '))
      .flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1]!));
    expect(tables.filter((table) => !owners.has(table))).toEqual([]);
    expect(tables.length).toBeGreaterThan(4);
  });
});
