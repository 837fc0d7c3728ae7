/** Options of common interpreters and shells that take a value in the next argument. */
const VALUE_OPTIONS = new Set([
  ...[
    '-W',
    '-X',
    '-Q',
    '-I',
    '-r',
    '-l',
    '-s',
    '-o',
    '-O',
    '-jar',
    '-cp',
    '-classpath',
    '--class-path',
    '-C',
  ],
  ...['--require', '--import', '--loader', '--experimental-loader', '--check-hash-based-pycs', '--rcfile'],
  ...['--init-file', '--module-path', '--add-modules', '-p', '--conditions', '--env-file'],
]);
/** Of those, the ones that take no value in a given family; interpreters disagree about single letters. */
const FLAG_ONLY: readonly { readonly host: RegExp; readonly flags: ReadonlySet<string> }[] = [
  { host: /^(?:python|pypy)/, flags: new Set(['-I', '-l', '-s', '-O', '-p', '-r', '-o', '-C']) },
  {
    host: /^(?:ba|z|k|c|tc|da|fi)?sh$/,
    flags: new Set(['-l', '-s', '-r', '-p', '-C', '-I', '-W', '-X', '-Q']),
  },
  { host: /^perl/, flags: new Set(['-W', '-X', '-s', '-l', '-p', '-C', '-O', '-o', '-r', '-Q']) },
  { host: /^ruby|^irb/, flags: new Set(['-l', '-s', '-p', '-O', '-o', '-X', '-Q']) },
  { host: /^osascript/, flags: new Set(['-o', '-O', '-p', '-r', '-W', '-X', '-Q', '-I', '-C']) },
  { host: /^node|^bun|^deno/, flags: new Set(['-l', '-s', '-o', '-O', '-I', '-W', '-X', '-Q', '-p']) },
];
const CODE_OPTIONS = new Set([
  '-c',
  '-e',
  '-E',
  '--eval',
  '--print',
  '--command',
  '-ce',
  '-lc',
  '-ic',
  '-xc',
  '-ec',
  '-lic',
]);
const HOSTS =
  /^(?:python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|tsx|ruby[\d.]*|irb|perl[\d.]*|php[\d.]*|osascript|tclsh[\d.]*|wish|expect|lua[\d.]*|luajit|swift|java|(?:ba|z|k|c|tc|da|fi)?sh|env)$/;

export interface ProgramScript {
  /** `file`: a path; `module`: `-m name`; `code`: the text of `-c` or `-e`. */
  readonly kind: 'file' | 'module' | 'code';
  readonly value: string;
  /** Position of the value in the arguments it was found in. */
  readonly index: number;
}

/** Programs that run a script named on their command line. `name` is a base name, in any case. */
export function isHostingProgram(name: string): boolean {
  return HOSTS.test(name.toLowerCase());
}

/** What an interpreter runs; `args` without the interpreter's own name. `host` settles ambiguous short options. */
export function programScript(args: readonly string[], host = ''): ProgramScript | undefined {
  const flags = FLAG_ONLY.find((family) => family.host.test(host.toLowerCase()))?.flags;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === '--') {
      const value = args[index + 1];
      return value === undefined ? undefined : { kind: 'file', value, index: index + 1 };
    }
    if (arg === '-' || arg === '') return undefined;
    if (CODE_OPTIONS.has(arg))
      return { kind: 'code', value: args[index + 1] ?? '', index: Math.min(index + 1, args.length) };
    if (arg === '-m' || arg === '--module') {
      const value = args[index + 1];
      return value === undefined ? undefined : { kind: 'module', value, index: index + 1 };
    }
    if (arg === '-jar') {
      const value = args[index + 1];
      return value === undefined ? undefined : { kind: 'file', value, index: index + 1 };
    }
    if (arg.startsWith('-m') && /^-m[A-Za-z_]/.test(arg) && /^(?:python|pypy)/.test(host)) {
      return { kind: 'module', value: arg.slice(2), index };
    }
    if (arg.startsWith('-') || (arg.startsWith('+') && /sh$/.test(host))) {
      if (VALUE_OPTIONS.has(arg) && flags?.has(arg) !== true) index++;
      continue;
    }
    if (isVerb(arg, host)) continue;
    return { kind: 'file', value: arg, index };
  }
  return undefined;
}

/** `deno run x.ts`, `bun run x.ts`: the verb is not the script. */
function isVerb(arg: string, host: string): boolean {
  return /^(?:deno|bun)$/.test(host) && (arg === 'run' || arg === 'x');
}

/**
 * What an interpreter runs, as one word to tell actors apart: the script's path, the module after `-m`, or `-c` for
 * code given on the command line (`-e` too). `args` is argv with the interpreter's name; undefined when interactive.
 */
export function interpreterScript(args: readonly string[]): string | undefined {
  const first = args[0] ?? '';
  const lost = first.startsWith('-') && !/^-(?:ba|z|k|c|tc|da|fi)?sh$/.test(first);
  const host = lost
    ? ''
    : first
        .slice(first.lastIndexOf('/') + 1)
        .replace(/^-/, '')
        .toLowerCase();
  const script = programScript(lost ? args : args.slice(1), host);
  if (script === undefined) return undefined;
  return script.kind === 'code' ? '-c' : script.value;
}
