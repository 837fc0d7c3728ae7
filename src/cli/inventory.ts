import { InvalidArgumentError, Option, type Command } from 'commander';
import { loadConfig } from '../service/load-config.js';
import { approve, revoke, type Acting } from '../inventory/act.js';
import { parseBytes, parseSeconds } from '../ground/amounts.js';
import { printApprovals } from '../inventory/approval-file.js';
import type { ApprovalOptions } from '../inventory/build-approval.js';
import { importApprovals } from '../inventory/import.js';
import { resolveInventory } from '../approvals/resolve.js';
import { reviewStore } from '../inventory/review-store.js';
import { showInventory, showReview, showSuggestions } from '../report/inventory.js';
import { acceptSuggestions } from '../inventory/suggest/accept.js';
import { suggestApprovals } from '../inventory/suggest/suggest.js';
import { type Store } from '../store/store.js';
import { openStore } from '../service/open-store.js';
import { printable } from '../ground/printable.js';
import { thenClose } from './existing-store.js';
import { isoTime, storeOption, utcDay } from './options.js';
import { terminalWidth, useColor } from './terminal.js';
import { currentUser, withTriage } from './triage-session.js';

interface Flags {
  readonly store: string;
  readonly config?: string;
  readonly format: 'table' | 'json' | 'yaml';
  readonly now?: string;
}

interface ActingFlags extends Flags {
  readonly by: string;
}

const SCHEMA = 'outflow.inventory/1';

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
      const entries = await within(flags, (store) => resolveInventory(store, loadConfig(flags.config)));
      print(flags, { approvals: entries.map(({ approval, ...rest }) => ({ ...approval, ...rest })) }, () =>
        showInventory(entries, terminal()),
      );
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
    .option('--max-bytes-per-day <size>', 'such as 2GB', bytes)
    .option('--max-duration <time>', 'longest connection, such as 12h', seconds)
    .option('--host <name...>', 'names or ids of hosts; * for every host')
    .option('--group <name...>', 'peer groups');
  answered(command)
    .option('--expires <date>', 'last day it holds, YYYY-MM-DD')
    .action(async (name: string, flags: ActingFlags & ApprovalOptions & { readonly finding?: string }) => {
      const done = await withinNew(flags, (store) =>
        approve(
          store,
          loadConfig(flags.config),
          { name, finding: flags.finding, options: flags },
          actingOf(flags),
        ),
      );
      print(flags, done, () => lines(done.said));
      warn(done.warnings);
    });
}

function registerRevoke(inventory: Command): void {
  acting(inventory, 'revoke', 'take an approval back; what it approved until then stays approved')
    .argument('<name>', 'name of the approval')
    .option('--on <date>', 'last day it holds, YYYY-MM-DD (default: today)', utcDay)
    .option('--reason <text>', 'why')
    .action(async (name: string, flags: ActingFlags & { readonly on?: string; readonly reason?: string }) => {
      const done = await within(flags, (store) =>
        revoke(
          store,
          loadConfig(flags.config),
          { name, on: flags.on, reason: flags.reason ?? '' },
          actingOf(flags),
        ),
      );
      print(flags, done, () => lines(done.said));
      warn(done.warnings);
    });
}

function registerImport(inventory: Command): void {
  acting(inventory, 'import', 'take over approvals of a reviewed YAML file, all of them or none')
    .argument('<file>', 'a list, or a mapping with `approvals:`')
    .action(async (file: string, flags: ActingFlags) => {
      const done = await withinNew(flags, (store) =>
        importApprovals(store, loadConfig(flags.config), file, actingOf(flags)),
      );
      print(flags, done, () => lines(done.said));
      warn(done.warnings);
    });
}

function registerExport(inventory: Command): void {
  configured(inventory.command('export').description('print all approvals as YAML that import takes back'))
    .addOption(format(['yaml', 'json'], 'yaml'))
    .action(async (flags: Flags) => {
      const entries = await within(flags, (store) => resolveInventory(store, loadConfig(flags.config)));
      const approvals = entries.map(({ approval }) => approval);
      print(flags, { approvals }, () => printApprovals(approvals));
    });
}

function registerReview(inventory: Command): void {
  reading(inventory, 'review', 'what each approval hides, and which are unused, too wide, ending or weak')
    .addOption(now())
    .action(async (flags: Flags) => {
      const { asOf, reviewed } = await within(flags, (store) =>
        reviewStore(store, loadConfig(flags.config), flags.now),
      );
      print(flags, { as_of: asOf, approvals: reviewed }, () => showReview(reviewed, asOf, terminal()));
    });
}

function registerSuggest(inventory: Command): void {
  const command = configured(
    inventory
      .command('suggest')
      .description('propose approvals of steady uploads, with the evidence for each'),
  )
    .addOption(format(['table', 'json', 'yaml'], 'table'))
    .addOption(by())
    .addOption(now())
    .option('--accept <name...>', 'put these proposals into the store; needs --owner and --reason');
  answered(command)
    .option('--expires <date>', 'last day the accepted ones hold, YYYY-MM-DD (default: as proposed)')
    .action(async (flags: ActingFlags & ApprovalOptions & { readonly accept?: readonly string[] }) => {
      const config = loadConfig(flags.config);
      if (flags.accept !== undefined) {
        const names = flags.accept;
        const done = await within(flags, (store) =>
          acceptSuggestions(store, config, names, flags, actingOf(flags)),
        );
        print(flags, done, () => lines(done.said));
        warn(done.warnings);
        return;
      }
      const suggestions = await within(flags, (store) => suggestApprovals(store, config));
      print(flags, { suggestions }, () =>
        flags.format === 'yaml'
          ? printApprovals(
              suggestions.map(({ approval }) => approval),
              ' Proposed by `outflow inventory suggest`. Fill in owner and reason of what you accept, delete the rest, review and import.',
            )
          : showSuggestions(suggestions, terminal()),
      );
    });
}

function configured(command: Command): Command {
  return command
    .addOption(storeOption())
    .option('--config <file>', 'YAML file with values that differ from the defaults');
}

function reading(inventory: Command, name: string, description: string): Command {
  return configured(inventory.command(name).description(description)).addOption(
    format(['table', 'json'], 'table'),
  );
}

function acting(inventory: Command, name: string, description: string): Command {
  return reading(inventory, name, description).addOption(by()).addOption(now());
}

function answered(command: Command): Command {
  return command
    .option('--owner <who>', 'who answers for it')
    .option('--reason <text>', 'why')
    .option('--ticket <id>', 'where it was agreed');
}

const by = (): Option => new Option('--by <who>', 'who decides').default(currentUser(), 'your account');

const now = (): Option => new Option('--now <time>', 'time of the decision').argParser(isoTime).hideHelp();

const format = (choices: readonly string[], preset: string): Option =>
  new Option('--format <format>', 'output format').choices(choices).default(preset);

const actingOf = (flags: ActingFlags): Acting => ({ by: flags.by, now: flags.now });

const terminal = (): { width: number; color: boolean } => ({ width: terminalWidth(), color: useColor() });

/** Reads a store that exists: a mistyped directory must not look like one in which nothing is approved. */
const within = <T>(flags: Flags, work: (store: Store) => Promise<T>): Promise<T> =>
  withTriage(flags, ({ store }) => work(store));

/** Approvals may be the first thing a new store gets. */
async function withinNew<T>(flags: Flags, work: (store: Store) => Promise<T>): Promise<T> {
  return thenClose(await openStore(flags.store), work);
}

function print(flags: Flags, value: object, text: () => string): void {
  process.stdout.write(
    flags.format === 'json' ? `${JSON.stringify({ schema: SCHEMA, ...value })}\n` : text(),
  );
}

const lines = (said: readonly string[]): string => said.map((line) => `${printable(line)}\n`).join('');

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`outflow: ${printable(warning)}\n`);
}

function bytes(text: string): number {
  const amount = parseBytes(text);
  if (amount === undefined) throw new InvalidArgumentError('Use a size, such as 2GB or 500MB.');
  return amount;
}

function seconds(text: string): number {
  const amount = parseSeconds(text);
  if (amount === undefined) throw new InvalidArgumentError('Use a time, such as 12h or 90min.');
  return amount;
}
