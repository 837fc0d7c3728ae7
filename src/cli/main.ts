#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, failure, OutflowError } from '../ground/errors.js';
import { printable } from '../ground/printable.js';
import { registerBaseline } from './baseline.js';
import { registerConfig } from './config.js';
import { registerDemo } from './demo.js';
import { registerDetect } from './detect.js';
import { registerFindings } from './findings.js';
import { registerIngest } from './ingest.js';
import { registerInventory } from './inventory.js';
import { registerSimulate } from './simulate.js';
import { registerStore } from './store.js';
import { registerTune } from './tune.js';
import { registerValidate } from './validate.js';

/** Builds the command line; separate from running it so that tests can list commands and options. */
export function buildProgram(): Command {
  const program = new Command('outflow')
    .description(
      'Which process sent data out of your Macs, over which connection, and whether that is normal here.',
    )
    .exitOverride()
    .showHelpAfterError('(see outflow --help)');
  registerDetect(program);
  registerIngest(program);
  registerInventory(program);
  registerStore(program);
  registerFindings(program);
  registerSimulate(program);
  registerValidate(program);
  registerBaseline(program);
  registerTune(program);
  registerConfig(program);
  registerDemo(program);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError(`(see outflow ${command.name()} --help)`);
  return program;
}

async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the pipe went away (`| head`): nothing is left to say.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
    throw error;
  });
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    } else {
      // What is not in the catalogue is most likely a query the engine refused: the whole of it is for a report.
      const known = error instanceof OutflowError ? error : failure('OF_INTERNAL', {}, error);
      process.stderr.write(`outflow: ${known.code}: ${printable(known.message)}\n`);
      if (known !== error && (process.env['OUTFLOW_DEBUG'] ?? '') !== '') console.error(error);
      process.exitCode = known.exitCode;
    }
  }
}

await main();
