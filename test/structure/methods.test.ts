import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { LEARNING_METHOD } from '../../src/baseline/learn-version.js';
import { JUDGING_METHOD } from '../../src/detect/stale-weeks.js';
import { DAY_METHOD } from '../../src/model/days/calendar.js';
import { filesBelow, textOf } from '../support/module-uses.js';

/**
 * What a kept store holds is built again when the number of its method changes, so the number has to change with the
 * method. Each stands with everything that has a part in it.
 */
const METHODS = {
  /** How a day is built from its records. */
  days: { method: DAY_METHOD, of: /^src\/(?:model|knowledge)\// },
  /** How a baseline is learned from days. */
  baselines: {
    method: LEARNING_METHOD,
    of: /^src\/baseline\/(?:day-habits|habits|learn-version|learning-window|exclusion|peers|peer-\w+|sql\/(?:day-habits|learn|version-\w+))\.(?:ts|sql)$/,
  },
  /** How a week is judged. */
  evaluations: { method: JUDGING_METHOD, of: /^src\/(?:detect|knowledge|coverage|baseline\/sql)\// },
} as const;

interface Pinned {
  readonly method: number;
  readonly sources: string;
}

const PINNED = new URL('methods.json', import.meta.url);

/** SHA-256 over what the files do: comments and types have no part in it. */
function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n${whatItDoes(path, textOf(path))}\n`);
  return hash.digest('hex');
}

function whatItDoes(path: string, text: string): string {
  if (path.endsWith('.sql')) return text.replace(/--.*$/gm, '').split(/\s+/).join(' ');
  if (!path.endsWith('.ts')) return text;
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

describe('a method', () => {
  const now = Object.fromEntries(
    Object.entries(METHODS).map(([name, { method, of }]) => [
      name,
      { method, sources: digestOf(filesBelow('src').filter((path) => of.test(path))) },
    ]),
  );
  if (process.env['OUTFLOW_UPDATE_GOLDEN'] === '1')
    writeFileSync(PINNED, `${JSON.stringify(now, null, 2)}\n`);
  const pinned = JSON.parse(readFileSync(PINNED, 'utf8')) as Readonly<Record<string, Pinned>>;

  it.each(Object.keys(METHODS))('of %s has another number when it has changed', (name) => {
    expect(
      now[name],
      `What ${name} are made by has changed. Where a store would come out otherwise, raise the number; then, or where ` +
        'its results are the same, say so: OUTFLOW_UPDATE_GOLDEN=1 npx vitest run test/structure',
    ).toEqual(pinned[name]);
  });

  it('is what the code does, whatever is said about it', () => {
    const one = whatItDoes('a.ts', '/** Why. */\nexport const a: number = 1; // so\n');
    expect(one).toBe(whatItDoes('a.ts', 'export const a = 1;\n'));
    expect(one).not.toBe(whatItDoes('a.ts', 'export const a = 2;\n'));
    expect(whatItDoes('a.sql', 'SELECT 1 -- one\n')).toBe(whatItDoes('a.sql', 'SELECT  1\n'));
  });
});
