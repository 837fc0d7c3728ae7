import type { Finding } from '../ground/finding.js';
import { printable } from '../ground/printable.js';
import { formatPlural } from '../ground/units.js';
import type { Decided } from '../service/decide.js';
import type { FindingOrder } from '../triage/decide.js';
import { hostText, processText } from './words.js';

/** How many findings are named. */
const NAMED = 3;

/** What was decided, on which findings. */
export function renderDecided({ order, findings }: Pick<Decided, 'order' | 'findings'>): string {
  return `${done(order)}: ${subjects(findings)}.\n`;
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

function subjects(findings: readonly Finding[]): string {
  const [only, ...more] = findings;
  if (only === undefined) return 'nothing, since no finding fits';
  if (more.length === 0) return `${printable(only.id)} (${processText(only)} on ${hostText(only)})`;
  const named = findings.slice(0, NAMED).map(({ id }) => printable(id));
  const rest = findings.length - named.length;
  return `${formatPlural(findings.length, 'finding')} (${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
}
