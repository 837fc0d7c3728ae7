import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showProgress } from '../../src/cli/progress.js';

let written: string[] = [];
const terminal = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
const columns = Object.getOwnPropertyDescriptor(process.stderr, 'columns');

beforeEach(() => {
  written = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  restore('isTTY', terminal);
  restore('columns', columns);
});

function restore(name: string, before: PropertyDescriptor | undefined): void {
  if (before === undefined) Reflect.deleteProperty(process.stderr, name);
  else Object.defineProperty(process.stderr, name, before);
}

function stderrIs(isTTY: boolean, width = 80): void {
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  Object.defineProperty(process.stderr, 'columns', { value: width, configurable: true });
}

describe('without a terminal', () => {
  beforeEach(() => {
    stderrIs(false);
  });

  it('writes a line for every hundredth file and one for each step', () => {
    const { update, clear } = showProgress();
    for (let done = 0; done < 250; done++) update(`reading /data/${done}.log`, done, 250);
    update('baseline', 0, 0);
    update('baseline', 0, 0);
    update('judging', 0, 0);
    clear();
    expect(written).toEqual([
      'outflow: reading files: 0 of 250\n',
      'outflow: reading files: 100 of 250\n',
      'outflow: reading files: 200 of 250\n',
      'outflow: baseline\n',
      'outflow: judging\n',
    ]);
  });

  it('writes no control character of a name', () => {
    showProgress().update('flows \u001b[2J\n', 0, 0);
    expect(written).toEqual(['outflow: flows \\x1b[2J\\n\n']);
  });
});

describe('on a terminal', () => {
  beforeEach(() => {
    stderrIs(true);
  });

  it('rewrites one line, with the name of the file', () => {
    showProgress().update('reading /data/a.log', 5, 20);
    expect(written).toEqual(['\r\u001b[K[#####...............] 5/20 reading a.log']);
  });

  it.each([
    ['reading a.log', 'reading a.log'],
    ['reading -', 'reading -'],
    ['reading dir/a.log', 'reading a.log'],
    ['baseline', 'baseline'],
  ])('shows %j as %j', (step, shown) => {
    showProgress().update(step, 0, 0);
    expect(written).toEqual([`\r\u001b[K${shown}`]);
  });

  it('keeps within the width, full or empty', () => {
    stderrIs(true, 40);
    const { update } = showProgress();
    update(`reading ${'x'.repeat(300)}`, 0, 9);
    update('y'.repeat(300), 9, 9);
    for (const line of written) expect(line.replace('\r\u001b[K', '')).toHaveLength(40);
  });

  it('writes no control character of a name', () => {
    showProgress().update('reading /data/\u001b[2Jx\r', 0, 0);
    expect(written).toEqual(['\r\u001b[Kreading \\x1b[2Jx\\r']);
  });

  it('clears its line at the end', () => {
    showProgress().clear();
    expect(written).toEqual(['\r\u001b[K']);
  });
});
