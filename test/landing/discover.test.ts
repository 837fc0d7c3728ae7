import {
  existsSync,
  mkdirSync,
  readFileSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { discoverInputs } from '../../src/landing/discover.js';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'outflow-discover-test-')));
const at = (name: string): string => join(directory, name);

beforeAll(() => {
  mkdirSync(at('fleet/deep/er'), { recursive: true });
  mkdirSync(at('fleet/.git'), { recursive: true });
  for (const name of [
    'fleet/b.ndjson',
    'fleet/a.log',
    'fleet/deep/er/c.csv',
    'fleet/deep/junk.bin',
    'fleet/.git/x',
    'fleet/.DS_Store',
    'set[1].log',
    'set1.log',
    'other.log',
  ]) {
    writeFileSync(at(name), 'x\n');
  }
  symlinkSync(at('fleet'), at('fleet/deep/loop'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function discovered(...paths: string[]): Promise<string[]> {
  const { files, dispose } = await discoverInputs(paths);
  dispose();
  return files.map(({ path }) => relative(directory, path));
}

describe('inputs', () => {
  it('goes into directories, leaves hidden entries out and does not follow links round in circles', async () => {
    expect(await discovered(at('fleet'))).toEqual([
      'fleet/a.log',
      'fleet/b.ndjson',
      'fleet/deep/er/c.csv',
      'fleet/deep/junk.bin',
    ]);
  });

  it('gives the same order and each file once, however it is asked', async () => {
    const asked = [at('other.log'), at('fleet'), at('fleet/b.ndjson'), at('fleet/../fleet/a.log')];
    expect(new Set(await discovered(...asked))).toEqual(new Set(await discovered(...asked.toReversed())));
    expect((await discovered(...asked)).length).toBe(5);
  });

  it('expands patterns, and takes a name that exists before it takes a pattern', async () => {
    expect(await discovered(at('*.log'))).toEqual(['other.log', 'set1.log', 'set[1].log']);
    expect(await discovered(at('fleet/**/*.{csv,ndjson}'))).toEqual([
      'fleet/b.ndjson',
      'fleet/deep/er/c.csv',
    ]);
    expect(await discovered(at('set[1].log'))).toEqual(['set[1].log']);
  });

  it('knows what was named from what was found', async () => {
    const { files } = await discoverInputs([at('other.log'), at('fleet/*.log')]);
    expect(files.map(({ path, explicit }) => [relative(directory, path), explicit])).toEqual([
      ['fleet/a.log', false],
      ['other.log', true],
    ]);
  });

  it('counts a file as named when it is named as well as found', async () => {
    for (const paths of [
      [at('fleet/a.log'), at('fleet')],
      [at('fleet'), at('fleet/a.log')],
    ]) {
      const { files } = await discoverInputs(paths);
      expect(files.find(({ path }) => path.endsWith('a.log'))?.explicit).toBe(true);
    }
  });

  it.each(['missing.log', 'missing/*.log', 'fleet/*.nothing'])('reports %s as missing', async (name) => {
    await expect(discoverInputs([at(name)])).rejects.toMatchObject({
      code: 'OF_INPUT_MISSING',
      exitCode: 3,
      message: expect.stringContaining(at(name)) as string,
    });
  });

  it('reports a path below a file as unreadable', async () => {
    await expect(discoverInputs([at('other.log/x')])).rejects.toMatchObject({ code: 'OF_INPUT_UNREADABLE' });
  });

  it('spools standard input, and removes the spool', async () => {
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(
      Readable.from([Buffer.from('one\ntw'), Buffer.from('o')]) as never,
    );
    const { files, dispose } = await discoverInputs(['-']);
    expect(files).toEqual([{ path: expect.any(String) as string, shown: '-', explicit: true }]);
    expect(readFileSync(files[0]!.path, 'utf8')).toBe('one\ntwo');
    dispose();
    expect(existsSync(files[0]!.path)).toBe(false);
  });
});
