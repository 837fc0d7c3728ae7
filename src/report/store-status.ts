import { printable } from '../ground/printable.js';
import { formatBytes, formatCount, formatPlural } from '../ground/units.js';
import type { StoreStatus } from '../service/status.js';
import { padLeft, padRight } from './cells.js';

/** What a store holds and for how long, and whether it holds together. */
export function renderStatus({ store, engine, data, ...status }: StoreStatus): string {
  const lines = [
    `${printable(store)} (${engine})`,
    '',
    row(['WHAT', 'ROWS', 'ON DISK', 'OLDEST', 'NEWEST', 'KEPT']),
    ...data.map((one) =>
      row([
        one.kind,
        formatCount(one.rows),
        formatBytes(one.bytes),
        one.oldest ?? '-',
        one.newest ?? '-',
        one.retention_days === null ? 'for ever' : formatPlural(one.retention_days, 'day'),
      ]),
    ),
    '',
    `ledger     ${ledgerText(status)}`,
    `days       ${daysText(status)}`,
    ...timesLines(status),
    `decisions  ${decisionsText(status)}`,
  ];
  return `${lines.join('\n')}\n`;
}

type Parts = Pick<StoreStatus, 'ledger' | 'calendar' | 'decisions'>;

function ledgerText({ ledger }: Parts): string {
  const balance = ledger.balanced ? 'balances' : `DOES NOT BALANCE: ${formatCount(ledger.landed)} landed`;
  const broken =
    ledger.broken_off > 0
      ? `; ${formatPlural(ledger.broken_off, 'try', 'tries')} broke off and counted for nothing`
      : '';
  return `${formatPlural(ledger.batches, 'batch', 'batches')}: ${formatCount(ledger.lines)} lines = ${formatCount(ledger.accepted)} accepted + ${formatCount(ledger.rejected)} rejected; ${balance}${broken}`;
}

function daysText({ calendar }: Parts): string {
  const days =
    calendar.days === 0
      ? 'none'
      : `${formatCount(calendar.days)} with records, ${calendar.first ?? ''} to ${calendar.last ?? ''}`;
  return calendar.waiting > 0
    ? `${days}; ${formatCount(calendar.waiting)} to be built by the next detect`
    : days;
}

function timesLines({ calendar }: Parts): string[] {
  return calendar.impossible > 0
    ? [
        `times      ${formatPlural(calendar.impossible, 'record')} with impossible times (before 2015, or days after they arrived): kept, never judged`,
      ]
    : [];
}

function decisionsText({ decisions }: Parts): string {
  const chain = decisions.ok
    ? 'the chain holds'
    : `THE CHAIN IS BROKEN: ${printable(decisions.problem ?? '')}`;
  return `${formatCount(decisions.count)}; ${chain}`;
}

const WIDTHS = [13, 12, 10, 12, 12, 9];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 1 || at === 2 ? padLeft(cell, WIDTHS[at]!) : padRight(cell, WIDTHS[at]!)))
    .join('  ')
    .trimEnd();
}
