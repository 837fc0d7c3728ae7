import type { Command } from 'commander';
import { jsonText } from '../report/json.js';
import { renderStatus } from '../report/store-status.js';
import { configOption, formatOption, storeOption } from './options.js';
import { print } from './print.js';
import { withOutflow, type OutflowFlags } from './with-outflow.js';

interface Flags extends OutflowFlags {
  readonly format: 'table' | 'json';
}

export function registerStore(program: Command): void {
  const store = program.command('store').description('what a store holds and for how long');
  store
    .command('status')
    .description('sizes, ages and retention of what is kept, and whether the ledger balances')
    .addOption(storeOption())
    .addOption(configOption('YAML file whose retention is put in force'))
    .addOption(formatOption('table', 'json'))
    .action(async (flags: Flags) => {
      const status = await withOutflow(flags, (outflow) =>
        outflow.status({ retain: flags.config !== undefined }),
      );
      print(flags.format, { json: () => jsonText(status), table: () => renderStatus(status) });
    });
}
