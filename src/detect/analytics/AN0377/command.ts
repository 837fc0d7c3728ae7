import { argumentsOf } from '../../../knowledge/program.js';
import type { Subject, SubjectProcess } from '../../subject.js';
import type { Settings } from './configuration.js';
import { type Ide, ideOf } from './ide.js';

/** What a command line says about a tunnel. */
export interface TunnelCommand {
  /** The word or option of `remote_flags` that asks for it. */
  readonly flag: string;
  /** It installs the tunnel as a service, or is that service. */
  readonly service: boolean;
}

/** Second words that manage tunnels or who is signed in, and hold none: `code tunnel --help`. */
const MANAGES = /^(?:user|login|logout|show|list|status|prune|kill|unregister|rename|help|version)$/;

/** What else `code tunnel service` can be told; `install` and `internal-run` are the service. */
const SERVICE = /^(?:install|internal-run)$/;

/**
 * Where a value of `--remote` leads to that is no tunnel service: the editor over ssh, into a container or to WSL
 * (authorities of VS Code's remote extensions).
 */
const OTHER_REMOTE = /^(?:ssh-remote|dev-container|attached-container|k8s-container|wsl)\+|^ssh:/;

/** The tunnel that a process of an editor was told to open; undefined when it was told none, or nobody saw what. */
export function commandOf(
  process: SubjectProcess,
  ide: Ide,
  { remote_flags }: Settings,
): TunnelCommand | undefined {
  const args = argumentsOf(process.args);
  for (const [at, arg] of args.entries()) {
    if (!arg.startsWith('--')) continue;
    const [option = '', value = args[at + 1] ?? ''] = arg.split('=', 2);
    if (!remote_flags.includes(option) || OTHER_REMOTE.test(value)) continue;
    return { flag: option, service: false };
  }
  const [verb = '', second = '', third = ''] = args.filter((arg) => !arg.startsWith('-'));
  if (!remote_flags.includes(verb) || (verb !== 'tunnel' && !ide.dedicated)) return undefined;
  if (second === 'service') return SERVICE.test(third) ? { flag: verb, service: true } : undefined;
  return MANAGES.test(second) ? undefined : { flag: verb, service: false };
}

/** A subject as an editor that may hold a tunnel. */
export interface Tunnel {
  readonly ide: Ide;
  readonly process: SubjectProcess;
  readonly command: TunnelCommand | undefined;
}

/**
 * The process of a subject that most looks like a tunnel of an editor: one that was told to open one, else one that exists for
 * nothing else and of which nobody saw what it was told. Undefined when it is no editor, or one that edits.
 */
export function tunnelOf(subject: Subject, settings: Settings): Tunnel | undefined {
  let unseen: Tunnel | undefined;
  for (const process of subject.processes) {
    const ide = ideOf(process);
    if (ide === undefined) continue;
    const command = commandOf(process, ide, settings);
    if (command !== undefined) return { ide, process, command };
    if (ide.dedicated && argumentsOf(process.args).length === 0) unseen ??= { ide, process, command };
  }
  return unseen;
}
