import type { Approval, Config } from '../config/schema.js';
import { withApproval } from './with-approval.js';
import type { Store } from '../store/store.js';
import { applyApprovals } from '../approvals/apply.js';
import type { GroupOf } from '../approvals/scope.js';
import type { FindingHistory } from '../ground/finding.js';
import type { FindingState, Severity } from '../ground/vocabulary.js';
import { chunksOf } from '../ground/lists.js';
import { type Decision, readDecisions } from '../decisions/decisions.js';
import { type Folded, foldEvaluations, type JudgedWeek } from './fold.js';
import {
  type Digest,
  type Inside,
  loadBehaviours,
  loadDigests,
  loadInsides,
  weekKey,
} from './load-evaluations.js';
import { type Standing, standingOf, UNTOUCHED } from '../decisions/standing.js';
import { unsupportedFinding } from './unsupported.js';

export interface FoldOptions {
  /**
   * Database of a run whose table `evaluations` is folded instead of what the store keeps: what people decided on a finding
   * counts, but findings that the run does not show are not told of.
   */
  readonly run?: string | undefined;
  readonly config: Config;
  readonly approvals: readonly Approval[];
  readonly groupOf: GroupOf;
  /** Only these findings. */
  readonly ids?: readonly string[] | undefined;
  /** Only findings of which this is true; asked before what is large about them is read. */
  readonly accept?: ((outline: FindingOutline) => boolean) | undefined;
}

/** What is known of a finding before its evaluations are opened. Times are ISO 8601. */
export interface FindingOutline {
  readonly id: string;
  readonly state: FindingState;
  readonly severity: Severity;
  readonly risk: number;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly history: FindingHistory;
}

/** An outline with what it is made from; `of` is missing when no evaluation shows it any more. */
export interface Draft {
  readonly outline: FindingOutline;
  readonly standing: Standing;
  readonly of?: { readonly digest: Digest; readonly folded: Folded };
}

/** Findings asked for at once: their ids go to a server in the address of the request. */
export const AT_ONCE = 500;

/** All findings of the store in outline, by risk descending, then id. */
export async function draftFindings(store: Store, options: FoldOptions): Promise<readonly Draft[]> {
  const standings = await readStandings(store, options.ids);
  const from = options.run ?? store.database;
  const digests = await digestsOf(store, from, options.ids);
  const drafts: Draft[] = [];
  const draft = (digest: Digest, opened: Opened): void => {
    drafts.push(draftOf(digest, standings.get(digest.id) ?? UNTOUCHED, opened, options));
  };
  const returned = new Set(digests.filter((digest) => goesOn(digest, standings.get(digest.id))));
  const opened = digests.filter((digest) => options.approvals.length > 0 || returned.has(digest));
  for (const some of chunksOf(opened, AT_ONCE)) {
    const insides = await loadInsides(store, from, some.map(idOf));
    const closed = some.filter((digest) => returned.has(digest)).map(idOf);
    const behaviours = closed.length === 0 ? new Map() : await loadBehaviours(store, from, closed);
    for (const digest of some) draft(digest, { insides, behaviours });
  }
  const supported = new Set(digests.map(({ id }) => id));
  const drafted = new Set(opened);
  for (const digest of digests) if (!drafted.has(digest)) draft(digest, UNOPENED);
  for (const [id, standing] of standings) {
    if (options.run === undefined && !supported.has(id))
      drafts.push({ outline: unsupportedOutline(id, standing), standing });
  }
  return drafts.sort(({ outline: a }, { outline: b }) => b.risk - a.risk || (a.id < b.id ? -1 : 1));
}

async function digestsOf(
  store: Store,
  from: string,
  ids: readonly string[] | undefined,
): Promise<readonly Digest[]> {
  if (ids === undefined) return loadDigests(store, from);
  const digests: Digest[] = [];
  for (const some of chunksOf(ids, AT_ONCE)) digests.push(...(await loadDigests(store, from, some)));
  return digests;
}

/** What people decided on each finding they touched. */
async function readStandings(store: Store, ids?: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const wanted = ids === undefined ? undefined : new Set(ids);
  const bySubject = new Map<string, Decision[]>();
  for (const decision of await readDecisions(store, { kind: 'finding' })) {
    if (wanted?.has(decision.subject) === false) continue;
    const own = bySubject.get(decision.subject);
    if (own === undefined) bySubject.set(decision.subject, [decision]);
    else own.push(decision);
  }
  return new Map([...bySubject].map(([id, decisions]) => [id, standingOf(decisions)]));
}

/** Closed, and active since: only then can it be open again. */
function goesOn(digest: Digest, standing: Standing | undefined): boolean {
  const closed = standing?.closing?.of ?? null;
  return closed !== null && digest.weeks.some(({ lastSeen }) => lastSeen > closed.last_seen);
}

/** What was read of the evaluations beyond their digest, by {@link weekKey}. */
interface Opened {
  readonly insides: ReadonlyMap<string, Inside>;
  readonly behaviours: ReadonlyMap<string, readonly string[]>;
}

const UNOPENED: Opened = { insides: new Map(), behaviours: new Map() };

const idOf = ({ id }: Digest): string => id;

function draftOf(
  digest: Digest,
  standing: Standing,
  { insides, behaviours }: Opened,
  { approvals, groupOf, config }: FoldOptions,
): Draft {
  const weeks = digest.weeks.map((week): JudgedWeek => {
    const key = weekKey(digest.id, week.evaluatedOn);
    const inside = insides.get(key);
    if (inside === undefined) return { ...week, approved: undefined, places: [], behaviours: [], days: [] };
    return {
      ...week,
      approved: applyApprovals(inside.facts, approvals, week.evaluatedOn, groupOf),
      places: inside.facts.places.map(({ key }) => key),
      behaviours: behaviours.get(key) ?? [],
      days: inside.days,
    };
  });
  const folded = foldEvaluations(weeks, standing);
  const { state, shown, history } = folded;
  const quiet = state === 'approved';
  return {
    outline: {
      id: digest.id,
      state,
      severity: quiet ? 'informational' : shown.severity,
      risk: quiet ? withApproval({ risk: shown.risk, indicators: [] }, '', config).risk : shown.risk,
      first_seen: new Date(digest.firstMs).toISOString(),
      last_seen: new Date(digest.lastMs).toISOString(),
      history,
    },
    standing,
    of: { digest, folded },
  };
}

function unsupportedOutline(id: string, standing: Standing): FindingOutline {
  const { state, severity, risk, first_seen, last_seen, history } = unsupportedFinding(id, standing);
  return { id, state, severity, risk, first_seen, last_seen, history };
}
