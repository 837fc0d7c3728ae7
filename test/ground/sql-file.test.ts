import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadSql, loadStatements } from '../../src/ground/sql-file.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-sql-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function file(name: string, text: string): URL {
  mkdirSync(join(directory, 'below'), { recursive: true });
  writeFileSync(join(directory, `${name}.sql`), text);
  return pathToFileURL(join(directory, `${name}.sql`));
}

it('puts fragments in their places, without their comments', () => {
  file('twice', '-- Two of them; really\n(x -> 2 * x) AS twice\n');
  expect(loadSql(file('one', 'WITH {{twice}}\nSELECT twice(a)'))).toBe(
    'WITH (x -> 2 * x) AS twice\nSELECT twice(a)',
  );
  expect(loadSql(file('below/two', 'WITH {{../twice}} SELECT 1'))).toBe(
    'WITH (x -> 2 * x) AS twice SELECT 1',
  );
});

it('lets fragments name others', () => {
  file('below/inner', 'b');
  file('outer', 'a {{below/inner}} c');
  expect(loadSql(file('all', '{{outer}}'))).toBe('a b c');
});

it('leaves parameters alone', () => {
  expect(loadSql(file('parameters', 'SELECT {day:Date}, {a:Array(String)}'))).toBe(
    'SELECT {day:Date}, {a:Array(String)}',
  );
});

it('says which fragment is missing', () => {
  expect(() => loadSql(file('lost', '{{nowhere}}'))).toThrow(/nowhere\.sql/);
});

it('ends a statement at a semicolon at the end of a line', () => {
  expect(loadStatements(file('many', "SELECT ';' AS a;\n-- only words\n;\nSELECT 2;\n"))).toEqual([
    "SELECT ';' AS a",
    'SELECT 2',
  ]);
});
