import { loadSql } from '../ground/sql-file.js';
import { commandTarget } from '../knowledge/command-target.js';
import { dualUse, type DualUseRole } from '../knowledge/dual-use.js';
import { mattersOnExec } from '../knowledge/exec-alone.js';
import { interpreterScript } from '../knowledge/interpreter-script.js';
import { matchTool } from '../knowledge/match-tool.js';
import { pathClass } from '../knowledge/path-class.js';
import { liesIn } from '../knowledge/path-traits.js';
import { isPlumbing } from '../knowledge/starters.js';
import type { Store } from '../store/store.js';
import { actorOf } from './actor.js';
import type { Signer } from '../ground/vocabulary.js';
import { foldPath } from './fold-path.js';
import { classifySigner, type SigningFacts } from './signer.js';
import { isUnvouched } from '../ground/vocabulary.js';

/** A distinct code identity as the engine groups it. */
interface IdentityRow {
  identity: string;
  executable: string;
  name: string;
  signing_id: string;
  team_id: string;
  platform_binary: number;
  cs_flags: number;
  cs_category: number;
  code_signed: number;
  code_trusted: number;
  code_subject: string;
}

/** Rows held in JavaScript at once. */
const PAGE = 20_000;

const DISTINCT_IDENTITIES = loadSql(new URL('./sql/distinct-identities.sql', import.meta.url));

/** Says what every distinct code identity is, a page at a time: their number is bounded by programs, not by events. */
export async function nameIdentities(store: Store, run: string): Promise<void> {
  let after = '0';
  for (;;) {
    const page = await store.rows<IdentityRow>(DISTINCT_IDENTITIES, { run, after, page: PAGE });
    if (page.length === 0) return;
    await store.insert(`${run}.identities`, page.map(identityOf));
    after = page.at(-1)!.identity;
  }
}

function identityOf(row: IdentityRow): Record<string, string | number> {
  const signer = classifySigner(signingFacts(row));
  const program = { executable: row.executable, name: row.name, signingId: row.signing_id };
  const role = dualUse(program);
  const tool = matchTool({ ...program, teamId: row.team_id, args: [] });
  return {
    identity: row.identity,
    actor: actorOf({ ...program, signer, teamId: row.team_id }),
    signer,
    signing_id: row.signing_id,
    team_id: row.team_id,
    qualify: role === undefined ? '' : QUALIFY[role],
    shell: passesOn(row.executable, role, signer) ? 1 : 0,
    tool: tool !== undefined && mattersOnExec(tool.category) ? tool.family : '',
  };
}

/** A shell or plumbing, where it is installed: code nobody vouches for elsewhere only bears the name. */
function passesOn(executable: string, role: DualUseRole | undefined, signer: Signer): boolean {
  if (role !== 'shell' && !isPlumbing(executable)) return false;
  return !isUnvouched(signer) || liesIn(pathClass(executable), 'shells');
}

/** How an identity that is nobody by itself is told apart: by what it runs, or by who started it. */
const QUALIFY: Readonly<Record<DualUseRole, 'script' | 'parent'>> = {
  interpreter: 'script',
  shell: 'script',
  transfer: 'parent',
  remote_shell: 'parent',
  cloud_cli: 'parent',
  archiver: 'parent',
};

export function signingFacts(row: {
  signing_id: string;
  team_id: string;
  platform_binary: number;
  cs_flags: number;
  cs_category: number;
  code_signed: number;
  code_trusted: number;
  code_subject: string;
}): SigningFacts {
  return {
    signingId: row.signing_id,
    teamId: row.team_id,
    platformBinary: row.platform_binary,
    flags: row.cs_flags,
    category: row.cs_category,
    signed: row.code_signed,
    trusted: row.code_trusted,
    subject: row.code_subject,
  };
}

const DISTINCT_COMMAND_LINES = `
  SELECT DISTINCT sipHash64(args, script) AS command_line, script, executable, name, signing_id, arrayMap(a -> substring(a, 1, 1000), arraySlice(args, 1, 40)) AS args
  FROM {run:Identifier}.processes AS p
  INNER JOIN (SELECT identity FROM {run:Identifier}.identities WHERE qualify != '') AS i ON i.identity = p.identity
  WHERE (notEmpty(args) OR script != '') AND sipHash64(args, script) > {after:UInt64}
    AND (host_id, process_id) IN (SELECT host_id, process_id FROM {run:Identifier}.owners)
  ORDER BY command_line, executable, name, signing_id
  LIMIT {page:UInt32}`;

interface CommandLineRow {
  command_line: string;
  args: string[];
  script: string;
  executable: string;
  name: string;
  signing_id: string;
}

function commandLineOf(row: CommandLineRow): Record<string, string> {
  const program = { ...row, signingId: row.signing_id };
  return {
    command_line: row.command_line,
    script: scriptOf(row.script, row.args),
    target: commandTarget(program) ?? '',
  };
}

/** Reads what interpreters run, and where tools were sent, out of their distinct command lines; only those of processes that own connections. */
export async function readCommandLines(store: Store, run: string): Promise<void> {
  let after = '0';
  for (;;) {
    const page = await store.rows<CommandLineRow>(DISTINCT_COMMAND_LINES, {
      run,
      after,
      page: PAGE,
    });
    if (page.length === 0) return;
    // One row a command line, whatever programs were started with it.
    const lines = new Map(page.map((row) => [row.command_line, commandLineOf(row)]));
    await store.insert(`${run}.command_lines`, [...lines.values()]);
    after = page.at(-1)!.command_line;
  }
}

/** A script's folded path or module; '' for code given on the command line, which is nobody again. */
function scriptOf(reported: string, args: readonly string[]): string {
  const script = reported === '' ? interpreterScript(args) : reported;
  return script === undefined || script === '-c' ? '' : foldPath(script);
}
