import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { renderTable } from '../../src/report/table.js';
import { forOneRun } from '../../src/triage/for-one-run.js';
import { detect } from '../support/detect.js';
import { describeEngines } from '../support/engines.js';
import {
  everydayFleet,
  flowOf,
  HOUR,
  mac,
  MONDAY,
  processOf,
  signedBy,
  withStories,
  writeTelemetry,
  type Story,
} from '../support/telemetry.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-cut-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A program nobody knows sends 3 GB on Monday and 5 GB on Tuesday. */
function uploads(): Story {
  const host = mac(2);
  const updater = processOf(host, '/Users/Shared/.cache/updater', { signing: signedBy.nobody });
  const to = { remoteName: 'files.rare-place.example', remoteIp: '203.0.3.77', bytesIn: 1_000_000 };
  const on = (day: number, bytesOut: number) =>
    flowOf(updater, {
      ...to,
      start: MONDAY + (24 * day + 9) * HOUR,
      end: MONDAY + (24 * day + 12) * HOUR,
      bytesOut,
    });
  return { host, processes: [updater], flows: [on(0, 3e9), on(1, 5e9)] };
}

writeTelemetry(directory, withStories(everydayFleet(3), [uploads()]), { sources: ['elastic-defend'] });
const tuesday = { since: '2026-03-03T00:00:00.000Z', until: '2026-03-04T00:00:00.000Z' };
const now = '2026-03-10T00:00:00.000Z';

describeEngines('records between two times', ({ newTarget }) => {
  it('are the same with and without a store, and nothing of it is kept', async () => {
    const store = newTarget();
    const once = await detect({ paths: [directory], now, ...tuesday });
    const all = await detect({ paths: [directory], store, now });
    const cut = await detect({ paths: [], store, now, ...tuesday });
    const [only] = once.findings.filter(({ process }) => process.name === 'updater');
    expect(only).toMatchObject({ bytes_out: 5e9, connections: 1 });
    expect(cut.findings.map(forOneRun)).toEqual(once.findings);
    expect(cut.run.cut).toEqual(tuesday);
    expect(once.run.cut).toEqual(tuesday);
    expect(renderTable(once, { width: 120, color: false })).toContain(
      'only records from 2026-03-03 00:00 to before 2026-03-04 00:00',
    );
    const again = await detect({ paths: [], store, now });
    expect(again.findings).toEqual(all.findings);
    expect(again.run.cut).toBeUndefined();
    expect(again.findings.find(({ id }) => id === only?.id)).toMatchObject({ bytes_out: 8e9 });
  });
});
