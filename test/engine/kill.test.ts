import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { landFile } from '../../src/engine/landing.js';
import { startEngineProcess } from '../support/engine-process.js';
import { describeEngines } from '../support/engines.js';
import { registerLineSource } from '../support/line-source.js';

registerLineSource();

const LINES = 400_000;
const directory = mkdtempSync(join(tmpdir(), 'outflow-kill-test-'));
const file = join(directory, 'host.log');
writeFileSync(file, Array.from({ length: LINES }, (_, at) => `ok ${at} ${'x'.repeat(at % 50)}\n`).join(''));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describeEngines('a process killed while it lands', ({ open, newTarget }) => {
  // Wherever the kill lands, the outcome must be the same; the delays spread it from the ledger entry to the insert.
  it.each([0, 60, 250])('leaves a store where the next run counts each line once (%i ms)', async (delay) => {
    const target = newTarget();
    const { child, said, ended } = startEngineProcess('land', [target, file]);
    await said('landing');
    await sleep(delay);
    child.kill('SIGKILL');
    await ended;

    const store = await open(target);
    const landed = await landFile(store, { path: file, shown: file, explicit: true }, {});
    expect(landed).toMatchObject({ lines: LINES, accepted: LINES, rejected: 0 });
    const [counted] = await store.rows(
      `SELECT count() AS flows, uniqExact(record_id) AS records FROM flow_observations
       WHERE attempt IN (SELECT attempt FROM counted_attempts)`,
    );
    expect(counted).toEqual({ flows: String(LINES), records: String(LINES) });
  });
});
