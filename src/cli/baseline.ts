import { Option, type Command } from 'commander';
import { readBaselineFile, writeBaselineFile } from '../baseline/baseline-file.js';
import { readCitations } from '../triage/citations.js';
import { driftBetween } from '../baseline/drift.js';
import { exportLines } from '../baseline/export.js';
import { readHabits } from '../baseline/habits.js';
import { importLines } from '../baseline/import.js';
import { renderHabits } from '../report/baseline/habits.js';
import { renderDrift, renderVersions } from '../report/baseline/versions.js';
import { listVersions, readVersion } from '../baseline/version-store.js';
import type { BaselineVersion } from '../baseline/version.js';
import { freezeBaseline } from '../detect/baselines.js';
import { loadConfig } from '../service/load-config.js';
import { type Store } from '../store/store.js';
import { openStore } from '../service/open-store.js';
import { OutflowError } from '../ground/errors.js';
import { printable } from '../ground/printable.js';
import { formatPlural } from '../ground/units.js';
import { appendDecision } from '../decisions/decisions.js';
import { thenClose } from './existing-store.js';
import { openExistingStore } from '../service/open-store.js';
import { isoTime, storeOption, utcDay } from './options.js';
import { terminalWidth, useColor } from './terminal.js';
import { currentUser } from './triage-session.js';

interface StoreFlags {
  readonly store: string;
  readonly format: 'table' | 'json';
}

interface BuildFlags extends StoreFlags {
  readonly config?: string;
  readonly from?: string;
  readonly until?: string;
  readonly name: string;
  readonly now?: string;
}

export function registerBaseline(program: Command): void {
  const baseline = program
    .command('baseline')
    .description('what is normal here: frozen, compared, carried elsewhere');
  registerBuild(baseline);
  registerList(baseline);
  registerShow(baseline);
  registerDiff(baseline);
  registerTransfer(baseline);
}

function registerBuild(baseline: Command): void {
  baseline
    .command('build')
    .description('freeze what is normal now')
    .addOption(storeOption())
    .option('--config <file>', 'YAML file with values that differ from the defaults')
    .option(
      '--from <day>',
      'first day to learn from, YYYY-MM-DD (default: four weeks before the last)',
      utcDay,
    )
    .option('--until <day>', 'last day to learn from, YYYY-MM-DD (default: the last of the store)', utcDay)
    .option('--name <text>', 'what to call it', '')
    .addOption(formatOption())
    .addOption(nowOption())
    .action((flags: BuildFlags) =>
      withStore(flags, async (store) => {
        const now = flags.now ?? new Date().toISOString();
        const known = new Set((await listVersions(store)).map(({ version }) => version));
        const built = await freezeBaseline(store, loadConfig(flags.config), { ...flags, now });
        if (!known.has(built.version)) await record(store, 'build', built.version, now);
        if (flags.format === 'json') return json(built);
        const left = built.excluded.length;
        return (
          `${built.version}\n` +
          (left === 0 ? '' : `Left out: what ${formatPlural(left, 'subject')} did while it was a finding.\n`)
        );
      }),
    );
}

function registerList(baseline: Command): void {
  baseline
    .command('list')
    .description('list the baselines of a store and what cites them')
    .addOption(storeOption())
    .addOption(formatOption())
    .action((flags: StoreFlags) =>
      withStore(flags, async (store) => {
        const versions = await listVersions(store);
        const citations = await readCitations(store);
        return flags.format === 'json'
          ? json({
              baselines: versions.map((one) => ({
                ...plain(one),
                cited_by: citations.get(one.version) ?? NOT_CITED,
              })),
            })
          : renderVersions(versions, citations, terminal());
      }),
    );
}

function registerShow(baseline: Command): void {
  baseline
    .command('show')
    .description('show what is usual for an actor: fleet, peer groups, hosts')
    .argument('<actor>', "part of the actor's name, in any letter case")
    .addOption(storeOption())
    .option('--baseline <version>', 'id or name of the baseline (default: the latest)')
    .option('--host <name>', 'only this host, by id or name')
    .addOption(formatOption())
    .action((actor: string, flags: StoreFlags & { readonly baseline?: string; readonly host?: string }) =>
      withStore(flags, async (store) => {
        const { version } = await chosen(store, flags.baseline);
        const habits = await readHabits(store, version, actor, flags.host);
        const citations = (await readCitations(store, actor)).get(version);
        if (flags.format === 'json') return json({ version, ...habits, cited_by: citations ?? NOT_CITED });
        return habits.found === 0
          ? `Baseline ${version} knows no actor with "${printable(actor)}" in its name.\n`
          : renderHabits(version, habits, citations, terminal());
      }),
    );
}

function registerDiff(baseline: Command): void {
  baseline
    .command('diff')
    .description('show what changed between two baselines')
    .argument('<a>', 'id or name of the earlier baseline')
    .argument('<b>', 'id or name of the later baseline')
    .addOption(storeOption())
    .addOption(formatOption())
    .action((a: string, b: string, flags: StoreFlags) =>
      withStore(flags, async (store) => {
        const before = await readVersion(store, a);
        const after = await readVersion(store, b);
        const drift = await driftBetween(store, before.version, after.version);
        return flags.format === 'json' ? json(drift) : renderDrift(drift, terminal());
      }),
    );
}

function registerTransfer(baseline: Command): void {
  baseline
    .command('export')
    .description('write a baseline as lines of JSON')
    .argument('<version>', 'id or name of the baseline')
    .argument('[file]', 'new file, compressed when its name ends with .gz (default: standard output)')
    .addOption(storeOption())
    .action((version: string, file: string | undefined, flags: StoreFlags) =>
      withStore(flags, async (store) => {
        const lines = exportLines(store, await readVersion(store, version));
        if (file !== undefined) {
          await writeBaselineFile(file, lines);
          return '';
        }
        for await (const line of lines) {
          if (!process.stdout.write(line)) await new Promise((done) => process.stdout.once('drain', done));
        }
        return '';
      }),
    );
  baseline
    .command('import')
    .description('read an exported baseline into a store')
    .argument('<file>', 'file written by baseline export, or - for standard input')
    .addOption(storeOption())
    .addOption(nowOption())
    .action((file: string, flags: StoreFlags & { readonly now?: string }) =>
      withNewStore(flags, async (store) => {
        const { version, isNew } = await importLines(store, readBaselineFile(file), file);
        if (isNew) await record(store, 'import', version, flags.now ?? new Date().toISOString());
        return isNew ? `${version}\n` : `${version} (the store had it already)\n`;
      }),
    );
}

const NOT_CITED = { days: 0, findings: [] };

async function withStore(flags: StoreFlags, work: (store: Store) => Promise<string>): Promise<void> {
  await printFrom(await openExistingStore(flags.store), work);
}

/** An imported baseline may be the first thing in a store. */
async function withNewStore(flags: StoreFlags, work: (store: Store) => Promise<string>): Promise<void> {
  await printFrom(await openStore(flags.store), work);
}

async function printFrom(store: Store, work: (store: Store) => Promise<string>): Promise<void> {
  process.stdout.write(await thenClose(store, work));
}

/** Who brought a version into the store is part of its history. */
async function record(store: Store, action: 'build' | 'import', version: string, at: string): Promise<void> {
  const { name } = await readVersion(store, version);
  await appendDecision(store, {
    ...{ at, who: currentUser(), kind: 'baseline', subject: version, action },
    detail: { name },
  });
}

async function chosen(store: Store, wanted: string | undefined): Promise<BaselineVersion> {
  if (wanted !== undefined) return readVersion(store, wanted);
  const latest = (await listVersions(store)).at(-1);
  if (latest !== undefined) return latest;
  throw new OutflowError(
    'OF_BASELINE_UNKNOWN',
    `store ${store.target} has no baseline yet. detect --store learns one a week once there are enough days; outflow baseline build makes one now.`,
  );
}

/** A version with its JSON read, for output. */
function plain({ settings, excluded, ...version }: BaselineVersion): Record<string, unknown> {
  return {
    ...version,
    settings: JSON.parse(settings) as unknown,
    excluded: JSON.parse(excluded) as unknown,
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const terminal = (): { width: number; color: boolean } => ({ width: terminalWidth(), color: useColor() });

function nowOption(): Option {
  return new Option('--now <time>', 'time to write as that of the command').argParser(isoTime).hideHelp();
}

function formatOption(): Option {
  return new Option('--format <format>', 'output format').choices(['table', 'json']).default('table');
}
