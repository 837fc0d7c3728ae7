import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { registerBaseline } from '../../src/cli/baseline.js';
import { registerInventory } from '../../src/cli/inventory.js';
import { registerSimulate } from '../../src/cli/simulate.js';
import { registerTune } from '../../src/cli/tune.js';
import { registerValidate } from '../../src/cli/validate.js';

const nowhere = join(tmpdir(), 'outflow-days-nowhere');

async function run(...args: string[]): Promise<void> {
  const program = new Command('outflow');
  for (const register of [
    registerBaseline,
    registerInventory,
    registerSimulate,
    registerTune,
    registerValidate,
  ])
    register(program);
  const silence = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.commands.forEach(silence);
  };
  silence(program);
  await program.parseAsync(args, { from: 'user' });
}

describe.each(['2027-13-45', '2026-02-30', '24.11.2026', 'yesterday'])('the day %s', (day) => {
  it.each([
    ['inventory', 'revoke', 'sync', '--store', nowhere, '--on', day],
    ['baseline', 'build', '--store', nowhere, '--from', day],
    ['baseline', 'build', '--store', nowhere, '--until', day],
    ['tune', 'backtest', '--store', nowhere, '--since', day],
    ['tune', 'backtest', '--store', nowhere, '--until', day],
  ])('is refused by the option parser: %s %s', async (...args) => {
    await expect(run(...args)).rejects.toMatchObject({
      code: 'commander.invalidArgument',
      message: expect.stringContaining('Use a day, such as 2026-11-24.') as string,
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  it.each([
    ['simulate', '--out', nowhere, '--start', day],
    ['validate', '--start', day],
  ])('is refused before anything is simulated: %s', async (...args) => {
    await expect(run(...args)).rejects.toMatchObject({
      code: 'OF_USAGE',
      message: `--start ${day} is not a date; write it as YYYY-MM-DD`,
    });
    expect(existsSync(nowhere)).toBe(false);
  });
});
