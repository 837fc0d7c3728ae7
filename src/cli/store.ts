import { Option, type Command } from 'commander';
import { loadConfig } from '../service/load-config.js';
import { keptData, type KeptData } from '../store/kept-data.js';
import { ledgerBalance, type LedgerBalance } from '../landing/ledger-balance.js';
import { applyRetention } from '../store/retention.js';
import { openStore } from '../service/open-store.js';
import { calendarOf, type Calendar } from '../model/days/calendar.js';
import { padLeft, padRight } from '../report/cells.js';
import { printable } from '../ground/printable.js';
import { formatBytes, formatCount, formatPlural } from '../ground/units.js';
import { verifyDecisions } from '../decisions/decisions.js';
import { KEPT_TABLES } from '../service/tables.js';
import { storeOption } from './options.js';

interface Flags {
  readonly store: string;
  readonly config?: string;
  readonly format: 'table' | 'json';
}

interface Status {
  readonly schema: 'outflow.store/1';
  readonly store: string;
  readonly engine: string;
  readonly data: readonly KeptData[];
  readonly ledger: LedgerBalance;
  readonly calendar: Calendar;
  readonly decisions: { readonly ok: boolean; readonly count: number; readonly problem: string | null };
}

export function registerStore(program: Command): void {
  const store = program.command('store').description('what a store holds and for how long');
  store
    .command('status')
    .description('sizes, ages and retention of what is kept, and whether the ledger balances')
    .addOption(storeOption())
    .option('--config <file>', 'YAML file whose retention is put in force')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .action(async (flags: Flags) => {
      const config = loadConfig(flags.config);
      const opened = await openStore(flags.store);
      try {
        if (flags.config !== undefined) await applyRetention(opened, KEPT_TABLES, config.retention);
        const status: Status = {
          schema: 'outflow.store/1',
          store: opened.target,
          engine: opened.engine,
          data: await keptData(opened, KEPT_TABLES, config.retention),
          ledger: await ledgerBalance(opened),
          calendar: await calendarOf(opened),
          decisions: await verifyDecisions(opened),
        };
        process.stdout.write(
          flags.format === 'json' ? `${JSON.stringify(status, null, 2)}\n` : render(status),
        );
      } finally {
        await opened.close();
      }
    });
}

function render(status: Status): string {
  const { ledger, calendar, decisions } = status;
  const lines = [
    `${printable(status.store)} (${status.engine})`,
    '',
    row(['WHAT', 'ROWS', 'ON DISK', 'OLDEST', 'NEWEST', 'KEPT']),
    ...status.data.map((data) =>
      row([
        data.kind,
        formatCount(data.rows),
        formatBytes(data.bytes),
        data.oldest ?? '-',
        data.newest ?? '-',
        data.retention_days === null ? 'for ever' : formatPlural(data.retention_days, 'day'),
      ]),
    ),
    '',
    `ledger     ${formatPlural(ledger.batches, 'batch', 'batches')}: ${formatCount(ledger.lines)} lines = ${formatCount(ledger.accepted)} accepted + ${formatCount(ledger.rejected)} rejected; ${ledger.balanced ? 'balances' : `DOES NOT BALANCE: ${formatCount(ledger.landed)} landed`}${ledger.broken_off > 0 ? `; ${formatPlural(ledger.broken_off, 'try', 'tries')} broke off and counted for nothing` : ''}`,
    `days       ${calendar.days === 0 ? 'none' : `${formatCount(calendar.days)} with records, ${calendar.first ?? ''} to ${calendar.last ?? ''}`}${calendar.waiting > 0 ? `; ${formatCount(calendar.waiting)} to be built by the next detect` : ''}`,
    ...(calendar.impossible > 0
      ? [
          `times      ${formatPlural(calendar.impossible, 'record')} with impossible times (before 2015, or days after they arrived): kept, never judged`,
        ]
      : []),
    `decisions  ${formatCount(decisions.count)}; ${decisions.ok ? 'the chain holds' : `THE CHAIN IS BROKEN: ${printable(decisions.problem ?? '')}`}`,
  ];
  return `${lines.join('\n')}\n`;
}

const WIDTHS = [13, 12, 10, 12, 12, 9];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 1 || at === 2 ? padLeft(cell, WIDTHS[at]!) : padRight(cell, WIDTHS[at]!)))
    .join('  ')
    .trimEnd();
}
