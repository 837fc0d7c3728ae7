import type { Command } from 'commander';
import { printApprovals } from '../inventory/approval-file.js';
import type { ApprovalOptions } from '../inventory/build-approval.js';
import {
  showDone,
  showInventory,
  showReview,
  showSuggestions,
  suggestionsYaml,
} from '../report/inventory.js';
import { jsonLine } from '../report/json.js';
import type { InventoryDone } from '../service/inventory.js';
import {
  byOption,
  byteSize,
  configOption,
  formatOption,
  nowOption,
  storeOption,
  timeSpan,
  utcDay,
} from './options.js';
import { print, warn } from './print.js';
import { terminal } from './terminal.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface Flags extends OutflowFlags {
  readonly format: 'table' | 'json';
}

export function registerInventory(program: Command): void {
  const inventory = program
    .command('inventory')
    .description('what is approved to send data out, beside the approvals of the configuration');
  registerList(inventory);
  registerApprove(inventory);
  registerRevoke(inventory);
  registerImport(inventory);
  registerExport(inventory);
  registerReview(inventory);
  registerSuggest(inventory);
}

function registerList(inventory: Command): void {
  reading(inventory, 'list', 'list approvals of the store and the configuration').action(
    async (flags: Flags) => {
      const list = await withOutflow(flags, (outflow) => outflow.inventory.list());
      print(flags.format, { json: () => jsonLine(list), table: () => showInventory(list, terminal()) });
    },
  );
}

function registerApprove(inventory: Command): void {
  const command = acting(inventory, 'approve', 'approve an upload, of a finding or as options say')
    .argument('<name>', 'how findings will cite it; one of the same name is replaced')
    .option('--finding <id>', 'take program, host, destinations and bounds from this finding')
    .option('--team-id <id>', 'Team ID of its signature')
    .option('--signing-id <id>', 'signing id')
    .option('--cdhash <hash>', 'code hash of one build')
    .option('--executable <path>', 'path, * for any run of characters; the weakest binding')
    .option('--parent <path>', 'path of the program that starts it')
    .option('--actor <actor>', 'actor as findings name it')
    .option('--destination <name...>', 'domains with all below them, or addresses; * for anywhere')
    .option('--max-bytes-per-day <size>', 'such as 2GB', byteSize)
    .option('--max-duration <time>', 'longest connection, such as 12h', timeSpan)
    .option('--host <name...>', 'names or ids of hosts; * for every host')
    .option('--group <name...>', 'peer groups');
  answered(command)
    .option('--expires <date>', 'last day it holds, YYYY-MM-DD')
    .action(async (name: string, flags: Flags & ApprovalOptions & { readonly finding?: string }) => {
      tell(
        flags,
        await withOutflow(flags, (outflow) => outflow.inventory.approve(name, { ...flags, asOf: flags.now })),
      );
    });
}

function registerRevoke(inventory: Command): void {
  acting(inventory, 'revoke', 'take an approval back; what it approved until then stays approved')
    .argument('<name>', 'name of the approval')
    .option('--on <date>', 'last day it holds, YYYY-MM-DD (default: today)', utcDay)
    .option('--reason <text>', 'why')
    .action(async (name: string, flags: Flags & { readonly on?: string; readonly reason?: string }) => {
      const { on, reason, now } = flags;
      tell(
        flags,
        await withOutflow(flags, (outflow) => outflow.inventory.revoke(name, { on, reason, asOf: now })),
      );
    });
}

function registerImport(inventory: Command): void {
  acting(inventory, 'import', 'take over approvals of a reviewed YAML file, all of them or none')
    .argument('<file>', 'a list, or a mapping with `approvals:`')
    .action(async (file: string, flags: Flags) => {
      tell(flags, await withOutflow(flags, (outflow) => outflow.inventory.import(file, { asOf: flags.now })));
    });
}

function registerExport(inventory: Command): void {
  configured(inventory.command('export').description('print all approvals as YAML that import takes back'))
    .addOption(formatOption('yaml', 'json'))
    .action(async (flags: OutflowFlags & { readonly format: 'yaml' | 'json' }) => {
      const exported = await withOutflow(flags, (outflow) => outflow.inventory.export());
      print(flags.format, {
        json: () => jsonLine(exported),
        yaml: () => printApprovals(exported.approvals),
      });
    });
}

function registerReview(inventory: Command): void {
  reading(inventory, 'review', 'what each approval hides, and which are unused, too wide, ending or weak')
    .addOption(nowOption())
    .action(async (flags: Flags) => {
      const review = await withOutflow(flags, (outflow) => outflow.inventory.review({ asOf: flags.now }));
      print(flags.format, { json: () => jsonLine(review), table: () => showReview(review, terminal()) });
    });
}

interface SuggestFlags extends OutflowFlags, ApprovalOptions {
  readonly format: 'table' | 'json' | 'yaml';
  readonly accept?: readonly string[];
}

function registerSuggest(inventory: Command): void {
  const command = configured(
    inventory
      .command('suggest')
      .description('propose approvals of steady uploads, with the evidence for each'),
  )
    .addOption(formatOption('table', 'json', 'yaml'))
    .addOption(byOption())
    .addOption(nowOption())
    .option('--accept <name...>', 'put these proposals into the store; needs --owner and --reason');
  answered(command)
    .option('--expires <date>', 'last day the accepted ones hold, YYYY-MM-DD (default: as proposed)')
    .action((flags: SuggestFlags) =>
      flags.accept === undefined ? suggest(flags) : accept(flags, flags.accept),
    );
}

async function suggest(flags: SuggestFlags): Promise<void> {
  const proposed = await withOutflow(flags, (outflow) => outflow.inventory.suggest());
  print(flags.format, {
    json: () => jsonLine(proposed),
    yaml: () => suggestionsYaml(proposed.suggestions),
    table: () => showSuggestions(proposed.suggestions, terminal()),
  });
}

async function accept(flags: SuggestFlags, names: readonly string[]): Promise<void> {
  tell(
    flags,
    await withOutflow(flags, (outflow) => outflow.inventory.accept(names, { ...flags, asOf: flags.now })),
  );
}

function configured(command: Command): Command {
  return command.addOption(storeOption()).addOption(configOption());
}

function reading(inventory: Command, name: string, description: string): Command {
  return configured(inventory.command(name).description(description)).addOption(
    formatOption('table', 'json'),
  );
}

function acting(inventory: Command, name: string, description: string): Command {
  return reading(inventory, name, description).addOption(byOption()).addOption(nowOption());
}

function answered(command: Command): Command {
  return command
    .option('--owner <who>', 'who answers for it')
    .option('--reason <text>', 'why')
    .option('--ticket <id>', 'where it was agreed');
}

/** Says what was done, and what is odd about it. */
function tell({ format }: { readonly format: 'table' | 'json' | 'yaml' }, done: InventoryDone): void {
  const words = (): string => showDone(done);
  print(format, { json: () => jsonLine(done), table: words, yaml: words });
  warn(done.warnings);
}
