import { Option, type Command } from 'commander';
import { discoverInputs } from '../landing/discover.js';
import { landAll, type LandedInput } from '../landing/land-all.js';
import { openStore } from '../service/open-store.js';
import { SOURCES } from '../sources/registry.js';
import { printable } from '../ground/printable.js';
import { formatCount } from '../ground/units.js';
import { showProgress } from './progress.js';
import { ianaZone, memorySize, storeOption } from './options.js';

interface Flags {
  readonly store: string;
  readonly source?: string;
  readonly host?: string;
  readonly timezone?: string;
  readonly memory?: number;
  readonly format: 'table' | 'json';
}

export function registerIngest(program: Command): void {
  program
    .command('ingest')
    .description('read telemetry into a store, to be judged by `detect --store` later')
    .argument('<path...>', 'files, directories, glob patterns or - for standard input')
    .addOption(storeOption())
    .addOption(new Option('--source <name>', 'read every file as this source').choices([...SOURCES.keys()]))
    .option('--host <name>', 'host of sources that name none (default: file name up to its first dot)')
    .option(
      '--timezone <zone>',
      'IANA zone of sources that log local time without an offset (default: UTC)',
      ianaZone,
    )
    .option(
      '--memory <size>',
      'working memory of the engine, e.g. 700M or 2GiB (default: 700MiB)',
      memorySize,
    )
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .action(async (paths: string[], flags: Flags) => {
      const progress = showProgress();
      const inputs = await discoverInputs(paths);
      try {
        const store = await openStore(flags.store, memoryOf(flags));
        try {
          const { input, known } = await landAll(
            store,
            inputs.files,
            { paths, source: flags.source, host: flags.host, timezone: flags.timezone },
            progress.update,
          );
          progress.clear();
          process.stdout.write(
            flags.format === 'json'
              ? `${JSON.stringify({ ...input, known })}\n`
              : sentence(input, known, store.target),
          );
        } finally {
          await store.close();
        }
      } finally {
        progress.clear();
        inputs.dispose();
      }
    });
}

function memoryOf({ memory }: Flags): { memoryBytes?: number } {
  return memory === undefined ? {} : { memoryBytes: memory };
}

function sentence(landed: LandedInput, known: number, target: string): string {
  const skipped = landed.skipped_files.map(
    ({ file, reason }) => `not read: ${printable(file)} (${reason})\n`,
  );
  return `${[
    `${formatCount(landed.files)} ${landed.files === 1 ? 'file' : 'files'} in ${printable(target)}`,
    ...(known > 0 ? [`${formatCount(known)} of them known already`] : []),
    `${formatCount(landed.lines)} lines`,
    `${formatCount(landed.accepted)} accepted`,
    `${formatCount(landed.rejected)} rejected`,
  ].join(', ')}.\n${skipped.join('')}`;
}
