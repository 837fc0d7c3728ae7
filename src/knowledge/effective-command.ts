import { isHostingProgram, programScript } from './interpreter-script.js';
import { argumentsOf, baseName, type Program, programName } from './program.js';

/**
 * The command a user would name, and its arguments: `python3 /opt/homebrew/bin/wormhole send x` is `wormhole send x`.
 * A name an interpreter itself carries stays as it is when no script is named.
 */
export function effectiveCommand(program: Program): {
  readonly name: string;
  readonly args: readonly string[];
} {
  const name = programName(program);
  const args = argumentsOf(program.args);
  if (!isHostingProgram(name)) return { name, args };
  const script = programScript(args, name);
  if (script === undefined || script.kind === 'code') return { name, args };
  return { name: baseName(script.value).toLowerCase(), args: args.slice(script.index + 1) };
}
