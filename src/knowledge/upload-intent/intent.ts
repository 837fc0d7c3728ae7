import { isIP } from 'node:net';

/** What a command line says the program will do with data of this Mac. */
export interface UploadIntent {
  /** `upload`: sends files; `pipe`: sends its input; the rest carry other traffic. */
  readonly verb: 'upload' | 'listen_tunnel' | 'reverse_tunnel' | 'forward' | 'pipe';
  /** Host or remote named in the arguments, as written there. */
  readonly target: string | undefined;
  /** Why, for a person. Holds text of the command line: escape it where shown. */
  readonly text: string;
  /** `possible`: the arguments allow it but do not show it. */
  readonly strength: 'explicit' | 'possible';
}

/** One command as a handler sees it. */
export interface Command {
  /** Lower-case name of the tool. */
  readonly name: string;
  /** Arguments after the name. */
  readonly args: readonly string[];
  /** The text before it shows that another command feeds its input. */
  readonly piped: boolean;
}

export type IntentHandler = (command: Command) => UploadIntent | undefined;

const MAX_TARGET = 253;

export function explicit(verb: UploadIntent['verb'], target: string | undefined, text: string): UploadIntent {
  return { verb, target: cut(target), text, strength: 'explicit' };
}

export function possible(verb: UploadIntent['verb'], target: string | undefined, text: string): UploadIntent {
  return { verb, target: cut(target), text, strength: 'possible' };
}

function cut(target: string | undefined): string | undefined {
  return target === undefined || target === '' ? undefined : target.slice(0, MAX_TARGET);
}

/** Host of a URL, of `user@host:path` or of `host:port`, lower case and without credentials. */
export function hostOf(text: string): string | undefined {
  let rest = text.slice(0, 2048);
  const scheme = rest.indexOf('://');
  if (scheme >= 0) rest = rest.slice(scheme + 3);
  const end = rest.search(/[/?#]/);
  if (end >= 0) rest = rest.slice(0, end);
  rest = rest.slice(rest.lastIndexOf('@') + 1);
  if (rest.startsWith('[')) rest = rest.slice(1, Math.max(rest.indexOf(']'), 1));
  else if (isIP(rest) === 0) rest = rest.split(':', 1)[0] ?? '';
  return rest === '' ? undefined : rest.toLowerCase();
}

/** `host:path`, `host::module`, `[v6]:path` or a URL: the colon comes before any slash. */
export function isRemote(operand: string): boolean {
  if (/^[a-z][a-z0-9+.-]{1,15}:\/\//i.test(operand)) return !operand.toLowerCase().startsWith('file://');
  if (/^(?:[^\s/@]{1,64}@)?\[[0-9a-f:.%a-z]{2,64}\]:/i.test(operand)) return true;
  const colon = operand.indexOf(':');
  if (colon <= 0) return false;
  const slash = operand.indexOf('/');
  return slash < 0 || colon < slash;
}
