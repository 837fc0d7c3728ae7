import type { Approval, Config } from '../../config/schema.js';
import { loadPeerGroups } from '../../baseline/peers.js';
import type { Store } from '../../store/store.js';
import { readDecisions, type Decision } from '../../decisions/decisions.js';
import { standingOf } from '../../decisions/standing.js';
import { applyApprovals } from '../../approvals/apply.js';
import { groupBy } from '../../ground/lists.js';
import { loadWeeks, type WeekOfUse } from '../load-weeks.js';
import { resolveApprovals } from '../../approvals/resolve.js';
import type { GroupOf } from '../../approvals/scope.js';
import { collectCandidates } from './candidates.js';
import { loadFleet, loadPairs, loadTotals } from './history.js';
import { evidenceText, habitsOf, proposalsOf, type Proposal } from './propose.js';
import type { Suggestion } from './suggestion.js';

export type { Suggestion } from './suggestion.js';

/**
 * Approvals for a person to accept: of findings that stand, those which are the habit of a program somebody answers for,
 * towards places with a name. Only such are proposed as would approve at least one finding altogether. Writes nothing.
 * Ordered by the number of findings, then name.
 */
export async function suggestApprovals(store: Store, config: Config): Promise<readonly Suggestion[]> {
  const approvals = await resolveApprovals(store, config);
  const groupOf = await loadPeerGroups(store, config);
  const incidents = await readIncidents(store);
  const candidates = await collectCandidates(loadWeeks(store), approvals, incidents, groupOf);
  if (candidates.length === 0) return [];
  const fleet = await loadFleet(store);
  const pairs = await loadPairs(store);
  const habits = habitsOf(candidates, { pairs, fleet });
  const actors = [...new Set(habits.map(({ pair }) => pair.actor))].sort();
  const totals = await loadTotals(store, actors);
  const proposals = named(proposalsOf(habits, { config, fleet, groupOf, pairs, totals }), approvals);
  const found = await approvedBy(loadWeeks(store), approvals, proposals, groupOf);
  return proposals
    .flatMap((proposal): Suggestion[] => {
      const findings = found.get(proposal.approval.name) ?? [];
      const { approval, evidence } = proposal;
      return findings.length === 0
        ? []
        : [{ approval, evidence, text: evidenceText(proposal, findings.length), findings }];
    })
    .sort((a, b) => b.findings.length - a.findings.length || (a.approval.name < b.approval.name ? -1 : 1));
}

/** Findings that people escalated, or closed as what they were. */
async function readIncidents(store: Store): Promise<ReadonlySet<string>> {
  const decisions = await readDecisions(store, { kind: 'finding' });
  const byId = groupBy(decisions, ({ subject }) => subject);
  return new Set([...byId].filter(([, own]) => isIncident(own)).map(([id]) => id));
}

function isIncident(decisions: readonly Decision[]): boolean {
  const { state, disposition } = standingOf(decisions);
  return state === 'escalated' || disposition === 'true_positive';
}

/** Names say program, place and scope; numbered where that is not enough. */
function named(proposals: readonly Proposal[], approvals: readonly Approval[]): readonly Proposal[] {
  const taken = new Set(approvals.map(({ name }) => name));
  return proposals
    .map((proposal) => ({ proposal, base: nameFor(proposal) }))
    .sort((a, b) => compare(a.base, b.base) || compare(a.proposal.evidence.actor, b.proposal.evidence.actor))
    .map(({ proposal, base }) => {
      let name = base;
      for (let number = 2; taken.has(name); number += 1) name = `${base} (${number})`;
      taken.add(name);
      return { ...proposal, approval: { ...proposal.approval, name } };
    });
}

function nameFor({ approval, processName }: Proposal): string {
  const { hosts, groups, destinations } = approval;
  const [first = '', ...more] = destinations ?? [];
  const place = more.length === 0 ? first : `${first} and ${more.length} more`;
  const where = groups?.[0] ?? (hosts?.length === 1 ? hosts[0] : hosts && `${hosts.length} hosts`);
  return `${processName || 'program'} to ${place}${where === undefined ? '' : ` on ${where}`}`;
}

/** Ids of the findings that the proposals approve in every evaluation, by name of each that has a part in it. */
async function approvedBy(
  weeks: AsyncIterable<WeekOfUse>,
  approvals: readonly Approval[],
  proposals: readonly Proposal[],
  groupOf: GroupOf,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = [...approvals, ...proposals.map(({ approval }) => asFilled(approval))];
  const proposed = new Set(proposals.map(({ approval }) => approval.name));
  const parts = new Map<string, Set<string>>();
  const standing = new Set<string>();
  for await (const { id, facts, evaluatedOn } of weeks) {
    const decided = applyApprovals(facts, all, evaluatedOn, groupOf);
    if (decided?.inside !== true) standing.add(id);
    else if (proposed.has(decided.name)) parts.set(id, (parts.get(id) ?? new Set()).add(decided.name));
  }
  const found = new Map<string, string[]>();
  for (const [id, names] of parts) {
    if (standing.has(id)) continue;
    for (const name of names) found.set(name, [...(found.get(name) ?? []), id]);
  }
  for (const ids of found.values()) ids.sort();
  return found;
}

const asFilled = (approval: Approval): Approval => ({ ...approval, owner: '-', reason: '-' });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
