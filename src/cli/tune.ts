import { InvalidArgumentError, Option, type Command } from 'commander';
import { jsonLine } from '../report/json.js';
import { showBacktest } from '../report/tuning/backtest.js';
import { budgetComment, showBudget, showProposal } from '../report/tuning/budget.js';
import { PROPOSED_FILE, refuseExisting } from '../tuning/proposed-file.js';
import type { RangeRequest } from '../tuning/replay-range.js';
import { ALERT_SEVERITIES, type AlertSeverity } from '../tuning/variants.js';
import { configOption, formatOption, storeOption, utcDay } from './options.js';
import { print } from './print.js';
import { withProgress } from './progress.js';
import { terminal } from './terminal.js';
import { withOutflow } from './with-outflow.js';

interface Flags extends RangeRequest {
  readonly store: string;
  readonly config?: string;
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
      const { set: settings, proposed, since, until } = flags;
      const result = await withOutflow(flags, (outflow) =>
        withProgress((progress) => outflow.tune.backtest({ settings, proposed, since, until }, progress)),
      );
      print(flags.format, { json: () => jsonLine(result), table: () => showBacktest(result, terminal()) });
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
      const { alertsPerDay, severity, since, until, out, force = false } = flags;
      if (!force) refuseExisting(out);
      await withOutflow(flags, async (outflow) => {
        const request = { alertsPerDay, severity, range: { since, until } };
        const found = await withProgress((progress) => outflow.tune.budget(request, progress));
        const target = outflow.target ?? flags.store;
        const comment = budgetComment(found, target);
        const written = await outflow.tune.propose(found, out, { comment, force });
        print(flags.format, {
          json: () => jsonLine({ ...found, proposed_file: written ? out : null }),
          table: () => showBudget(found, terminal()) + showProposal(out, target, written),
        });
      });
    });
}

function replaying(tune: Command, name: string, description: string): Command {
  return tune
    .command(name)
    .description(description)
    .addOption(storeOption())
    .addOption(configOption('YAML file with the configuration in force'))
    .option('--since <days|date>', 'such as 14d, or a day YYYY-MM-DD (default: 14d)', sinceDay)
    .option('--until <date>', 'last day, YYYY-MM-DD (default: the last day that was judged)', utcDay)
    .addOption(formatOption('table', 'json'));
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
