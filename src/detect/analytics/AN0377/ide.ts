import { baseName } from '../../../knowledge/program.js';
import type { SubjectProcess } from '../../subject.js';

interface Family {
  readonly name: string;
  /** The program exists for tunnels; otherwise it is an editor or its command line, which also opens files. */
  readonly dedicated: boolean;
  /** Base names, lower case. */
  readonly names: readonly string[];
  /** Lower case, whole. */
  readonly signingIds: readonly string[];
  /** Beginnings of lower-case signing ids. */
  readonly prefixes: readonly string[];
  /** Who signs the real one. */
  readonly teams: readonly string[];
}

/**
 * Editors that open tunnels, and their command lines. VS Code: cli/ of microsoft/vscode (application names, `code tunnel`),
 * signing ids and Team IDs as src/knowledge/uploaders.json and tools.json have them. Visual Studio Code's wrapper script
 * `code` runs `code-tunnel` for the command `tunnel`; the command line that is downloaded alone is called `code`.
 */
const FAMILIES: readonly Family[] = [
  {
    name: 'VS Code tunnel',
    dedicated: true,
    names: ['code-tunnel', 'code-tunnel-insiders', 'code-insiders-tunnel', 'cursor-tunnel'],
    signingIds: ['code-tunnel', 'code-tunnel-insiders', 'code-insiders-tunnel', 'cursor-tunnel'],
    prefixes: [],
    teams: ['UBF8T346G9', 'VDXQ22DGB9'],
  },
  {
    name: 'Microsoft devtunnel',
    dedicated: true,
    names: ['devtunnel'],
    signingIds: ['devtunnel'],
    prefixes: [],
    teams: ['UBF8T346G9'],
  },
  {
    name: 'JetBrains remote development server',
    dedicated: true,
    names: ['remote-dev-server', 'remote-dev-server.sh'],
    signingIds: [],
    prefixes: [],
    teams: ['2ZEFAR8TH3'],
  },
  {
    name: 'Visual Studio Code',
    dedicated: false,
    names: ['code', 'code-insiders', 'code helper', 'code helper (plugin)'],
    signingIds: ['code', 'code-insiders'],
    prefixes: ['com.microsoft.vscode'],
    teams: ['UBF8T346G9'],
  },
  {
    name: 'Cursor',
    dedicated: false,
    names: ['cursor', 'cursor helper', 'cursor helper (plugin)'],
    signingIds: ['cursor'],
    prefixes: ['com.todesktop.230313mzl4w4u92'],
    teams: ['VDXQ22DGB9'],
  },
  {
    name: 'JetBrains Gateway',
    dedicated: false,
    names: ['gateway', 'jetbrains-gateway', 'jetbrains_client', 'jetbrains client'],
    signingIds: [],
    prefixes: ['com.jetbrains.gateway', 'com.jetbrains.jetbrainsclient'],
    teams: ['2ZEFAR8TH3'],
  },
];

/** An editor or its tunnel, as a process is one. */
export interface Ide {
  readonly name: string;
  readonly dedicated: boolean;
  readonly matchedOn: 'signing id' | 'name';
  /** It bears none of the names of what its signature says it is. */
  readonly renamed: boolean;
  /** A certificate names its vendor. */
  readonly genuine: boolean;
}

/** The editor that a process is, by who signed it, else by its name. */
export function ideOf(process: SubjectProcess): Ide | undefined {
  const name = (baseName(process.executable) || process.name).toLowerCase();
  const signingId = process.signingId.toLowerCase();
  const signed = FAMILIES.find(
    ({ signingIds, prefixes }) =>
      signingIds.includes(signingId) || prefixes.some((prefix) => signingId.startsWith(prefix)),
  );
  const family = signed ?? FAMILIES.find(({ names, teams }) => names.includes(name) && isOf(process, teams));
  if (family === undefined) return undefined;
  return {
    name: family.name,
    dedicated: family.dedicated || (signed === undefined ? false : isDedicatedName(name)),
    matchedOn: signed === undefined ? 'name' : 'signing id',
    renamed: signed !== undefined && family.dedicated && !isKnownName(name),
    genuine: family.teams.includes(process.teamId),
  };
}

/** A bare name is no evidence when a certificate says another vendor made the program. */
const isOf = ({ teamId }: SubjectProcess, teams: readonly string[]): boolean =>
  teamId === '' || teams.includes(teamId);

const isDedicatedName = (name: string): boolean =>
  FAMILIES.some(({ dedicated, names }) => dedicated && names.includes(name));

/** `code` is what the tunnel's command line is called where it is downloaded alone. */
const isKnownName = (name: string): boolean => FAMILIES.some(({ names }) => names.includes(name));

/** Last parts of actors that may be one: names and signing ids, lower case. */
export const IDE_NAMES: readonly string[] = [
  ...new Set(FAMILIES.flatMap(({ names, signingIds }) => [...names, ...signingIds])),
].sort();

/** Beginnings of signing ids, lower case. */
export const IDE_PREFIXES: readonly string[] = FAMILIES.flatMap(({ prefixes }) => prefixes).sort();
