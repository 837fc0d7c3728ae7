import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectResult } from '../../src/ground/finding.js';
import { changed, follow, stepsOf } from './follow-page.js';
import { read, ROOT } from './markdown.js';

/** What `vite-node` of these pages runs: it opens an engine. */
export const MAIN = new URL('../../src/cli/main.ts', import.meta.url);

/** A copy of the sources in which the pages are followed, one after the other. */
const copy = mkdtempSync(join(tmpdir(), 'outflow-adding-'));
beforeAll(() => {
  for (const name of readdirSync(ROOT)) {
    if (!/^(?:\.git|node_modules|dist.*|outflow-demo)$/.test(name)) {
      cpSync(join(ROOT, name), join(copy, name), {
        recursive: true,
        filter: (from) => from !== join(ROOT, 'bench', 'data'),
      });
    }
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

/** Follows a page to its end, and returns what the last command printed. */
async function followed(page: string): Promise<DetectResult> {
  let last = '';
  for (const step of stepsOf(read(page))) {
    if (step.kind === 'run') last = await run(step.command);
    else follow(copy, step);
  }
  return JSON.parse(last) as DetectResult;
}

/** The words of these commands hold no quotes, so that no shell is needed. */
async function run(command: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  // As from a terminal: what this runner tells its own tests is not for the one in the copy.
  const env = { ...process.env, NODE_ENV: undefined, VITEST: undefined };
  const { stdout } = await promisify(execFile)(program, args, { cwd: copy, env, maxBuffer: 1 << 26 }).catch(
    (error: unknown) => {
      const { stdout: out = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${command}\n${out}${stderr}`);
    },
  );
  return stdout;
}

describe('a page that adds something, followed to the letter', { timeout: 300_000 }, () => {
  it('adds a source: its rows land, and what they tell of is judged', async () => {
    const result = await followed('docs/adding/source.md');
    expect(result.input.by_source['gateway-csv']).toMatchObject({
      lines: 5,
      accepted: 4,
      rejected: 1,
      flows: 3,
    });
    expect(result.findings.map(({ process }) => process.executable)).toEqual([
      '/Users/Shared/.cache/updater',
    ]);
    expect(result.findings[0]).toMatchObject({
      bytes_out: 12_000_000_000,
      evidence: { sources: ['gateway-csv'] },
    });
  });

  it('adds an indicator: it speaks in a finding', async () => {
    const result = await followed('docs/adding/indicator.md');
    expect(result.findings[0]?.indicators).toContainEqual(
      expect.objectContaining({ id: 'one_way', group: 'behaviour', observed: 0, threshold: 0.01 }),
    );
  });

  it('adds an analytic: it raises a finding', async () => {
    const result = await followed('docs/adding/analytic.md');
    expect(result.findings).toContainEqual(
      expect.objectContaining({ analytic: 'AN9999', risk: 50, tunables: { DeliveryPort: 25 } }),
    );
  });

  it('leaves sources that compile', async () => {
    await run('npm run types');
  });
});

describe('following', () => {
  it('finds files, changes and commands', () => {
    const page =
      'Text.\n\n`a.ts`:\n\n```ts\nx\n```\n\n`b.ts`:\n\n```diff\n a\n+b\n```\n\n```sh\nnpm test\nls\n```\n';
    expect(stepsOf(page)).toEqual([
      { kind: 'write', path: 'a.ts', text: 'x\n' },
      { kind: 'change', path: 'b.ts', lines: [' a', '+b'] },
      { kind: 'run', command: 'npm test' },
      { kind: 'run', command: 'ls' },
    ]);
    expect(() => stepsOf('```ts\nx\n```\n')).toThrow(/names no file/);
  });

  it('changes what a reader would, and stops where a page is out of date', () => {
    expect(changed('one\ntwo\nthree', [' one', '+1.5', '-two', '+2'])).toBe('one\n1.5\n2\nthree');
    expect(() => changed('one', ['-two'])).toThrow(/no line to take out: two/);
    expect(() => changed('one\ntwo', [' two', ' one'])).toThrow(/no line to go by: one/);
  });
});
