import type { Command } from 'commander';
import { writeBaselineFile } from '../baseline/baseline-file.js';
import { renderHabits } from '../report/baseline/habits.js';
import { renderBuilt, renderDrift, renderVersions } from '../report/baseline/versions.js';
import { jsonText } from '../report/json.js';
import { configOption, formatOption, nowOption, storeOption, utcDay } from './options.js';
import { print, printPieces } from './print.js';
import { terminal } from './terminal.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface Flags extends OutflowFlags {
  readonly format: 'table' | 'json';
}

interface BuildFlags extends Flags {
  readonly from?: string;
  readonly until?: string;
  readonly name: string;
}

interface ShowFlags extends Flags {
  readonly baseline?: string;
  readonly host?: string;
}

export function registerBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .description('what is normal here: frozen, compared, carried elsewhere');
  registerBuild(baseline);
  registerList(baseline);
  registerShow(baseline);
  registerDiff(baseline);
  registerExport(baseline);
  registerImport(baseline);
}

function registerBuild(baseline: Command): void {
  baseline
    .command('build')
    .description('freeze what is normal now')
    .addOption(storeOption())
    .addOption(configOption())
    .option(
      '--from <day>',
      'first day to learn from, YYYY-MM-DD (default: four weeks before the last)',
      utcDay,
    )
    .option('--until <day>', 'last day to learn from, YYYY-MM-DD (default: the last of the store)', utcDay)
    .option('--name <text>', 'what to call it', '')
    .addOption(formatOption('table', 'json'))
    .addOption(nowOption())
    .action(async (flags: BuildFlags) => {
      const { from, until, name } = flags;
      const built = await withOutflow(flags, (outflow) => outflow.baseline.build({ from, until, name }));
      print(flags.format, { json: () => jsonText(built), table: () => renderBuilt(built) });
    });
}

function registerList(baseline: Command): void {
  baseline
    .command('list')
    .description('list the baselines of a store and what cites them')
    .addOption(storeOption())
    .addOption(formatOption('table', 'json'))
    .action(async (flags: Flags) => {
      const list = await withOutflow(flags, (outflow) => outflow.baseline.list());
      print(flags.format, { json: () => jsonText(list), table: () => renderVersions(list, terminal()) });
    });
}

function registerShow(baseline: Command): void {
  baseline
    .command('show')
    .description('show what is usual for an actor: fleet, peer groups, hosts')
    .argument('<actor>', "part of the actor's name, in any letter case")
    .addOption(storeOption())
    .option('--baseline <version>', 'id or name of the baseline (default: the latest)')
    .option('--host <name>', 'only this host, by id or name')
    .addOption(formatOption('table', 'json'))
    .action(async (actor: string, flags: ShowFlags) => {
      const habits = await withOutflow(flags, (outflow) => outflow.baseline.show(actor, flags));
      print(flags.format, {
        json: () => jsonText(habits),
        table: () => renderHabits(habits, actor, terminal()),
      });
    });
}

function registerDiff(baseline: Command): void {
  baseline
    .command('diff')
    .description('show what changed between two baselines')
    .argument('<a>', 'id or name of the earlier baseline')
    .argument('<b>', 'id or name of the later baseline')
    .addOption(storeOption())
    .addOption(formatOption('table', 'json'))
    .action(async (a: string, b: string, flags: Flags) => {
      const drift = await withOutflow(flags, (outflow) => outflow.baseline.diff(a, b));
      print(flags.format, { json: () => jsonText(drift), table: () => renderDrift(drift, terminal()) });
    });
}

function registerExport(baseline: Command): void {
  baseline
    .command('export')
    .description('write a baseline as lines of JSON')
    .argument('<version>', 'id or name of the baseline')
    .argument('[file]', 'new file, compressed when its name ends with .gz (default: standard output)')
    .addOption(storeOption())
    .action((version: string, file: string | undefined, flags: OutflowFlags) =>
      withOutflow(flags, async ({ baseline: { export: lines } }) => {
        if (file === undefined) await printPieces(lines(version));
        else await writeBaselineFile(file, lines(version));
      }),
    );
}

function registerImport(baseline: Command): void {
  baseline
    .command('import')
    .description('read an exported baseline into a store')
    .argument('<file>', 'file written by baseline export, or - for standard input')
    .addOption(storeOption())
    .addOption(nowOption())
    .action(async (file: string, flags: OutflowFlags) => {
      const { version, isNew } = await withOutflow(flags, (outflow) => outflow.baseline.import(file));
      process.stdout.write(isNew ? `${version}\n` : `${version} (the store had it already)\n`);
    });
}
