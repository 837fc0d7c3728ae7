import { wrap } from './cells.js';
import { painter } from './paint.js';
import { printable } from '../ground/printable.js';
import { formatBytes, formatCount, formatPlural } from '../ground/units.js';
import { boundsText, destinationsText, hostsText, programText } from '../approvals/describe.js';
import { lastDay } from '../approvals/narrowness.js';
import type { Done } from '../inventory/act.js';
import { printApprovals } from '../inventory/approval-file.js';
import type { Suggestion } from '../inventory/suggest/suggestion.js';
import type { InventoryList, InventoryReview } from '../service/inventory.js';
import { textTable } from './text-table.js';
import type { Terminal } from './terminal.js';

/** The inventory as a table. */
export function showInventory(
  { approvals }: Pick<InventoryList, 'approvals'>,
  { width, color }: Terminal,
): string {
  if (approvals.length === 0) return 'Nothing is approved.\n';
  const rows = approvals.map(({ origin, ...approval }) => [
    approval.name,
    programText(approval),
    hostsText(approval),
    destinationsText(approval),
    boundsText(approval),
    lastDay(approval) === approval.expires ? approval.expires : `${lastDay(approval)} (revoked)`,
    approval.owner,
    origin === 'store' ? 'store' : 'config',
  ]);
  const head = ['name', 'program', 'hosts', 'destinations', 'bounds', 'until', 'owner', 'from'];
  return text(textTable(head, rows, width, painter(color)));
}

/** What each approval hides, those with remarks first, their remarks below. */
export function showReview(
  { approvals: reviewed, as_of: asOf }: Pick<InventoryReview, 'approvals' | 'as_of'>,
  { width, color }: Terminal,
): string {
  if (reviewed.length === 0) return 'Nothing is approved.\n';
  const paint = painter(color);
  const remarked = reviewed.filter(({ remarks }) => remarks.length > 0);
  const title = `${formatPlural(reviewed.length, 'approval')} as of ${asOf}, ${formatCount(remarked.length)} to look at`;
  const ordered = [...remarked, ...reviewed.filter(({ remarks }) => remarks.length === 0)];
  const rows = ordered.map(({ name, approval, hides }) => [
    name,
    formatCount(hides.findings),
    formatBytes(hides.bytes_out),
    formatCount(hides.hosts),
    hides.last_on ?? 'never',
    lastDay(approval),
    approval.owner,
  ]);
  const head = ['name', 'findings', 'bytes out', 'hosts', 'last used', 'until', 'owner'];
  const [first = '', ...lines] = textTable(head, rows, width, paint);
  return text([
    paint('strong', title),
    '',
    first,
    ...lines.flatMap((line, at) => [
      line,
      ...(ordered[at]?.remarks ?? []).flatMap((remark) =>
        wrap(`${remark.kind.replace('_', ' ')}: ${printable(remark.text)}`, width - 4).map(
          (part, index) => (index === 0 ? '  - ' : '    ') + part,
        ),
      ),
    ]),
  ]);
}

/** What was done, a line each. */
export const showDone = ({ said }: Done): string => said.map((line) => `${printable(line)}\n`).join('');

/** Proposed approvals as YAML, for a person to fill in and import. */
export function suggestionsYaml(suggestions: readonly Suggestion[]): string {
  return printApprovals(
    suggestions.map(({ approval }) => approval),
    ' Proposed by `outflow inventory suggest`. Fill in owner and reason of what you accept, delete the rest, review and import.',
  );
}

/** Proposed approvals with their evidence, for a person to accept. */
export function showSuggestions(suggestions: readonly Suggestion[], { width, color }: Terminal): string {
  if (suggestions.length === 0) {
    return 'Nothing to suggest: no steady upload of vouched software is without approval.\n';
  }
  const paint = painter(color);
  const blocks = suggestions.map(({ approval, text: said }) => [
    paint('strong', printable(approval.name)),
    ...[
      ['program', programText(approval)],
      ['hosts', hostsText(approval)],
      ['destinations', destinationsText(approval)],
      ['bounds', `${boundsText(approval)}, until ${approval.expires}`],
      ['owner', '<owner>, reason <reason>: yours to fill in'],
      ['because', said],
    ].flatMap(([label = '', value = '']) =>
      wrap(printable(value), Math.max(20, width - 16)).map(
        (line, at) => `  ${paint('quiet', (at === 0 ? label : '').padEnd(14))}${line}`,
      ),
    ),
    '',
  ]);
  return text([
    ...blocks.flat(),
    ...wrap(
      'Accept one with: outflow inventory suggest --store … --accept NAME --owner WHO --reason WHY; or all of them with --format yaml, reviewed and imported.',
      width,
    ).map((line) => paint('quiet', line)),
  ]);
}

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
