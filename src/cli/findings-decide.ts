import { Option, type Command } from 'commander';
import { failure } from '../ground/errors.js';
import { type Disposition, DISPOSITIONS } from '../ground/vocabulary.js';
import { renderDecided } from '../report/decided.js';
import type { FindingChoice } from '../service/decide.js';
import type { FindingOrder } from '../triage/decide.js';
import { addFilters, type FilterFlags, isFiltered, queryOf } from './findings-filter.js';
import { byOption, configOption, nowOption, storeOption } from './options.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface DecideFlags extends FilterFlags, OutflowFlags {
  readonly allMatching?: boolean;
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
  const why = ['--reason <text>', 'why'] as const;
  deciding(findings, 'ack', 'acknowledge: somebody looks at it', ({ reason = '' }) => ({
    action: 'ack',
    reason,
  })).option(...why);
  deciding(findings, 'escalate', 'escalate: hand it to incident response', ({ reason = '' }) => ({
    action: 'escalate',
    reason,
  })).option(...why);
  deciding(findings, 'assign', 'say who has it to do', assignment)
    .option('--to <name>', 'who')
    .option('--nobody', 'take it from whoever has it');
  deciding(findings, 'close', 'close: it is decided what it was', ({ as, reason = '' }) => ({
    action: 'close',
    disposition: as,
    reason,
  }))
    .addOption(new Option('--as <disposition>', 'what it was').choices(DISPOSITIONS).makeOptionMandatory())
    .requiredOption(...why);
  deciding(findings, 'reopen', 'open what was closed again', ({ reason = '' }) => ({
    action: 'reopen',
    reason,
  })).option(...why);
  deciding(findings, 'note', 'add a note', ({ text }) => ({
    action: 'note',
    note: text,
  })).requiredOption('--text <text>', 'the note');
}

function assignment({ to, nobody }: OrderFlags): FindingOrder {
  if ((to === undefined) === (nobody !== true)) throw failure('OF_USAGE.assignToWhom');
  return { action: 'assign', to: to ?? null };
}

function deciding(
  findings: Command,
  name: FindingOrder['action'],
  description: string,
  orderOf: (flags: OrderFlags) => FindingOrder,
): Command {
  const command = findings
    .command(name)
    .description(description)
    .argument('[id...]', 'ids of findings, or their first characters')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(byOption())
    .option('--all-matching', 'decide on all findings that the filters below let through')
    .addOption(nowOption());
  return addFilters(command).action(async (ids: string[], flags: OrderFlags) => {
    const order = orderOf(flags);
    const choice = choiceOf(ids, flags);
    const decided = await withOutflow(flags, (outflow) => outflow.decide(choice, order));
    process.stdout.write(renderDecided(decided));
  });
}

function choiceOf(ids: readonly string[], flags: DecideFlags): FindingChoice {
  if (flags.allMatching === true) {
    if (ids.length > 0) throw failure('OF_USAGE.idsAndFilter');
    if (!isFiltered(flags)) throw failure('OF_USAGE.allWithoutFilter');
    return { matching: queryOf(flags) };
  }
  if (isFiltered(flags)) throw failure('OF_USAGE.filterWithoutAll');
  if (ids.length === 0) throw failure('OF_USAGE.noFindingNamed');
  return { ids };
}
