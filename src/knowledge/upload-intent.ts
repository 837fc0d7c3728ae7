import { effectiveCommand } from './effective-command.js';
import { isHostingProgram, programScript } from './interpreter-script.js';
import { argumentsOf, baseName, type Program, programName } from './program.js';
import { HANDLER_SIGNING_IDS, HANDLERS } from './upload-intent/handlers.js';
import { explicit, type UploadIntent } from './upload-intent/intent.js';
import { quotedTexts, shellCodeIntent } from './upload-intent/shell-code.js';
import { codeIntent, moduleIntent } from './upload-intent/web-clients.js';

export type { UploadIntent } from './upload-intent/intent.js';

export interface IntentProgram extends Program {
  /** Path of the script an interpreter runs, where the source names it; '' when none. */
  readonly script: string;
}

/** Signing ids of interpreters, for copies under another name. */
const INTERPRETER_SIGNING_IDS: ReadonlyMap<string, string> = new Map([
  ['com.apple.osascript', 'osascript'],
  ['com.apple.python3', 'python3'],
  ['com.apple.perl', 'perl'],
  ['com.apple.perl5', 'perl'],
  ['com.apple.ruby', 'ruby'],
  ['com.apple.bash', 'bash'],
  ['com.apple.zsh', 'zsh'],
  ['com.apple.sh', 'sh'],
  ['com.apple.ksh', 'ksh'],
]);
const SHELL = /^(?:ba|z|k|c|tc|da|fi)?sh$/;
const MAX_ARGUMENTS = 4096;

/**
 * What a dual-use tool was asked to do with data of this Mac, read from its arguments; undefined when nothing in them
 * sends anything. Direction counts (`scp host:file .` is a download), bundled and attached options are understood, a
 * renamed Apple tool is known by its signing id, and code given to shells and interpreters is looked into.
 */
export function uploadIntent(program: IntentProgram): UploadIntent | undefined {
  const args = program.args.length > MAX_ARGUMENTS ? program.args.slice(0, MAX_ARGUMENTS) : program.args;
  const signingId = program.signingId.toLowerCase();
  const signed = HANDLER_SIGNING_IDS.get(signingId);
  if (signed !== undefined)
    return HANDLERS.get(signed)?.({ name: signed, args: argumentsOf(args), piped: false });
  const name = INTERPRETER_SIGNING_IDS.get(signingId) ?? programName(program);
  if (isHostingProgram(name)) return interpreterIntent(name, { ...program, args });
  if (name === 'npx' || name === 'bunx' || name === 'uvx' || name === 'pipx')
    return runnerIntent(argumentsOf(args));
  return HANDLERS.get(name)?.({ name, args: argumentsOf(args), piped: false });
}

function interpreterIntent(name: string, program: IntentProgram): UploadIntent | undefined {
  const args = argumentsOf(program.args);
  if (SHELL.test(name)) {
    const script = programScript(args, name);
    if (script?.kind === 'code') return shellCodeIntent(script.value);
    return undefined;
  }
  if (name.startsWith('php')) {
    const at = args.indexOf('-S');
    if (at >= 0) return explicit('listen_tunnel', undefined, 'php serves files of this Mac');
  }
  const code = inlineCode(name, args);
  if (code !== '') return shellInside(code) ?? codeIntent(code);
  const script = programScript(args, name);
  if (script?.kind === 'module') return moduleIntent(script.value, args.slice(script.index + 1));
  const command = namedScript(program, args) ?? effectiveCommand({ ...program, name, executable: name });
  return command.name === name ? undefined : HANDLERS.get(command.name)?.({ ...command, piped: false });
}

/** The script as the source names it: it holds where a program has rewritten its argv. */
function namedScript(program: IntentProgram, args: readonly string[]) {
  const name = baseName(program.script).toLowerCase();
  if (!HANDLERS.has(name)) return undefined;
  const at = args.findIndex((arg) => baseName(arg).toLowerCase() === name);
  return { name, args: args.slice(at + 1) };
}

/** All code on the command line: osascript and ruby take several -e, one per line. */
function inlineCode(name: string, args: readonly string[]): string {
  const first = programScript(args, name);
  if (first?.kind !== 'code') return '';
  const parts = [first.value];
  for (let at = first.index + 1; at + 1 < args.length && args[at] === '-e'; at += 2)
    parts.push(args[at + 1]!);
  return parts.join('\n');
}

/** `do shell script "curl …"`, `os.system('scp …')`: shell code in a string of another language. */
function shellInside(code: string): UploadIntent | undefined {
  let fallback: UploadIntent | undefined;
  for (const text of quotedTexts(code)) {
    const found = shellCodeIntent(text);
    if (found?.strength === 'explicit') return found;
    fallback ??= found;
  }
  return fallback;
}

/** `npx localtunnel --port 80`, `uvx magic-wormhole send x`. */
function runnerIntent(args: readonly string[]): UploadIntent | undefined {
  const at = args.findIndex((arg) => !arg.startsWith('-') && arg !== 'run');
  const name = at < 0 ? '' : (args[at]!.split('@', 1)[0] ?? '').toLowerCase();
  return HANDLERS.get(name)?.({ name, args: args.slice(at + 1), piped: false });
}
