import { dualUse } from '../knowledge/dual-use.js';
import { matchUploader } from '../knowledge/match-uploader.js';
import { programName } from '../knowledge/program.js';
import type { UploaderGroup } from '../knowledge/uploader-data.js';
import type { Signer } from '../ground/vocabulary.js';

/** A code identity that connected, and where. */
export interface SeenProgram {
  readonly executable: string;
  readonly name: string;
  readonly signer: Signer;
  readonly signing_id: string;
  readonly team_id: string;
  readonly hosts: readonly string[];
}

/** Where nothing sets a host apart. */
export const GENERAL = 'general';

interface Trade {
  readonly group: string;
  /** Distinct programs of the trade that make a host one of its hosts: one alone may be there by chance. */
  readonly programs: number;
}

const TRADES: Readonly<Partial<Record<UploaderGroup | 'tool', Trade>>> = {
  dev: { group: 'developer', programs: 2 },
  tool: { group: 'developer', programs: 2 },
  creative: { group: 'creative', programs: 1 },
};

/** What more than this share of the fleet runs sets nobody apart. */
const DISTINCTIVE_SHARE = 0.5;

/**
 * Groups hosts by what they run: `developer` (two or more of editors, containers, package managers, cloud and version
 * control tools), `creative` (studio software), else `general`. Only programs that at most half of the fleet runs count:
 * where everybody develops, that is no group. Below `minHosts` hosts nobody is grouped.
 *
 * @returns groups by host id
 */
export function discoverGroups(
  programs: readonly SeenProgram[],
  hosts: readonly string[],
  minHosts: number,
): ReadonlyMap<string, readonly string[]> {
  if (hosts.length < minHosts) return new Map(hosts.map((host) => [host, []]));
  const spread = new Map<string, { trade: Trade; hosts: Set<string> }>();
  for (const program of programs) {
    const sort = sortOf(program);
    const trade = sort === undefined ? undefined : TRADES[sort.trade];
    if (sort === undefined || trade === undefined) continue;
    const entry = spread.get(sort.id) ?? { trade, hosts: new Set<string>() };
    for (const host of program.hosts) entry.hosts.add(host);
    spread.set(sort.id, entry);
  }
  const distinctive = [...spread.values()].filter(
    (entry) => entry.hosts.size <= hosts.length * DISTINCTIVE_SHARE,
  );
  return new Map(hosts.map((host) => [host, groupsOf(host, distinctive)]));
}

function groupsOf(
  host: string,
  distinctive: readonly { readonly trade: Trade; readonly hosts: ReadonlySet<string> }[],
): readonly string[] {
  const counts = new Map<string, number>();
  const enough = new Set<string>();
  for (const { trade, hosts } of distinctive) {
    if (!hosts.has(host)) continue;
    const count = (counts.get(trade.group) ?? 0) + 1;
    counts.set(trade.group, count);
    if (count >= trade.programs) enough.add(trade.group);
  }
  return enough.size === 0 ? [GENERAL] : [...enough].sort();
}

function sortOf(program: SeenProgram): { trade: UploaderGroup | 'tool'; id: string } | undefined {
  const identity = { ...program, signingId: program.signing_id, teamId: program.team_id };
  const uploader = matchUploader(identity);
  if (uploader !== undefined && TRADES[uploader.group] !== undefined)
    return { trade: uploader.group, id: uploader.id };
  return dualUse(identity) === 'cloud_cli'
    ? { trade: 'tool', id: `tool:${programName(program)}` }
    : undefined;
}
