import type { Command } from 'commander';
import { printConfig } from '../config/load.js';
import { loadConfig } from '../service/load-config.js';
import { configOption } from './options.js';

export function registerConfig(program: Command): void {
  program
    .command('config')
    .description('show the configuration')
    .command('print')
    .description('print the effective configuration as YAML')
    .addOption(configOption())
    .action((flags: { readonly config?: string }) => {
      process.stdout.write(printConfig(loadConfig(flags.config)));
    });
}
