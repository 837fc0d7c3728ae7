import type { Command } from 'commander';
import { renderIngested } from '../report/ingested.js';
import { jsonLine } from '../report/json.js';
import { formatOption, readingOptions, storeOption, type ReadingFlags } from './options.js';
import { print } from './print.js';
import { withProgress } from './progress.js';
import { withOutflow } from './with-outflow.js';

interface Flags extends ReadingFlags {
  readonly store: string;
  readonly format: 'table' | 'json';
}

export function registerIngest(program: Command): void {
  const ingest = program
    .command('ingest')
    .description('read telemetry into a store, to be judged by `detect --store` later')
    .argument('<path...>', 'files, directories, glob patterns or - for standard input')
    .addOption(storeOption());
  for (const option of readingOptions()) ingest.addOption(option);
  ingest.addOption(formatOption('table', 'json')).action((paths: string[], flags: Flags) =>
    withOutflow(flags, async (outflow) => {
      const landed = await withProgress((progress) => outflow.ingest({ ...flags, paths }, progress));
      print(flags.format, {
        json: () => jsonLine(landed),
        table: () => renderIngested(landed, outflow.target ?? flags.store),
      });
    }),
  );
}
