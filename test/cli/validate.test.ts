import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { registerValidate } from '../../src/cli/validate.js';

function run(...args: string[]): Promise<Command> {
  const program = new Command('outflow').exitOverride();
  registerValidate(program);
  return program.parseAsync(['validate', ...args], { from: 'user' });
}

describe('outflow validate --long', () => {
  it('refuses twins, which the exercise does not have', async () => {
    await expect(run('--long', '--twins', 'all')).rejects.toMatchObject({ code: 'OF_USAGE' });
  });

  it('refuses a fleet without room for the exercise', async () => {
    await expect(run('--long', '--hosts', '3', '--seeds', '1')).rejects.toMatchObject({ code: 'OF_USAGE' });
  });
});
