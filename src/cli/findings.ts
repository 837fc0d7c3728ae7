import type { Command } from 'commander';
import { jsonText, renderDetailJson, renderQueueJson } from '../report/json.js';
import { renderDecisions, renderFinding, renderQueue } from '../report/queue-table.js';
import { addDecisionCommands } from './findings-decide.js';
import { addFilters, type FilterFlags, queryOf } from './findings-filter.js';
import { configOption, formatOption, storeOption } from './options.js';
import { print } from './print.js';
import { terminal } from './terminal.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface Flags extends OutflowFlags {
  readonly format: 'table' | 'json';
}

interface HistoryFlags extends Flags {
  readonly verify?: boolean;
  readonly expect?: string;
}

export function registerFindings(program: Command): void {
  const findings = program
    .command('findings')
    .description('look through the findings of a store, and decide on them');
  addFilters(printing(findings.command('list').description('list findings, the worst first'))).action(list);
  printing(
    findings.command('show').description('everything about one finding').argument('<id>', idHelp),
  ).action(show);
  addDecisionCommands(findings);
  printing(findings.command('history').description('who decided what, and when').argument('[id]', idHelp))
    .option('--verify', 'check that the history is as it was written')
    .option('--expect <head>', 'with --verify: a head noted earlier, to notice decisions cut off since')
    .action(history);
}

const idHelp = 'id of a finding, or its first characters';

function printing(command: Command): Command {
  return command.addOption(storeOption()).addOption(configOption()).addOption(formatOption('table', 'json'));
}

async function list(flags: Flags & FilterFlags): Promise<void> {
  const { queue, idLength } = await withOutflow(flags, async ({ findings }) => ({
    queue: await findings.list(queryOf(flags)),
    idLength: await findings.idLength(),
  }));
  print(flags.format, {
    json: () => renderQueueJson(queue),
    table: () => renderQueue({ ...queue, idLength }, terminal()),
  });
}

async function show(id: string, flags: Flags): Promise<void> {
  const detail = await withOutflow(flags, ({ findings }) => findings.show(id));
  print(flags.format, {
    json: () => renderDetailJson(detail),
    table: () => renderFinding(detail, terminal()),
  });
}

async function history(id: string | undefined, flags: HistoryFlags): Promise<void> {
  const { verify, expect } = flags;
  const told = await withOutflow(flags, ({ findings }) => findings.history({ id, verify, expect }));
  print(flags.format, {
    json: () => jsonText(told),
    table: () => renderDecisions(told, { ...terminal(), subjects: id === undefined }),
  });
}
