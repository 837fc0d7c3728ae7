import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputPath } from '../../src/landing/discover.js';
import { landFile, type Landed, type LandOptions, type Skipped } from '../../src/landing/land-file.js';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';
import { TEST_SOURCES } from '../support/line-source.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-landing-test-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;

function write(bytes: string | Buffer, name = 'host'): string {
  const folder = join(directory, String(++files));
  mkdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Lines that do not compress to nothing, so that a cut lies in the middle of them. */
function manyLines(count: number): string {
  return Array.from(
    { length: count },
    (_, at) => `ok ${at} ${((at * 2654435761) % 2 ** 32).toString(36)}\n`,
  ).join('');
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * 0.6));
}

function zstd(text: string): Buffer {
  return execFileSync('zstd', ['-c', '-q'], { input: text, maxBuffer: 1e9 });
}

const hasZstd = spawnSync('zstd', ['--version']).status === 0;

describeEngines('landing', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  const landAs = (given: InputPath, options: LandOptions = {}): Promise<Landed | Skipped> =>
    landFile(store, given, { sources: TEST_SOURCES, ...options });

  async function land(path: string, options: LandOptions = {}): Promise<Landed> {
    const result = await landAs({ path, shown: path, explicit: true }, { host: 'host', ...options });
    if ('reason' in result) throw new Error(`skipped: ${result.reason}`);
    return result;
  }

  /** What the flows of one batch are called, in order of name. */
  async function landedNames(path: string): Promise<string[]> {
    const host = `names-${++files}`;
    await land(path, { host });
    const rows = await store.rows<{ remote_name: string }>(
      'SELECT remote_name FROM flow_observations WHERE host_id = {host:String} ORDER BY remote_name',
      { host },
    );
    return rows.map((row) => row.remote_name);
  }

  it.each([
    ['plain lines', 'ok a\nbad\nok b\n', 3, 1],
    ['a last line without line end', 'ok a\nok b', 2, 0],
    ['Windows line ends', 'ok a\r\nbad\r\nok b\r\n', 3, 1],
    ['empty lines anywhere', '\n\nok a\n\nok b\n\n', 6, 4],
    ['blanks before the first line', '  \n \nok a\n', 3, 2],
    ['NUL bytes', 'ok a\0b\n\0\nok c\n', 3, 1],
    ['backslashes and NULL words', 'ok a\\\nok \\N\n\\.\nok NULL\n', 4, 1],
    ['a byte order mark', '\ufeffok a\nok b\n', 2, 0],
    ['a carriage return in the middle', 'ok a\rok b\n', 1, 0],
    ['one rejected line', 'ok a\nb', 2, 1],
  ])('counts %s', async (_name, text, lines, rejected) => {
    const landed = await land(write(text));
    expect(landed).toMatchObject({
      lines,
      rejected,
      accepted: lines - rejected,
      truncated: false,
      known: false,
    });
  });

  it('keeps bytes that are not UTF-8', async () => {
    const path = write(Buffer.from([0x6f, 0x6b, 0x20, 0xff, 0xfe, 0x0a, 0x6f, 0x6b, 0x20, 0xc3, 0x0a]));
    expect(await land(path, { host: 'bytes' })).toMatchObject({ lines: 2, accepted: 2 });
    const rows = await store.rows<{ bytes: string }>(
      `SELECT hex(remote_name) AS bytes FROM flow_observations WHERE host_id = 'bytes' ORDER BY bytes`,
    );
    expect(rows).toEqual([{ bytes: 'C3' }, { bytes: 'FFFE' }]);
  });

  it('hands lines to the adapter without line ends and byte order mark', async () => {
    expect(await landedNames(write('\ufeffok a\r\nok b\r\nok c'))).toEqual(['a', 'b', 'c']);
  });

  it('lands a line of 10 MB', async () => {
    const path = write(Buffer.concat([Buffer.from('ok '), Buffer.alloc(10e6, 'x'), Buffer.from('\nok b\n')]));
    expect(await land(path, { host: 'long' })).toMatchObject({ lines: 2, accepted: 2 });
    const rows = await store.rows<{ size: string }>(
      `SELECT length(remote_name) AS size FROM flow_observations WHERE host_id = 'long' ORDER BY size`,
    );
    expect(rows).toEqual([{ size: '1' }, { size: '10000000' }]);
  });

  it('keeps a rejected line, cut at 2,000 bytes, with its reason', async () => {
    await land(write(`ok a\n${'r'.repeat(5000)}\n`));
    const rows = await store.rows<{ reason: string; raw: string }>(
      `SELECT reason, raw FROM rejects WHERE startsWith(raw, 'rrr')`,
    );
    expect(rows).toEqual([{ reason: 'not_ok', raw: 'r'.repeat(2000) }]);
  });

  describe('compressed files', () => {
    const text = manyLines(50_000);

    it('reads gzip by content, whatever the name', async () => {
      expect(await land(write(gzipSync(text), 'host.log'))).toMatchObject({
        lines: 50_000,
        accepted: 50_000,
      });
    });

    it('reads every member of a gzip file', async () => {
      const path = write(Buffer.concat([gzipSync('ok a\n'), gzipSync('ok b\nok c\n')]));
      expect(await landedNames(path)).toEqual(['a', 'b', 'c']);
    });

    it.skipIf(!hasZstd)('reads zstd, every frame of it', async () => {
      expect(await land(write(zstd(text)))).toMatchObject({ lines: 50_000, accepted: 50_000 });
      expect(await landedNames(write(Buffer.concat([zstd('ok a\n'), zstd('ok b\nok c\n')])))).toEqual([
        'a',
        'b',
        'c',
      ]);
    });

    it.each([
      ['gzip', (): Buffer => cut(gzipSync(text)), false],
      ['zstd', (): Buffer => cut(zstd(text)), !hasZstd],
    ])('lands a truncated %s file up to the damage', async (_name, damaged, skip) => {
      if (skip) return;
      const landed = await land(write(damaged()));
      expect(landed.truncated).toBe(true);
      expect(landed.lines).toBe(landed.accepted + landed.rejected);
      expect(landed.lines).toBeGreaterThan(10_000);
      expect(landed.lines).toBeLessThan(50_000);
    });

    it('lands a short truncated gzip file too', async () => {
      const whole = gzipSync('ok alpha\nok beta\nok gamma\n');
      const landed = await land(write(whole.subarray(0, whole.length - 8)));
      expect(landed).toMatchObject({ truncated: true, lines: 3, accepted: 3 });
    });

    it('lands the lines before a flipped byte', async () => {
      const bytes = gzipSync(text);
      bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
      const landed = await land(write(bytes));
      expect(landed.truncated).toBe(true);
      expect(landed.accepted).toBeGreaterThan(0);
    });
  });

  it.each([
    'star*',
    'q?',
    'set[i]',
    'a{b,c}',
    '{1..3}',
    'arch.zip :: x',
    "quo'te",
    'new\nline',
    '-dash',
    'späce ü',
  ])('takes the file name %j as it is', async (name) => {
    const path = write(`ok ${files}\n`, name);
    writeFileSync(`${path}.other`, 'ok other\n');
    expect(await land(path)).toMatchObject({ lines: 1, accepted: 1 });
  });

  describe('what cannot be landed', () => {
    const input = (path: string, explicit = true) => ({ path, shown: path, explicit });

    it.each([
      ['nothing', ''],
      ['line ends only', '\n\n\n'],
      ['compressed nothing', gzipSync('')],
    ])('skips a file of %s', async (_name, bytes) => {
      const path = write(bytes);
      expect(await landAs(input(path))).toEqual({ file: path, reason: 'empty' });
    });

    it('refuses an unknown format given by name, and skips one found in a directory', async () => {
      const path = write(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0x0a, 0xff]));
      await expect(landAs(input(path))).rejects.toMatchObject({
        code: 'OF_INPUT_UNKNOWN_FORMAT',
        message: expect.stringContaining(path) as string,
      });
      expect(await landAs(input(path, false))).toEqual({ file: path, reason: 'unknown_format' });
    });

    it('refuses a source whose format it is not', async () => {
      const path = write('nothing of the kind\n');
      await expect(landAs(input(path, false), { source: 'test-lines' })).rejects.toMatchObject({
        code: 'OF_INPUT_UNKNOWN_FORMAT',
        message: expect.stringContaining('test-lines') as string,
      });
    });

    it('refuses a source that names no host when nothing else does', async () => {
      const path = write('ok a\n');
      await expect(landAs({ path, shown: '-', explicit: true })).rejects.toMatchObject({
        code: 'OF_INPUT_NO_HOST',
      });
      await expect(landAs(input(write('ok a\n', '.hidden')))).rejects.toMatchObject({
        code: 'OF_INPUT_NO_HOST',
      });
    });

    it.each([
      ['a missing file', (): string => join(directory, 'missing')],
      ['a directory', (): string => directory],
      [
        'gzip that is damaged from the start',
        (): string => write(Buffer.from([0x1f, 0x8b, 0xff, 0xff, 1, 2, 3])),
      ],
    ])('reports %s as unreadable', async (_name, make) => {
      const path = make();
      await expect(landAs(input(path))).rejects.toMatchObject({
        code: 'OF_INPUT_UNREADABLE',
        message: expect.stringContaining(path) as string,
      });
    });
  });

  it('takes the host from the file name up to its first dot', async () => {
    const path = write('ok named\n', 'MBP-7F2A.log.ndjson');
    await landAs({ path, shown: path, explicit: true });
    const rows = await store.rows(`SELECT host_id FROM flow_observations WHERE remote_name = 'named'`);
    expect(rows).toEqual([{ host_id: 'MBP-7F2A' }]);
  });
});
