import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDay } from '../ground/day.js';
import { failure } from '../ground/errors.js';
import { renderScenarios, renderSimulated } from '../report/simulated.js';
import { WITHHOLDABLE, type Withheld } from '../simulate/event.js';
import { EXERCISE_DAYS } from '../simulate/exercise/simulate-exercise.js';
import { DEFAULT_SOURCES, simulate } from '../simulate/simulate.js';

/** A Monday; fixed, so that two runs with the same seed are the same bytes. */
export const DEFAULT_START = '2026-03-02';

export const DEFAULT_DAYS = 8;

interface Flags {
  readonly hosts: number;
  readonly days?: number;
  readonly seed: string;
  readonly out?: string;
  readonly source?: readonly string[];
  readonly scenario?: readonly string[];
  readonly twin?: readonly Withheld[];
  readonly start: string;
  readonly intensity: number;
  readonly byDay?: boolean;
  readonly exercise?: boolean;
  readonly list?: boolean;
}

export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('write a simulated fleet with incidents, in real source formats, and the truth about it')
    .option('--hosts <n>', 'number of Macs', wholeNumber, 60)
    .option(
      '--days <n>',
      `number of days (default: ${DEFAULT_DAYS}; ${EXERCISE_DAYS} with --exercise)`,
      wholeNumber,
    )
    .option('--seed <text>', 'same seed, same bytes', '1')
    .option('--out <dir>', 'empty directory for telemetry/ and truth.json')
    .option('--source <id...>', `source formats to write (default: ${DEFAULT_SOURCES.join(', ')})`)
    .option('--scenario <id...>', 'only these scenarios (default: as many as the fleet has room for)')
    .addOption(new Option('--twin <field...>', 'leave a field out of the telemetry').choices(WITHHOLDABLE))
    .option('--start <date>', 'first day, YYYY-MM-DD (UTC)', DEFAULT_START)
    .option('--intensity <factor>', 'how much people and apps do', positiveNumber, 1)
    .option('--by-day', 'one directory a day: telemetry/YYYY-MM-DD/')
    .option('--exercise', 'add what weeks bring: updates, a new agent, a slow ramp; implies --by-day')
    .option('--list', 'list the scenarios and stop')
    .action((flags: Flags) => {
      if (flags.list === true) {
        process.stdout.write(renderScenarios());
        return;
      }
      if (flags.out === undefined) throw failure('OF_USAGE.noOut');
      const exercise = flags.exercise === true;
      const days = flags.days ?? (exercise ? EXERCISE_DAYS : DEFAULT_DAYS);
      const truth = simulate({
        hosts: flags.hosts,
        days,
        seed: flags.seed,
        start: startTime(flags.start),
        intensity: flags.intensity,
        scenarios: flags.scenario,
        out: flags.out,
        sources: flags.source ?? DEFAULT_SOURCES,
        withhold: new Set(flags.twin ?? []),
        exercise,
        byDay: exercise || flags.byDay === true,
        progress: (done, total) => {
          if (done % 10 === 0 || done === total)
            process.stderr.write(`simulate: ${done} of ${total} hosts\n`);
        },
      });
      process.stdout.write(renderSimulated(truth, flags.out));
    });
}

/** Milliseconds of the day a fleet begins on. */
export function startTime(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw failure('OF_USAGE.noStartDay', { text });
  return Date.parse(`${day}T00:00:00Z`);
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError('use a whole number from 1 to 100000');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 100)
    throw new InvalidArgumentError('use a number above 0, at most 100');
  return value;
}
