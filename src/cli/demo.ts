import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { failure } from '../ground/errors.js';
import { renderHtml } from '../report/html.js';
import { renderTable } from '../report/table.js';
import { simulate } from '../simulate/simulate.js';
import { withProgress } from './progress.js';
import { DEFAULT_START } from './simulate.js';
import { terminal } from './terminal.js';
import { withOutflow } from './with-outflow.js';

/** Small enough for a minute on a laptop, large enough that "no other host" means something. */
const DEMO = { hosts: 12, days: 3, seed: 'demo' };
/** What the demo's Macs went through: one of each kind an analyst meets, and two that look alike but are innocent. */
const SCENARIOS = ['A01', 'A15', 'A21', 'A38', 'B02', 'B20'];

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('simulate a small fleet in real source formats, detect on it, and write an HTML report')
    .option('--out <dir>', 'directory for the telemetry and the report', 'outflow-demo')
    .action(async (flags: { readonly out: string }) => {
      try {
        rmSync(join(flags.out, 'fleet'), { recursive: true, force: true });
        mkdirSync(flags.out, { recursive: true });
      } catch (error) {
        throw failure('OF_OUTPUT_UNWRITABLE.demo', { path: flags.out }, error);
      }
      const result = await withProgress(async (progress) => {
        simulate({
          ...DEMO,
          start: Date.parse(`${DEFAULT_START}T00:00:00Z`),
          intensity: 1,
          scenarios: SCENARIOS,
          out: join(flags.out, 'fleet'),
          sources: ['eslogger', 'unified-log', 'elastic-defend'],
          withhold: new Set(),
          progress: (done, total) => progress('simulating a fleet', done, total),
        });
        const config = join(flags.out, 'fleet', 'outflow.yaml');
        const paths = [join(flags.out, 'fleet', 'telemetry')];
        return withOutflow({ config }, (outflow) => outflow.detect({ paths }, progress));
      });
      const report = join(flags.out, 'report.html');
      writeFileSync(report, renderHtml(result));
      process.stdout.write(renderTable(result, terminal()));
      process.stdout.write(
        `\nReport: ${report}\nThis was a simulated fleet. On your own files: npx outflow detect PATH…\n`,
      );
    });
}
