import type { Approval, Config } from '../../config/schema.js';
import { formatBytes, formatPlural } from '../../ground/units.js';
import { SIGNER_WORDS } from '../../ground/signer-words.js';
import { bindingFor, roundUp } from '../from-finding.js';
import { groupBy } from '../../ground/lists.js';
import { addDays } from '../../ground/day.js';
import type { GroupOf } from '../../approvals/scope.js';
import type { Candidate } from './candidates.js';
import { hostActor, type Fleet, type PairHistory } from './history.js';
import { isSteady, median, usualDay, type DayAmount } from './steady.js';
import type { SuggestionEvidence } from './suggestion.js';

export interface Proposal {
  readonly approval: Approval;
  readonly evidence: SuggestionEvidence;
  readonly processName: string;
}

export interface Knowledge {
  readonly config: Config;
  readonly fleet: Fleet;
  readonly groupOf: GroupOf;
  readonly pairs: readonly PairHistory[];
  /** By host and actor. */
  readonly totals: ReadonlyMap<string, readonly DayAmount[]>;
}

/** A steady pair of a candidate. */
interface Habit {
  readonly candidate: Candidate;
  readonly pair: PairHistory;
}

/** Half a year: long enough not to be asked every month, short enough that what left is noticed. */
const HOLDS_DAYS = 180;
/** How far beyond its largest usual day a proposal reaches. */
const ROOM = 2;
/** From this share of a peer group or the fleet on, a habit is the group's. */
const MOST_HOSTS = 0.5;

/** Candidates with pairs that are habits. */
export function habitsOf(
  candidates: readonly Candidate[],
  { pairs, fleet }: Pick<Knowledge, 'pairs' | 'fleet'>,
): readonly Habit[] {
  const byKey = new Map(candidates.map((one) => [hostActor(one.hostId, one.actor), one]));
  return pairs.flatMap((pair): Habit[] => {
    const candidate = byKey.get(hostActor(pair.hostId, pair.actor));
    if (candidate === undefined || !candidate.places.has(pair.destination) || !isSteady(pair.days)) return [];
    return candidate.vouch === 'vendor' || isOld(pair, fleet) ? [{ candidate, pair }] : [];
  });
}

/** It was there when the store began to look: what nobody vouches for must not have come since. */
function isOld({ hostId, days }: PairHistory, { hosts, newestDay }: Fleet): boolean {
  const since = hosts.find(({ id }) => id === hostId)?.since ?? newestDay;
  const known = (Date.parse(newestDay) - Date.parse(since)) / 86_400_000 + 1;
  return (days[0]?.day ?? newestDay) < addDays(since, Math.min(7, Math.floor(known / 3)));
}

/** One proposal for every program and set of hosts, with all destinations that are a habit on just these. */
export function proposalsOf(habits: readonly Habit[], knowledge: Knowledge): readonly Proposal[] {
  const shares = new Map<string, (readonly Habit[])[]>();
  const byPair = groupBy(habits, ({ pair, candidate }) =>
    JSON.stringify([pair.actor, bindingFor(candidate.latest), pair.destination]),
  );
  for (const same of byPair.values()) {
    const { candidate, pair } = same[0]!;
    const key = JSON.stringify([
      pair.actor,
      bindingFor(candidate.latest),
      scopeOf(
        same.map((habit) => habit.candidate),
        knowledge,
      ),
    ]);
    shares.set(key, [...(shares.get(key) ?? []), same]);
  }
  return [...shares.values()].map((places) => proposalOf(places, knowledge));
}

function proposalOf(places: readonly (readonly Habit[])[], knowledge: Knowledge): Proposal {
  const all = places.flat();
  const { latest } = all[0]!.candidate;
  const candidates = [...new Set(all.map(({ candidate }) => candidate))];
  const { totals, fleet } = knowledge;
  const usual = Math.max(
    ...candidates.map(({ hostId, actor }) => usualDay(totals.get(hostActor(hostId, actor)) ?? [])),
    ...all.map(({ pair }) => usualDay(pair.days)),
  );
  const destinations = places.map((same) => ({
    destination: same[0]!.pair.destination,
    hosts: same.length,
    days: Math.min(...same.map(({ pair }) => pair.days.length)),
    median_day: Math.max(...same.map(({ pair }) => median(pair.days.map(({ bytes }) => bytes)))),
    largest_day: Math.max(...same.flatMap(({ pair }) => pair.days.map(({ bytes }) => bytes))),
  }));
  const days = all.flatMap(({ pair }) => pair.days.map(({ day }) => day)).sort();
  return {
    approval: {
      name: '',
      ...bindingFor(latest),
      ...scopeOf(candidates, knowledge),
      destinations: destinations.map(({ destination }) => destination),
      max_bytes_out_per_day: roundUp(usual * ROOM, 1e6),
      owner: '',
      reason: '',
      created: fleet.newestDay,
      expires: addDays(fleet.newestDay, HOLDS_DAYS),
    },
    evidence: {
      actor: latest.facts.actor,
      signer: latest.process.signer,
      hosts: candidates.length,
      fleet_hosts: fleet.hosts.length,
      first_day: days[0] ?? '',
      last_day: days.at(-1) ?? '',
      destinations,
      usual_day: usual,
    },
    processName: latest.process.name,
  };
}

/** The fleet, or a peer group, where a habit is on half of its hosts; else the hosts by name. */
function scopeOf(
  candidates: readonly Candidate[],
  { fleet, groupOf, config }: Knowledge,
): Pick<Approval, 'hosts' | 'groups'> {
  const least = config.fleet.min_hosts;
  const isMost = (hosts: number): boolean => hosts >= least && candidates.length >= hosts * MOST_HOSTS;
  if (isMost(fleet.hosts.length)) return {};
  const [first] = candidates;
  const shared = groupOf(first!.hostId, first!.hostName).filter((group) =>
    candidates.every((one) => groupOf(one.hostId, one.hostName).includes(group)),
  );
  const group = shared.find((name) =>
    isMost(fleet.hosts.filter((host) => groupOf(host.id, host.name).includes(name)).length),
  );
  if (group !== undefined) return { groups: [group] };
  return { hosts: [...new Set(candidates.map((one) => one.hostName || one.hostId))].sort() };
}

/** The evidence of a proposal in words. */
export function evidenceText({ approval, evidence, processName }: Proposal, findings: number): string {
  const [most] = [...evidence.destinations].sort((a, b) => b.largest_day - a.largest_day);
  const others = evidence.destinations.length - 1;
  const places = `${most?.destination ?? ''}${others > 0 ? ` and ${formatPlural(others, 'other place')}` : ''}`;
  const least = Math.min(...evidence.destinations.map(({ days }) => days));
  return [
    `${processName} (${SIGNER_WORDS[evidence.signer]}) sent to ${places} from ${formatPlural(evidence.hosts, 'host')} of ${evidence.fleet_hosts},`,
    `on each on at least ${formatPlural(least, 'day')} between ${evidence.first_day} and ${evidence.last_day}:`,
    `${formatBytes(most?.median_day ?? 0)} on a usual day, ${formatBytes(most?.largest_day ?? 0)} on the largest, and not growing.`,
    `Its largest usual day to all places is ${formatBytes(evidence.usual_day)}; it may send ${formatBytes(approval.max_bytes_out_per_day ?? 0)}.`,
    `It would approve ${formatPlural(findings, 'finding')}.`,
  ].join(' ');
}
