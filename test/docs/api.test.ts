import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read, ROOT } from './markdown.js';
import { DailyFleet } from '../support/daily-fleet.js';

/** What the package exports has to be there: the example imports it by the name of the package. */
const BUILT = fileURLToPath(new URL('../../dist/service/index.js', import.meta.url));
const PAGE = read('docs/api.md');

const run = promisify(execFile);
const directory = mkdtempSync(join(tmpdir(), 'outflow-example-'));
const fleet = new DailyFleet({ seed: 'api', start: '2026-03-02', days: 2 });
const example = join(directory, 'nightly.mjs');

beforeAll(() => {
  const [block] = /^```js\n(.*?)^```$/ms.exec(PAGE)?.slice(1) ?? [];
  writeFileSync(example, block ?? '');
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(ROOT, join(directory, 'node_modules', 'outflow'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  fleet.remove();
});

describe('the example of the page', () => {
  it('does what the page says, as it stands', async () => {
    const store = join(directory, 'store');
    const { stdout } = await run(process.execPath, [example, store, fleet.telemetry]);
    expect(stdout).toMatch(
      /^[1-9]\d* lines of [1-9]\d* hosts\n(?:[0-9a-f]{16} \S+: .+ sent [1-9]\d* bytes\n)+([1-3]) decisions, head [0-9a-f]{64}\n$/,
    );
    const again = await run(process.execPath, [example, store]);
    expect(again.stdout).toMatch(/^0 lines of [1-9]\d* hosts\n/);
  });

  it('says what went wrong, with the exit code of the command', async () => {
    const typo = run(process.execPath, [example, join(directory, 'typo')]);
    await expect(typo).rejects.toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(
        /^OF_STORE_UNAVAILABLE: there is no store at .*typo\.[^\n]*\n$/,
      ) as string,
    });
  });

  it('has the types the package ships', async () => {
    expect(BUILT).toContain('service');
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const check = (file: string) =>
      run(
        process.execPath,
        [
          ...[compiler, '--noEmit', '--allowJs', '--checkJs', '--strict', '--skipLibCheck'],
          ...['--module', 'nodenext', '--target', 'es2022'],
          ...['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node', file],
        ],
        { cwd: directory },
      );
    await check(example);
    const wrong = join(directory, 'wrong.mjs');
    writeFileSync(
      wrong,
      "import { openOutflow } from 'outflow';\nawait openOutflow().findings.list({ severity: 'hgh' });\n",
    );
    await expect(check(wrong)).rejects.toMatchObject({ stdout: expect.stringContaining('TS2820') as string });
  });
});

it('names every call there is', async () => {
  const { openOutflow } = await import('../../src/service/index.js');
  const outflow = openOutflow();
  const calls = Object.entries<unknown>({ ...outflow }).flatMap(([name, value]) =>
    typeof value === 'function'
      ? [name]
      : typeof value === 'object' && value !== null
        ? Object.keys(value).map((below) => `${name}.${below}`)
        : [],
  );
  const rows = PAGE.split('\n').filter((line) => line.startsWith('| `'));
  const named = (call: string): boolean => {
    const [area = '', below] = call.split('.');
    return rows.some((row) =>
      below === undefined
        ? row.startsWith(`| \`${area}(`)
        : row.startsWith(`| \`${area}.`) && row.includes(`.${below}(`),
    );
  };
  expect(calls.filter((call) => !named(call))).toEqual([]);
});
