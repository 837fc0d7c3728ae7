import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayUse, roomOf, ROOMS } from './rooms.js';
import { filesBelow, isThere, textOf, usesOf } from '../support/module-uses.js';
import { circlesIn } from './circles.js';
import { madeIn, sqlFiles, statementsOf, tableOwners, usedIn } from './tables.js';

const files = filesBelow('src');
const modules = files.filter((path) => path.endsWith('.ts'));
const uses = new Map(modules.map((path) => [path, usesOf(path, textOf(path))]));

describe('rooms', () => {
  it('are the folders that there are, each of them in its place', () => {
    const folders = readdirSync(new URL('../../src/', import.meta.url));
    expect(folders.filter((name) => !ROOMS.some((room) => room === name))).toEqual([]);
  });

  it('use only the rooms before them', () => {
    const upward = [...uses].flatMap(([path, used]) =>
      used
        .flatMap((use) => use.path ?? [])
        // package.json stands beside `src/`, and belongs to no room.
        .filter((used) => used.startsWith('src/') && !mayUse(roomOf(path), roomOf(used)))
        .map((used) => `${path} → ${used}`),
    );
    expect(upward).toEqual([]);
  });

  it('reach only what is there', () => {
    const lost = [...uses].flatMap(([path, used]) =>
      used
        .filter((use) => use.path !== undefined && !isThere(use.path))
        .map((use) => `${path} → ${use.named}`),
    );
    expect(lost).toEqual([]);
  });

  it('have no files that need each other', () => {
    const graph = new Map(
      [...uses].map(([path, used]) => [
        path,
        used.filter((use) => use.kind !== 'file').flatMap((use) => use.path ?? []),
      ]),
    );
    expect(circlesIn(graph)).toEqual([]);
  });
});

const owners = tableOwners();

describe('statements', () => {
  it('name only tables of their own room and of those before it', () => {
    const upward = sqlFiles().flatMap((path) =>
      [...new Set(statementsOf(path).flatMap(usedIn))]
        .filter((table) => owners.has(table) && !mayUse(roomOf(path), owners.get(table)!))
        .map((table) => `${path} → ${table} of ${owners.get(table)!}`),
    );
    expect(upward.sort()).toEqual([]);
  });
});

describe('files', () => {
  /** Facts and samples are data: as long as what they hold. */
  const written = files.filter((path) => /\.(?:ts|sql|css|yaml)$/.test(path));

  it('have at most 400 lines', () => {
    const long = written
      .map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('are named in kebab-case', () => {
    const names = written.map((path) => path.split('/').at(-1)!);
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*\.\w+$/.test(name))).toEqual([]);
  });

  it('export no default', () => {
    expect(modules.filter((path) => /^export default\b/m.test(textOf(path)))).toEqual([]);
  });
});

describe('what these tests go by', () => {
  it('sees every kind of use', () => {
    const text = [
      "import { a } from '../a/a.js';",
      "export type { B } from './b.js';",
      "const c = (await import('../c.js')) as typeof import('../t.js');",
      "import { type D, E } from './d.js';",
      "const e = new URL('./sql/e.sql', import.meta.url);",
      'const f = (name: string) => new URL(`../f/sql/${name}.sql`, import.meta.url);',
      'import {',
      '  g,',
      "} from 'zod';",
      "import './h.js';",
    ].join('\n');
    expect(
      usesOf('src/room/file.ts', text).map(({ path, named, kind }) => `${kind} ${path ?? named}`),
    ).toEqual([
      'import src/a/a.ts',
      'type src/room/b.ts',
      'import src/room/d.ts',
      'import zod',
      'import src/room/h.ts',
      'import src/c.ts',
      'type src/t.ts',
      'file src/room/sql/e.sql',
      'file src/f/sql/',
    ]);
  });

  it('sees circles of any length, and none where there is none', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', ['e']],
      ['f', ['f']],
    ]);
    expect(circlesIn(graph)).toEqual([['a', 'b', 'c'], ['f']]);
  });

  it('sees the tables that a statement makes and uses', () => {
    const sql = `WITH best AS (SELECT 1 FROM {run:Identifier}.pairs)
      INSERT INTO {run:Identifier}.subjects SELECT * FROM best JOIN hosts USING host_id
      WHERE day IN (SELECT day FROM day_builds)`;
    expect(usedIn(sql)).toEqual(expect.arrayContaining(['pairs', 'subjects', 'hosts', 'day_builds']));
    expect(usedIn(sql)).not.toContain('best');
    expect(
      madeIn('CREATE TABLE IF NOT EXISTS days (a Int8); CREATE TABLE {run:Identifier}.x (b Int8)'),
    ).toEqual(['days', 'x']);
  });

  it('knows the owners of tables', () => {
    expect(owners.get('landing')).toBe('landing');
    expect(owners.get('day_pairs')).toBe('model');
    expect(owners.get('decisions')).toBe('decisions');
  });
});
