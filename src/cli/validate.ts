import { Option, type Command } from 'commander';
import { detect } from '../detect/detect.js';
import { EXIT, OutflowError } from '../errors.js';
import { renderValidation } from '../simulate/validation/table.js';
import { validate } from '../simulate/validation/validate.js';
import { showProgress } from './progress.js';
import { DEFAULT_START, parseDay, positiveNumber, wholeNumber } from './simulate.js';

/** What is judged without `--source`: one rich endpoint product, and what macOS itself can log. */
const DEFAULT_SOURCE_SETS: readonly (readonly string[])[] = [['elastic-defend'], ['eslogger', 'unified-log']];

interface Flags {
  readonly hosts: number;
  readonly days: number;
  readonly seeds: readonly string[];
  readonly source?: readonly string[];
  readonly scenario?: readonly string[];
  readonly config?: string;
  readonly inventory: boolean;
  readonly twins: 'first' | 'all' | 'none';
  readonly start: string;
  readonly intensity: number;
  readonly format: 'table' | 'json';
}

export function registerValidate(program: Command): void {
  program
    .command('validate')
    .description('detect on simulated fleets whose truth is known: recall, false findings, ranking')
    .option('--hosts <n>', 'number of Macs', wholeNumber, 60)
    .option('--days <n>', 'number of days', wholeNumber, 8)
    .option('--seeds <list>', 'fleets to simulate, separated by commas', seedList, ['1', '2', '3'])
    .option(
      '--source <id...>',
      'source formats of one fleet (default: elastic-defend; then eslogger with unified-log)',
    )
    .option('--scenario <id...>', 'only these scenarios')
    .option('--config <file>', 'configuration to validate')
    .option('--no-inventory', "do not add the simulated company's own domains and approvals")
    .addOption(
      new Option('--twins <seeds>', 'repeat must scenarios with each field missing')
        .choices(['first', 'all', 'none'])
        .default('first'),
    )
    .option('--start <date>', 'first day, YYYY-MM-DD (UTC)', DEFAULT_START)
    .option('--intensity <factor>', 'how much people and apps do', positiveNumber, 1)
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .action(async (flags: Flags) => {
      const progress = showProgress();
      const { seeds } = flags;
      const report = await validate(
        {
          hosts: flags.hosts,
          days: flags.days,
          seeds,
          sourceSets: flags.source === undefined ? DEFAULT_SOURCE_SETS : [flags.source],
          start: parseDay(flags.start),
          intensity: flags.intensity,
          scenarios: flags.scenario,
          config: flags.config,
          inventory: flags.inventory,
          twinSeeds: { first: seeds.slice(0, 1), all: seeds, none: [] }[flags.twins],
          progress: progress.update,
        },
        detect,
      ).finally(progress.clear);
      process.stdout.write(
        flags.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderValidation(report),
      );
      if (!report.passed) process.exitCode = EXIT.findings;
    });
}

function seedList(text: string): readonly string[] {
  const seeds = text.split(',').map((seed) => seed.trim());
  if (seeds.some((seed) => seed === '') || new Set(seeds).size < seeds.length) {
    throw new OutflowError(
      'OF_USAGE',
      `--seeds ${text}: give different seeds, separated by commas, such as 1,2,3`,
    );
  }
  return seeds;
}
