import { Option, type Command } from 'commander';
import { loadConfig } from '../service/load-config.js';
import { detect } from '../service/detect.js';
import { type Store } from '../store/store.js';
import { openStore } from '../service/open-store.js';
import { EXIT, failure } from '../ground/errors.js';
import { record } from '../inventory/act.js';
import { suggestApprovals } from '../inventory/suggest/suggest.js';
import { EXERCISE_DAYS } from '../simulate/exercise/simulate-exercise.js';
import { renderLongValidation } from '../report/validation/long-table.js';
import { validateLong, type LongHooks } from '../simulate/validation/long/validate-long.js';
import { renderValidation } from '../report/validation/table.js';
import { validate } from '../simulate/validation/validate.js';
import { thenClose } from './existing-store.js';
import { showProgress } from './progress.js';
import { DEFAULT_DAYS, DEFAULT_START, startTime, positiveNumber, wholeNumber } from './simulate.js';

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
    .action(async (flags: Flags, command: Command) => {
      if (flags.long === true && command.getOptionValueSource('twins') === 'cli')
        throw failure('OF_USAGE.twinsOfExercise');
      // A broken configuration is told before anything is simulated.
      loadConfig(flags.config);
      const progress = showProgress();
      const { passed, text } = await (flags.long === true ? runLong : runShort)(
        flags,
        progress.update,
      ).finally(progress.clear);
      process.stdout.write(text);
      if (!passed) process.exitCode = EXIT.findings;
    });
}

interface Outcome {
  readonly passed: boolean;
  readonly text: string;
}

async function runShort(flags: Flags, progress: ReturnType<typeof showProgress>['update']): Promise<Outcome> {
  const { seeds } = flags;
  const report = await validate(
    {
      ...fleetOf(flags),
      days: flags.days ?? DEFAULT_DAYS,
      twinSeeds: { first: seeds.slice(0, 1), all: seeds, none: [] }[flags.twins],
      progress,
    },
    detect,
  );
  return { passed: report.passed, text: flags.format === 'json' ? json(report) : renderValidation(report) };
}

async function runLong(flags: Flags, progress: ReturnType<typeof showProgress>['update']): Promise<Outcome> {
  const report = await validateLong(
    { ...fleetOf(flags), days: flags.days ?? EXERCISE_DAYS, progress },
    LONG_HOOKS,
  );
  return {
    passed: report.passed,
    text: flags.format === 'json' ? json(report) : renderLongValidation(report),
  };
}

const json = (report: unknown): string => `${JSON.stringify(report, null, 2)}\n`;

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
  runDay: async ({ paths, store, config, now }) => {
    await detect({ paths, store, config, now });
  },
  suggest: async ({ store, config }) =>
    (await inStore(store, (opened) => suggestApprovals(opened, loadConfig(config)))).map(
      ({ approval }) => approval,
    ),
  accept: async ({ store, config, now, approvals }) => {
    // Suggestions leave open who answers for them; an exercise has nobody to ask.
    const answered = approvals.map((approval) => ({ ...approval, owner: 'exercise', reason: 'suggested' }));
    await inStore(store, (opened) =>
      record(opened, loadConfig(config), answered, { by: 'exercise', now }, 'suggestion'),
    );
  },
  findings: async ({ store, config, now }) => (await detect({ paths: [], store, config, now })).findings,
};

async function inStore<T>(target: string, use: (store: Store) => Promise<T>): Promise<T> {
  return thenClose(await openStore(target), use);
}

function seedList(text: string): readonly string[] {
  const seeds = text.split(',').map((seed) => seed.trim());
  if (seeds.some((seed) => seed === '') || new Set(seeds).size < seeds.length) {
    throw failure('OF_USAGE.seeds', { seeds: text });
  }
  return seeds;
}
