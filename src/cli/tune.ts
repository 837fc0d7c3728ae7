import { InvalidArgumentError, Option, type Command } from 'commander';
import { loadConfig } from '../service/load-config.js';
import { printable } from '../ground/printable.js';
import { backtest } from '../tuning/backtest.js';
import { budget, type Budget } from '../tuning/budget.js';
import { PROPOSED_FILE, refuseExisting, writeProposal } from '../tuning/proposed-file.js';
import type { RangeRequest } from '../tuning/replay-range.js';
import { proposeConfig } from '../tuning/settings.js';
import { showBacktest } from '../report/tuning/backtest.js';
import { budgetComment, showBudget } from '../report/tuning/budget.js';
import { ALERT_SEVERITIES, type AlertSeverity } from '../tuning/variants.js';
import { storeOption, utcDay } from './options.js';
import { showProgress } from './progress.js';
import { terminalWidth, useColor } from './terminal.js';
import { withTriage } from './triage-session.js';

interface Flags {
  readonly store: string;
  readonly config?: string;
  readonly since?: RangeRequest['since'];
  readonly until?: string;
  readonly format: 'table' | 'json';
}

interface BacktestFlags extends Flags {
  readonly set?: readonly string[];
  readonly proposed?: string;
}

interface BudgetFlags extends Flags {
  readonly alertsPerDay: number;
  readonly severity: AlertSeverity;
  readonly out: string;
  readonly force?: boolean;
}

export function registerTune(program: Command): void {
  const tune = program
    .command('tune')
    .description('what other settings would have found in the history of a store; changes nothing');
  registerBacktest(tune);
  registerBudget(tune);
}

function registerBacktest(tune: Command): void {
  replaying(tune, 'backtest', 'replay history under other settings, and show what would be found and lost')
    .option('--set <key=value...>', 'a setting to try; may be given several times')
    .option('--proposed <file>', 'try this configuration file instead of the one in force')
    .action(async (flags: BacktestFlags) => {
      const result = await withProgress((progress) =>
        withTriage(flags, ({ store, fold: { config, approvals, groupOf } }) => {
          const base = flags.proposed === undefined ? config : loadConfig(flags.proposed);
          const proposed = proposeConfig(base, flags.set ?? []);
          return backtest(store, config, proposed, { approvals, groupOf }, flags, progress);
        }),
      );
      print(flags, result, () => showBacktest(result, { width: terminalWidth(), color: useColor() }));
    });
}

function registerBudget(tune: Command): void {
  replaying(tune, 'budget', 'find settings that fit an alert budget, and write them to a proposed file')
    .requiredOption('--alerts-per-day <number>', 'new findings a day somebody has time for', positive)
    .addOption(
      new Option('--severity <severity>', 'least severity that makes an alert')
        .choices(ALERT_SEVERITIES)
        .default('medium'),
    )
    .option('--out <file>', 'where the proposed configuration goes', PROPOSED_FILE)
    .option('--force', 'replace a file that is there')
    .action(async (flags: BudgetFlags) => {
      if (flags.force !== true) refuseExisting(flags.out);
      const { alertsPerDay, severity, since, until } = flags;
      const { result, target } = await withProgress((progress) =>
        withTriage(flags, async ({ store, fold: { config, approvals, groupOf } }) => {
          const request = { alertsPerDay, severity, range: { since, until } };
          const found = await budget(store, config, { approvals, groupOf }, request, progress);
          return { result: found, target: store.target };
        }),
      );
      const written = propose(flags, result, target);
      print(flags, { ...result, proposed_file: written ? flags.out : null }, () =>
        [
          showBudget(result, { width: terminalWidth(), color: useColor() }),
          ...nextLines(flags.out, target, written),
        ].join(''),
      );
    });
}

/** Writes the recommended settings, unless they are in force already. */
function propose(flags: BudgetFlags, result: Budget, target: string): boolean {
  const changes = result.recommended?.settings ?? [];
  if (changes.length === 0) return false;
  const comment = budgetComment(result, target);
  writeProposal(flags.out, flags.config, changes, comment, flags.force === true);
  return true;
}

function nextLines(file: string, target: string, written: boolean): string[] {
  if (!written) return ['Nothing to propose: no file was written.\n'];
  const store = printable(target);
  const out = printable(file);
  return [
    `\nWritten to ${out}; nothing is in force until you use it:\n`,
    `  outflow tune backtest --store ${store} --proposed ${out}   see what it finds and loses\n`,
    `  outflow detect --store ${store} --config ${out}   judge by it from now on\n`,
  ];
}

function replaying(tune: Command, name: string, description: string): Command {
  return tune
    .command(name)
    .description(description)
    .addOption(storeOption())
    .option('--config <file>', 'YAML file with the configuration in force')
    .option('--since <days|date>', 'such as 14d, or a day YYYY-MM-DD (default: 14d)', sinceDay)
    .option('--until <date>', 'last day, YYYY-MM-DD (default: the last day that was judged)', utcDay)
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'));
}

async function withProgress<T>(
  work: (progress: ReturnType<typeof showProgress>['update']) => Promise<T>,
): Promise<T> {
  const progress = showProgress();
  try {
    return await work(progress.update);
  } finally {
    progress.clear();
  }
}

function print(flags: Flags, result: unknown, table: () => string): void {
  process.stdout.write(flags.format === 'json' ? `${JSON.stringify(result)}\n` : table());
}

function sinceDay(text: string): NonNullable<RangeRequest['since']> {
  const days = /^([1-9]\d{0,3})d$/.exec(text)?.[1];
  return days === undefined ? utcDay(text) : { days: Number(days) };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Use a number above 0, such as 5 or 0.5.');
  return value;
}
