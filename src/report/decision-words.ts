import type { Decision } from '../decisions/decision.js';
import { findingDetail } from '../decisions/detail.js';
import { printable } from '../ground/printable.js';

/** What somebody did, for people: `closed it as benign: known export`; printable. */
export function decisionText(decision: Decision): string {
  const { kind, action, subject } = decision;
  if (kind !== 'finding')
    return printable(`${action} ${kind} ${subject}${because(decision.detail['reason'])}`);
  const { reason, note, to, disposition } = findingDetail(decision.detail);
  switch (action) {
    case 'ack':
      return printable(`acknowledged it${because(reason)}`);
    case 'escalate':
      return printable(`escalated it${because(reason)}`);
    case 'reopen':
      return printable(`reopened it${because(reason)}`);
    case 'assign':
      return printable(to === null ? 'assigned it to nobody' : `assigned it to ${to}`);
    case 'close':
      return printable(`closed it as ${(disposition ?? 'benign').replace('_', ' ')}${because(reason)}`);
    case 'note':
      return printable(`noted: ${note}`);
    default:
      return printable(`${action}${because(reason)}`);
  }
}

const because = (reason: unknown): string =>
  typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
