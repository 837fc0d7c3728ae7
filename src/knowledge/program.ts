/** What is known about the code that ran. Empty strings mean unknown. `args` is argv, the program's name included. */
export interface Program {
  readonly executable: string;
  readonly name: string;
  readonly signingId: string;
  readonly args: readonly string[];
}

/** The last component of a path. */
export function baseName(path: string): string {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

/** Base name of what ran, lower case; falls back to the reported name, which some sources cut to 15 bytes. */
export function programName(program: { readonly executable: string; readonly name: string }): string {
  return (baseName(program.executable) || program.name).toLowerCase();
}

/**
 * argv without the program's name. Sources report argv[0]; a list that starts with an option has lost it. A login
 * shell's argv[0] is its name behind a dash (`-zsh`).
 */
export function argumentsOf(args: readonly string[]): readonly string[] {
  const first = args[0];
  if (first === undefined) return args;
  if (first.startsWith('-') && !/^-(?:ba|z|k|c|tc|da|fi)?sh$/.test(first)) return args;
  return args.slice(1);
}
