import { Option, type Command } from 'commander';
import { OutflowError } from '../ground/errors.js';
import { type Finding } from '../ground/finding.js';
import { type Disposition, DISPOSITIONS } from '../ground/vocabulary.js';
import { printable } from '../ground/printable.js';
import { formatPlural } from '../ground/units.js';
import { hostText, processText } from '../report/words.js';
import { decideOnFindings, type FindingOrder } from '../triage/decide.js';
import { acceptsFinding, acceptsOutline } from '../triage/filter.js';
import { findIds } from '../triage/find-ids.js';
import { foldFindings } from '../triage/findings.js';
import { addFilters, type FilterFlags, filterOf, isFiltered } from './findings-filter.js';
import { isoTime, storeOption } from './options.js';
import { currentUser, type TriageSession, withTriage } from './triage-session.js';

interface DecideFlags extends FilterFlags {
  readonly store: string;
  readonly config?: string;
  readonly allMatching?: boolean;
  readonly by?: string;
  readonly now?: string;
}

interface OrderFlags extends DecideFlags {
  readonly reason?: string;
  readonly as: Disposition;
  readonly to?: string;
  readonly nobody?: boolean;
  readonly text: string;
}

/** Adds the commands that decide on findings: on those named, or on all that fit. */
export function addDecisionCommands(findings: Command): void {
  const reason = ['--reason <text>', 'why'] as const;
  deciding(findings, 'ack', 'acknowledge: somebody looks at it', ({ reason: why = '' }) => ({
    action: 'ack',
    reason: why,
  })).option(...reason);
  deciding(findings, 'escalate', 'escalate: hand it to incident response', ({ reason: why = '' }) => ({
    action: 'escalate',
    reason: why,
  })).option(...reason);
  deciding(findings, 'assign', 'say who has it to do', assignment)
    .option('--to <name>', 'who')
    .option('--nobody', 'take it from whoever has it');
  deciding(findings, 'close', 'close: it is decided what it was', ({ as, reason: why = '' }) => ({
    action: 'close',
    disposition: as,
    reason: textOf(why, '--reason'),
  }))
    .addOption(new Option('--as <disposition>', 'what it was').choices(DISPOSITIONS).makeOptionMandatory())
    .requiredOption(...reason);
  deciding(findings, 'reopen', 'open what was closed again', ({ reason: why = '' }) => ({
    action: 'reopen',
    reason: why,
  })).option(...reason);
  deciding(findings, 'note', 'add a note', ({ text }) => ({
    action: 'note',
    note: textOf(text, '--text'),
  })).requiredOption('--text <text>', 'the note');
}

function assignment({ to, nobody }: OrderFlags): FindingOrder {
  if ((to === undefined) === (nobody !== true))
    throw new OutflowError('OF_USAGE', 'assign needs either --to NAME or --nobody.');
  return { action: 'assign', to: to === undefined ? null : textOf(to, '--to') };
}

function textOf(text: string, option: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new OutflowError('OF_USAGE', `${option} is empty. Nothing was changed.`);
  return trimmed;
}

function deciding(
  findings: Command,
  name: FindingOrder['action'],
  description: string,
  order: (flags: OrderFlags) => FindingOrder,
): Command {
  const command = findings
    .command(name)
    .description(description)
    .argument('[id...]', 'ids of findings, or their first characters')
    .addOption(storeOption())
    .option('--config <file>', 'YAML file with values that differ from the defaults')
    .option('--by <name>', 'who decides (default: the account that runs this)')
    .option('--all-matching', 'decide on all findings that the filters below let through')
    .addOption(new Option('--now <time>', 'time of the decision').argParser(isoTime).hideHelp());
  return addFilters(command).action(async (ids: string[], flags: OrderFlags) => {
    await decide(ids, flags, order(flags));
  });
}

async function decide(ids: readonly string[], flags: DecideFlags, order: FindingOrder): Promise<void> {
  refuseAmbiguous(ids, flags);
  const who = flags.by === undefined ? currentUser() : textOf(flags.by, '--by');
  await withTriage(flags, async (session) => {
    const findings = await chosen(session, ids, flags, order);
    await decideOnFindings(session.store, findings, order, {
      who,
      at: flags.now ?? new Date().toISOString(),
    });
    process.stdout.write(`${done(order)}: ${subjects(findings)}.\n`);
  });
}

function refuseAmbiguous(ids: readonly string[], flags: DecideFlags): void {
  if (flags.allMatching === true) {
    if (ids.length > 0) throw new OutflowError('OF_USAGE', 'give either ids or --all-matching, not both.');
    if (!isFiltered(flags))
      throw new OutflowError(
        'OF_USAGE',
        '--all-matching needs a filter, such as --host or --severity. To mean all: --severity informational.',
      );
    return;
  }
  if (isFiltered(flags))
    throw new OutflowError('OF_USAGE', 'filters choose findings with --all-matching only.');
  if (ids.length === 0)
    throw new OutflowError('OF_USAGE', 'name findings by their ids, or choose them with --all-matching.');
}

async function chosen(
  { store, fold }: TriageSession,
  ids: readonly string[],
  flags: DecideFlags,
  order: FindingOrder,
): Promise<Finding[]> {
  if (flags.allMatching !== true) return foldFindings(store, { ...fold, ids: await findIds(store, ids) });
  const filter = filterOf(flags, order.action === 'reopen' ? ['closed'] : undefined);
  const findings = await foldFindings(store, { ...fold, accept: (one) => acceptsOutline(filter, one) });
  return findings.filter((finding) => acceptsFinding(filter, finding));
}

function done(order: FindingOrder): string {
  switch (order.action) {
    case 'ack':
      return 'Acknowledged';
    case 'escalate':
      return 'Escalated';
    case 'assign':
      return order.to === null ? 'Assigned to nobody' : `Assigned to ${printable(order.to)}`;
    case 'close':
      return `Closed as ${order.disposition.replace('_', ' ')}`;
    case 'reopen':
      return 'Reopened';
    case 'note':
      return 'Noted';
  }
}

const NAMED = 3;

function subjects(findings: readonly Finding[]): string {
  const [only, ...more] = findings;
  if (only === undefined) return 'nothing, since no finding fits';
  if (more.length === 0) return `${printable(only.id)} (${processText(only)} on ${hostText(only)})`;
  const named = findings.slice(0, NAMED).map(({ id }) => printable(id));
  const rest = findings.length - named.length;
  return `${formatPlural(findings.length, 'finding')} (${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
}
