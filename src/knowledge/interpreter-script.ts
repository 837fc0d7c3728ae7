import { argumentsOf, baseName } from './program.js';

/** How a family of interpreters reads its own options; single letters are without dash. */
interface InterpreterSyntax {
  readonly host: RegExp;
  /** Letters that take a value, attached or in the next argument. */
  readonly values: string;
  /** Letters whose value is attached or absent: they end a bundle. */
  readonly attached: string;
  /** Letters followed by code. */
  readonly code: string;
  /** Long options, dashes included, that take the next argument. */
  readonly long: readonly string[];
}

const SHELL: InterpreterSyntax = {
  host: /^(?:ba|z|k|c|tc|da|fi)?sh$/,
  values: 'oO',
  attached: '',
  code: 'c',
  long: ['--rcfile', '--init-file', '--init-command', '--features'],
};
const SYNTAXES: readonly InterpreterSyntax[] = [
  SHELL,
  { host: /^(?:python|pypy)/, values: 'WXQ', attached: '', code: 'c', long: ['--check-hash-based-pycs'] },
  { host: /^perl/, values: 'I', attached: 'i0lDFxMmCd', code: 'eE', long: [] },
  {
    host: /^(?:ruby|irb)/,
    values: 'rIC',
    attached: 'WiKTx0FE',
    code: 'e',
    long: ['--encoding', '--external-encoding'],
  },
  { host: /^osascript$/, values: 'ls', attached: '', code: 'e', long: [] },
  {
    host: /^(?:node|nodejs|deno|bun|tsx)$/,
    values: 'rC',
    attached: '',
    code: 'ep',
    long: [
      '--require',
      '--import',
      '--loader',
      '--experimental-loader',
      '--env-file',
      '--conditions',
      '--config',
    ],
  },
  { host: /^php/, values: 'cdzt', attached: '', code: 'rRB', long: ['--define', '--php-ini'] },
  {
    host: /^java$/,
    values: '',
    attached: 'XDvaehsd',
    code: '',
    long: [
      '-cp',
      '-classpath',
      '--class-path',
      '-p',
      '--module-path',
      '--add-modules',
      '--add-opens',
      '--add-exports',
    ],
  },
  { host: /^lua/, values: 'l', attached: '', code: 'e', long: [] },
  { host: /^swift$/, values: 'FILD', attached: 'OX', code: 'e', long: ['-sdk', '-target'] },
  { host: /^expect$/, values: '', attached: '', code: 'c', long: [] },
  { host: /^env$/, values: 'uPCS', attached: '', code: '', long: ['--unset', '--chdir'] },
];
/** For an argv that has lost the interpreter's name. */
const ANY: InterpreterSyntax = { host: /^/, values: '', attached: '', code: 'ce', long: [] };
const HOSTS =
  /^(?:python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|tsx|ruby[\d.]*|irb|perl[\d.]*|php[\d.]*|osascript|tclsh[\d.]*|wish|expect|lua[\d.]*|luajit|swift|java|(?:ba|z|k|c|tc|da|fi)?sh|env)$/;

/** Nobody bundles more flags. */
const MAX_BUNDLE = 64;

export interface ProgramScript {
  /** `file`: a path; `module`: `-m name`; `code`: the text of `-c`, `-e` and the like. */
  readonly kind: 'file' | 'module' | 'code';
  readonly value: string;
  /** Position of the value in the arguments it was found in. */
  readonly index: number;
}

/** Programs that run a script named on their command line. `name` is a base name, in any case. */
export function isHostingProgram(name: string): boolean {
  return HOSTS.test(name.toLowerCase());
}

/** What an interpreter runs. `args` are without its name, `host` is that name, lower case. */
export function programScript(args: readonly string[], host: string): ProgramScript | undefined {
  const syntax = SYNTAXES.find((candidate) => candidate.host.test(host)) ?? ANY;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === '-' || arg === '') return undefined;
    if (arg === '--') return next(args, index, 'file');
    if (arg === '-jar') return next(args, index, 'file');
    if (arg === '--eval' || arg === '--print' || arg === '--command') return next(args, index, 'code');
    if (arg === '--module') return next(args, index, 'module');
    if (arg.startsWith('--') || syntax.long.includes(arg)) {
      if (syntax.long.includes(arg)) index++;
    } else if (arg.startsWith('-')) {
      const read = readBundle(args, index, syntax);
      if (typeof read !== 'number') return read;
      index = read;
    } else if (!isPrelude(arg, host, syntax)) return { kind: 'file', value: arg, index };
  }
  return undefined;
}

/** A bundle such as `-Ic`, `-ne` or `-euxo pipefail`: what it runs, or the position read last. */
function readBundle(args: readonly string[], at: number, syntax: InterpreterSyntax): ProgramScript | number {
  const bundle = args[at]!;
  let last = at;
  let code = false;
  const end = Math.min(bundle.length, MAX_BUNDLE + 1);
  for (let position = 1; position < end; position++) {
    const letter = bundle[position]!;
    const rest = bundle.slice(position + 1);
    if (syntax.code.includes(letter)) {
      if (syntax !== SHELL && rest !== '') return { kind: 'code', value: rest, index: at };
      code = true;
    } else if (syntax === SHELL && syntax.values.includes(letter)) last++;
    else if (syntax.values.includes(letter)) return rest === '' ? at + 1 : at;
    else if (syntax.attached.includes(letter)) break;
    else if (letter === 'm' && syntax.host.test('python')) {
      return rest === '' ? (next(args, at, 'module') ?? at) : { kind: 'module', value: rest, index: at };
    }
  }
  return code ? (next(args, last, 'code') ?? last) : last;
}

function next(args: readonly string[], at: number, kind: ProgramScript['kind']): ProgramScript | undefined {
  const value = args[at + 1];
  return value === undefined ? undefined : { kind, value, index: at + 1 };
}

/** Words before the script: the verb of `deno run`, assignments of `env`, `+o` options of shells. */
function isPrelude(arg: string, host: string, syntax: InterpreterSyntax): boolean {
  if (host === 'deno' || host === 'bun') return arg === 'run' || arg === 'x';
  if (host === 'env') return /^\w+=/.test(arg);
  return syntax === SHELL && arg.startsWith('+');
}

/**
 * What an interpreter runs, as one word to tell actors apart: the script's path, the module after `-m`, or `-c` for
 * code given on the command line (`-e` too). `args` is argv with the interpreter's name; undefined when interactive.
 */
export function interpreterScript(args: readonly string[]): string | undefined {
  const rest = argumentsOf(args);
  const host =
    rest === args
      ? ''
      : baseName(args[0] ?? '')
          .replace(/^-/, '')
          .toLowerCase();
  const script = programScript(rest, host);
  if (script === undefined) return undefined;
  return script.kind === 'code' ? '-c' : script.value;
}
