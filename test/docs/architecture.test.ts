import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../structure/rooms.js';
import { madeIn, sqlFiles, statementsOf } from '../structure/tables.js';
import { read, ROOT, section, sections, tableRows } from './markdown.js';

const page = read('docs/architecture.md');

describe('rooms', () => {
  const folders = ROOMS.filter((room) => readdirSync(`${ROOT}src`).includes(room));
  const described = sections(section(page, 'The rooms'));

  it('have one paragraph each, in their order', () => {
    expect(described.map(({ title }) => title)).toEqual(folders);
  });

  it.each(described)('$title is said in a few words', ({ text }) => {
    expect(text.trim().split(/\s+/).length).toBeGreaterThan(10);
    expect(text.trim().split('\n\n')).toHaveLength(1);
  });
});

describe('tables', () => {
  it('are all listed with the file that makes them', () => {
    const kept = new Set(
      files().flatMap(({ path, tables }) => (path.includes('/migrations/') ? tables : [])),
    );
    const made = files()
      .map(({ path, tables }) => ({
        path,
        // A working copy of what a migration made.
        tables: path.includes('/migrations/') ? tables : tables.filter((table) => !kept.has(table)),
      }))
      .filter(({ tables }) => tables.length > 0);
    const listed = tableRows(section(page, 'Where each table lives')).map(([file = '', tables = '']) => ({
      path: named(file)[0],
      tables: named(tables).sort(),
    }));
    expect(listed).toEqual(made);
  });

  function files(): { path: string; tables: string[] }[] {
    return sqlFiles().map((path) => ({
      path,
      tables: [...new Set(statementsOf(path).flatMap(madeIn))].sort(),
    }));
  }

  function named(cell: string): string[] {
    return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
  }
});
