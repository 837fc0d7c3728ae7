import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/report/cells.js';
import { renderTable } from '../../src/report/table.js';
import { anyResult } from './arbitrary.js';
import { blindResult, emptyResult, finding, quietResult, richResult } from './fixture.js';
import { expectGolden } from './golden.js';

const plain = { width: 100, color: false };

describe('renderTable', () => {
  it.each([
    ['rich', richResult],
    ['quiet', quietResult],
    ['blind', blindResult],
    ['empty', emptyResult],
  ])('reads as checked in: %s', (name, result) => {
    for (const width of [40, 80, 120, 180]) {
      expectGolden(`table-${name}-${width}.txt`, renderTable(result, { width, color: false }));
    }
  });

  it('says loudly that nothing could be judged, and why', () => {
    expect(renderTable(blindResult, plain)).toMatch(
      /!!! Nothing could be judged[^]*eslogger reported no connection/,
    );
    expect(renderTable(emptyResult, plain)).toMatch(/!!! Nothing could be judged[^]*No file was read/);
    const rejected = { ...blindResult.input, accepted: 0, rejected: 4000, rejects: { not_json: 4000 } };
    expect(renderTable({ ...blindResult, input: rejected }, plain)).toMatch(
      /All 4,000 lines were rejected \(4,000\s+not_json\)/,
    );
    expect(renderTable({ ...blindResult, input: { ...blindResult.input, lines: 0 } }, plain)).toContain(
      '2 files read, but without a single line',
    );
  });

  it('does not raise an alarm when flows were judged and nothing stood out', () => {
    const table = renderTable(quietResult, plain);
    expect(table).toContain('No findings: 88,112 flows of 60 hosts judged.');
    expect(table).not.toContain('!');
  });

  it('warns when every host lacks byte counts or many lines were rejected', () => {
    const coverage = quietResult.coverage.map((host) => ({ ...host, bytes: false }));
    expect(renderTable({ ...quietResult, coverage }, plain)).toContain('No source carried byte counts');
    const input = { ...quietResult.input, lines: 1000, accepted: 600, rejected: 400 };
    expect(renderTable({ ...quietResult, input }, plain)).toContain('40 % of the lines were rejected');
  });

  it('explains every finding at medium or above and caps the rest', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      finding({ id: String(index), severity: index < 15 ? 'medium' : 'low' }),
    );
    const table = renderTable({ ...quietResult, findings: many }, plain);
    expect(table.match(/Only this host of 60/g)).toHaveLength(15);
    expect(table.match(/^LOW /gm)).toHaveLength(12);
    expect(table).toContain('+3 more');
  });

  it('shows an approved finding as a row, whatever its severity', () => {
    const table = renderTable(
      { ...quietResult, findings: [finding({ state: 'approved', severity: 'critical' })] },
      plain,
    );
    expect(table).toMatch(/^APPROVED/m);
    expect(table).not.toContain('Only this host of 60');
  });

  it('copes with names of a megabyte', () => {
    const big = '会'.repeat(350_000);
    const process = { ...finding({}).process, name: big, executable: big };
    const table = renderTable(
      {
        ...quietResult,
        findings: [finding({ title: big, summary: big, process, host: { id: big, name: big } })],
      },
      plain,
    );
    expect(table.length).toBeLessThan(4000);
  });

  it('colours only when asked, and the text is the same', () => {
    const colored = renderTable(richResult, { width: 120, color: true });
    expect(colored).toContain('\x1b[1;97;41mCRITICAL\x1b[0m');
    expect(stripVTControlCharacters(colored)).toBe(renderTable(richResult, { width: 120, color: false }));
  });

  it('stays within the width and free of control characters, whatever the text', () => {
    fc.assert(
      fc.property(anyResult, fc.integer({ min: 1, max: 260 }), fc.boolean(), (result, width, color) => {
        const table = renderTable(result, { width, color });
        const limit = Math.min(200, Math.max(40, width));
        // eslint-disable-next-line no-control-regex -- SGR codes are what we look for
        const bare = color ? table.replace(/\x1b\[[0-9;]*m/g, '') : table;
        expect(bare.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        for (const line of bare.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 60 },
    );
  });
});
