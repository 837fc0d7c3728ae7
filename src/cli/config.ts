import type { Command } from 'commander';
import { printConfig } from '../config/load.js';
import { loadConfig } from '../service/load-config.js';

export function registerConfig(program: Command): void {
  program
    .command('config')
    .description('show the configuration')
    .command('print')
    .description('print the effective configuration as YAML')
    .option('--config <file>', 'YAML file with values that differ from the defaults')
    .action((flags: { readonly config?: string }) => {
      process.stdout.write(printConfig(loadConfig(flags.config)));
    });
}
