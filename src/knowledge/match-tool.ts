import { effectiveCommand } from './effective-command.js';
import { type Program, programName } from './program.js';
import { type ArgvRule, type ToolCategory, toolData, type ToolEntry, type ToolPolicy } from './tool-data.js';

export interface ToolProgram extends Program {
  readonly teamId: string;
}

export interface ToolMatch {
  readonly family: string;
  readonly category: ToolCategory;
  readonly policy: ToolPolicy;
  /** The strongest fact that matched; a name is the weakest, because anyone can choose it. */
  readonly matchedOn: 'signing_id' | 'team_id' | 'path' | 'argv' | 'name';
  readonly techniques: readonly string[];
}

interface ToolIndex {
  readonly signingIds: ReadonlyMap<string, ToolEntry>;
  readonly prefixes: readonly { readonly prefix: string; readonly entry: ToolEntry }[];
  readonly teams: ReadonlyMap<string, ToolEntry>;
  readonly names: ReadonlyMap<string, ToolEntry>;
  readonly paths: readonly { readonly part: string; readonly entry: ToolEntry }[];
  readonly patterns: readonly { readonly pattern: RegExp; readonly entry: ToolEntry }[];
  readonly argv: readonly { readonly rule: ArgvRule; readonly entry: ToolEntry }[];
}

let index: ToolIndex | undefined;

function toolIndex(): ToolIndex {
  if (index) return index;
  const tools = toolData().tools;
  const entries = <K>(keys: (entry: ToolEntry) => readonly K[]) =>
    tools.flatMap((entry) => keys(entry).map((key) => [key, entry] as const));
  index = {
    signingIds: new Map(entries((entry) => entry.signing_ids)),
    prefixes: entries((entry) => entry.signing_prefixes).map(([prefix, entry]) => ({ prefix, entry })),
    teams: new Map(entries((entry) => (entry.team_exclusive ? entry.team_ids : []))),
    names: new Map(entries((entry) => entry.names)),
    paths: entries((entry) => entry.paths).map(([part, entry]) => ({ part, entry })),
    patterns: entries((entry) => entry.path_patterns).map(([text, entry]) => ({
      pattern: new RegExp(text),
      entry,
    })),
    argv: entries((entry) => entry.argv).map(([rule, entry]) => ({ rule, entry })),
  };
  return index;
}

/**
 * The software family of a program. Ids, names and paths compare without case (the file system does, and signing ids
 * are quoted in either case); arguments compare exactly. Signing facts win over the path, the path over arguments,
 * arguments over the name, so a renamed binary is still found. Interpreters are looked through to their script.
 */
export function matchTool(program: ToolProgram): ToolMatch | undefined {
  const tools = toolIndex();
  const signingId = program.signingId.toLowerCase();
  const path = program.executable.toLowerCase();
  if (signingId !== '') {
    const entry =
      tools.signingIds.get(signingId) ??
      tools.prefixes.find(({ prefix }) => signingId.startsWith(prefix))?.entry;
    if (entry) return toolMatch(entry, 'signing_id');
  }
  const team = tools.teams.get(program.teamId);
  if (team) return toolMatch(team, 'team_id');
  if (path !== '') {
    const entry =
      tools.paths.find(({ part }) => path.includes(part))?.entry ??
      (path.length <= 1024 ? tools.patterns.find(({ pattern }) => pattern.test(path))?.entry : undefined);
    if (entry) return toolMatch(entry, 'path');
  }
  const command = effectiveCommand(program);
  const named = new Set([command.name, programName(program)]);
  const argv = tools.argv.find(({ rule }) => argvMatches(rule, named, command.args));
  if (argv) return toolMatch(argv.entry, 'argv');
  for (const name of named) {
    const entry = tools.names.get(name);
    if (entry && !claimsOtherVendor(entry, program)) return toolMatch(entry, 'name');
  }
  return undefined;
}

/** A bare name is no evidence when a certificate says another vendor made the program. */
function claimsOtherVendor(entry: ToolEntry, program: ToolProgram): boolean {
  return program.teamId !== '' && entry.team_ids.length > 0 && !entry.team_ids.includes(program.teamId);
}

function argvMatches(rule: ArgvRule, names: ReadonlySet<string>, args: readonly string[]): boolean {
  if (rule.names.length > 0 && !rule.names.some((name) => names.has(name))) return false;
  let at = 0;
  if (rule.first !== undefined) {
    at = args.findIndex((arg) => !arg.startsWith('-'));
    if (at < 0 || args[at] !== rule.first) return false;
    at++;
  }
  for (const token of rule.tokens) {
    const found = args.findIndex((arg, position) => position >= at && tokenMatches(token, arg));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function tokenMatches(token: string, arg: string): boolean {
  if (token.endsWith(':')) return arg.startsWith(token);
  return arg === token || arg.startsWith(`${token}=`);
}

function toolMatch(entry: ToolEntry, matchedOn: ToolMatch['matchedOn']): ToolMatch {
  const { family, category, policy, techniques } = entry;
  return { family, category, policy, matchedOn, techniques };
}
