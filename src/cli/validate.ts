import { Option, type Command } from 'commander';
import { loadConfig } from '../service/load-config.js';
import { EXIT, failure } from '../ground/errors.js';
import { EXERCISE_DAYS } from '../simulate/exercise/simulate-exercise.js';
import { renderLongValidation } from '../report/validation/long-table.js';
import { validateLong, type LongHooks } from '../simulate/validation/long/validate-long.js';
import { renderValidation } from '../report/validation/table.js';
import { validate } from '../simulate/validation/validate.js';
import { configOption, formatOption } from './options.js';
import { print } from './print.js';
import { withProgress } from './progress.js';
import { jsonText } from '../report/json.js';
import { withOutflow } from './with-outflow.js';
import { DEFAULT_DAYS, DEFAULT_START, positiveNumber, startTime, wholeNumber } from './simulate.js';

/** What is judged without `--source`: one rich endpoint product, and what macOS itself can log. */
const DEFAULT_SOURCE_SETS: readonly (readonly string[])[] = [['elastic-defend'], ['eslogger', 'unified-log']];

interface Flags {
  readonly hosts: number;
  readonly days?: number;
  readonly long?: boolean;
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
    .option(
      '--days <n>',
      `number of days (default: ${DEFAULT_DAYS}; ${EXERCISE_DAYS} with --long)`,
      wholeNumber,
    )
    .option('--long', 'the long exercise: weeks in daily steps over one store')
    .option('--seeds <list>', 'fleets to simulate, separated by commas', seedList, ['1', '2', '3'])
    .option(
      '--source <id...>',
      'source formats of one fleet (default: elastic-defend; then eslogger with unified-log)',
    )
    .option('--scenario <id...>', 'only these scenarios')
    .addOption(configOption('configuration to validate'))
    .option('--no-inventory', "do not add the simulated company's own domains and approvals")
    .addOption(
      new Option('--twins <seeds>', 'repeat must scenarios with each field missing')
        .choices(['first', 'all', 'none'])
        .default('first'),
    )
    .option('--start <date>', 'first day, YYYY-MM-DD (UTC)', DEFAULT_START)
    .option('--intensity <factor>', 'how much people and apps do', positiveNumber, 1)
    .addOption(formatOption('table', 'json'))
    .action(async (flags: Flags, command: Command) => {
      if (flags.long === true && command.getOptionValueSource('twins') === 'cli')
        throw failure('OF_USAGE.twinsOfExercise');
      // A broken configuration is told before anything is simulated.
      loadConfig(flags.config);
      const passed = await (flags.long === true ? runLong : runShort)(flags);
      if (!passed) process.exitCode = EXIT.findings;
    });
}

async function runShort(flags: Flags): Promise<boolean> {
  const { seeds } = flags;
  const report = await withProgress((progress) =>
    validate(
      {
        ...fleetOf(flags),
        days: flags.days ?? DEFAULT_DAYS,
        twinSeeds: { first: seeds.slice(0, 1), all: seeds, none: [] }[flags.twins],
        progress,
      },
      ({ paths, config, now, progress: update }) =>
        withOutflow({ config, now }, (outflow) => outflow.detect({ paths }, update)),
    ),
  );
  print(flags.format, { json: () => jsonText(report), table: () => renderValidation(report) });
  return report.passed;
}

async function runLong(flags: Flags): Promise<boolean> {
  const report = await withProgress((progress) =>
    validateLong({ ...fleetOf(flags), days: flags.days ?? EXERCISE_DAYS, progress }, LONG_HOOKS),
  );
  print(flags.format, { json: () => jsonText(report), table: () => renderLongValidation(report) });
  return report.passed;
}

function fleetOf(flags: Flags) {
  return {
    hosts: flags.hosts,
    seeds: flags.seeds,
    sourceSets: flags.source === undefined ? DEFAULT_SOURCE_SETS : [flags.source],
    start: startTime(flags.start),
    intensity: flags.intensity,
    scenarios: flags.scenario,
    config: flags.config,
    inventory: flags.inventory,
  };
}

/** The store-backed detection that the long mode drives. */
const LONG_HOOKS: LongHooks = {
  runDay: async ({ paths, ...moment }) => {
    await withOutflow(moment, (outflow) => outflow.detect({ paths }));
  },
  suggest: async (moment) => {
    const { suggestions } = await withOutflow(moment, (outflow) => outflow.inventory.suggest());
    return suggestions.map(({ approval }) => approval);
  },
  accept: async ({ approvals, ...moment }) => {
    // Suggestions leave open who answers for them; an exercise has nobody to ask.
    const answered = approvals.map((approval) => ({ ...approval, owner: 'exercise', reason: 'suggested' }));
    await withOutflow({ ...moment, by: 'exercise' }, (outflow) =>
      outflow.inventory.import(answered, { asOf: moment.now }),
    );
  },
  findings: async (moment) => (await withOutflow(moment, (outflow) => outflow.detect({}))).findings,
};

function seedList(text: string): readonly string[] {
  const seeds = text.split(',').map((seed) => seed.trim());
  if (seeds.some((seed) => seed === '') || new Set(seeds).size < seeds.length) {
    throw failure('OF_USAGE.seeds', { seeds: text });
  }
  return seeds;
}
