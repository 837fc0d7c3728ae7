import { Option, type Command } from 'commander';
import { OutflowError } from '../ground/errors.js';
import { type Finding } from '../ground/finding.js';
import { FINDING_STATES, type FindingState } from '../ground/vocabulary.js';
import { orderFinding } from '../report/contract-order.js';
import { jsonText } from '../report/json.js';
import { renderDecisions, renderFinding, renderQueue } from '../report/queue-table.js';
import { formatPlural } from '../ground/units.js';
import { readDecisions, verifyDecisions } from '../decisions/decisions.js';
import { acceptsFinding, acceptsOutline } from '../triage/filter.js';
import { findIds } from '../triage/find-ids.js';
import { eachFinding, foldFindings } from '../triage/findings.js';
import { readJudged } from '../triage/judged.js';
import { addDecisionCommands } from './findings-decide.js';
import { addFilters, type FilterFlags, filterOf } from './findings-filter.js';
import { storeOption } from './options.js';
import { terminalWidth, useColor } from './terminal.js';
import { withTriage } from './triage-session.js';

interface StoreFlags {
  readonly store: string;
  readonly config?: string;
  readonly format: 'table' | 'json';
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
  return command
    .addOption(storeOption())
    .option('--config <file>', 'YAML file with values that differ from the defaults')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'));
}

async function list(flags: StoreFlags & FilterFlags): Promise<void> {
  const filter = filterOf(flags);
  const counts = Object.fromEntries(FINDING_STATES.map((state) => [state, 0])) as Record<
    FindingState,
    number
  >;
  const ids: string[] = [];
  await withTriage(flags, async ({ store, fold }) => {
    const judged = await readJudged(store);
    const findings: Finding[] = [];
    for await (const some of eachFinding(store, {
      ...fold,
      accept: (outline) => {
        counts[outline.state] += 1;
        ids.push(outline.id);
        return acceptsOutline(filter, outline);
      },
    }))
      findings.push(...some.filter((finding) => acceptsFinding(filter, finding)));
    if (judged === null && ids.length === 0)
      throw new OutflowError(
        'OF_STORE_EMPTY',
        `nothing in store ${store.target} was judged yet. Do so with outflow detect --store ${store.target}.`,
      );
    process.stdout.write(
      flags.format === 'json'
        ? jsonText({ schema: 'outflow.queue/1', judged, counts, findings: findings.map(orderFinding) })
        : renderQueue({ findings, counts, judged, idLength: lengthOfIds(ids) }, terminal()),
    );
  });
}

async function show(id: string, flags: StoreFlags): Promise<void> {
  await withTriage(flags, async ({ store, fold }) => {
    const [subject = ''] = await findIds(store, [id]);
    const [finding] = await foldFindings(store, { ...fold, ids: [subject] });
    const decisions = await readDecisions(store, { kind: 'finding', subject });
    process.stdout.write(
      flags.format === 'json'
        ? jsonText({ schema: 'outflow.finding/1', finding: orderFinding(finding!), decisions })
        : renderFinding(finding!, decisions, terminal()),
    );
  });
}

async function history(
  id: string | undefined,
  flags: StoreFlags & { readonly verify?: boolean; readonly expect?: string },
): Promise<void> {
  if (flags.expect !== undefined && flags.verify !== true)
    throw new OutflowError('OF_USAGE', '--expect goes with --verify.');
  await withTriage(flags, async ({ store }) => {
    const subject = id === undefined ? undefined : (await findIds(store, [id]))[0]!;
    const verdict = flags.verify === true ? await verifyDecisions(store, flags.expect) : undefined;
    if (verdict?.ok === false)
      throw new OutflowError(
        'OF_HISTORY_BROKEN',
        `the history of ${store.target} (${formatPlural(verdict.count, 'decision')}) is broken: ${verdict.problem}. See docs/errors.md.`,
      );
    const decisions = await readDecisions(store, subject === undefined ? {} : { kind: 'finding', subject });
    if (flags.format === 'json') {
      const verified = verdict === undefined ? null : { decisions: verdict.count, head: verdict.head };
      process.stdout.write(jsonText({ schema: 'outflow.decisions/1', verified, decisions }));
      return;
    }
    process.stdout.write(renderDecisions(decisions, { ...terminal(), subjects: subject === undefined }));
    if (verdict !== undefined)
      process.stdout.write(
        `The history is as it was written: ${formatPlural(verdict.count, 'decision')}${verdict.head === '' ? '' : `, head ${verdict.head}`}.\n`,
      );
  });
}

const terminal = (): { width: number; color: boolean } => ({ width: terminalWidth(), color: useColor() });

/** As few characters as tell every id from the next; eight are easy to compare. */
function lengthOfIds(ids: readonly string[]): number {
  const sorted = [...ids].sort();
  return sorted.reduce((length, id, at) => {
    const next = sorted[at + 1] ?? '';
    let same = 0;
    while (same < id.length && id[same] === next[same]) same += 1;
    return Math.max(length, Math.min(id.length, same + 1));
  }, 8);
}
