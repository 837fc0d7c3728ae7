/** Which options of a tool take a value; all others are flags. */
export interface OptionSyntax {
  /** Letters of short options that take a value: `o` for `-o file` and `-ofile`. */
  readonly short: string;
  /** Long options that take a value in the next argument when no `=` is given, without dashes. */
  readonly long: readonly string[];
  /** Long options may start with one dash and short ones are not bundled (`-dl`, `-connect`). */
  readonly singleDash?: boolean;
  /** Unambiguous beginnings of `long` are accepted (`--upload` for `--upload-file`). */
  readonly abbreviated?: boolean;
}

export interface ParsedOption {
  /** Without dashes. */
  readonly name: string;
  readonly value: string | undefined;
}

export interface ParsedArguments {
  readonly options: readonly ParsedOption[];
  readonly operands: readonly string[];
}

/** Nobody bundles more flags; a value attached to one of them may still be long. */
const MAX_BUNDLE = 64;

/** Options and operands in order: bundled short flags, attached values, `--name=value` and `--`. */
export function parseArguments(args: readonly string[], syntax: OptionSyntax): ParsedArguments {
  const options: ParsedOption[] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith('--') || (syntax.singleDash === true && arg.startsWith('-') && arg !== '-')) {
      const equals = arg.indexOf('=');
      const written = arg.slice(arg.startsWith('--') ? 2 : 1, equals < 0 ? undefined : equals);
      const name = syntax.abbreviated === true ? completed(written, syntax.long) : written;
      if (equals >= 0) options.push({ name, value: arg.slice(equals + 1) });
      else options.push({ name, value: syntax.long.includes(name) ? args[++at] : undefined });
    } else if (arg.startsWith('-') && arg.length > 1) {
      at = bundle(arg, args, at, syntax, options);
    } else operands.push(arg);
  }
  return { options, operands };
}

/** Reads `-sSFfile=@x` or `-sSF` with its value in the next argument; returns the position read last. */
function bundle(
  arg: string,
  args: readonly string[],
  at: number,
  syntax: OptionSyntax,
  options: ParsedOption[],
): number {
  const end = Math.min(arg.length, MAX_BUNDLE + 1);
  for (let letter = 1; letter < end; letter++) {
    const name = arg[letter]!;
    if (!syntax.short.includes(name)) {
      options.push({ name, value: undefined });
      continue;
    }
    const attached = arg.slice(letter + 1);
    options.push({ name, value: attached === '' ? args[at + 1] : attached });
    return attached === '' ? at + 1 : at;
  }
  return at;
}

function completed(written: string, known: readonly string[]): string {
  if (written.length < 3 || known.includes(written)) return written;
  const fits = known.filter((name) => name.startsWith(written));
  return fits.length === 1 ? fits[0]! : written;
}

/** Value of the last option with one of these names. */
export function lastValue(parsed: ParsedArguments, ...names: readonly string[]): string | undefined {
  return parsed.options.findLast((option) => names.includes(option.name) && option.value !== undefined)
    ?.value;
}

export function hasOption(parsed: ParsedArguments, ...names: readonly string[]): boolean {
  return parsed.options.some((option) => names.includes(option.name));
}
