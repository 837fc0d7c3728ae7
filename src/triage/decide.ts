import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { type Finding } from '../ground/finding.js';
import { type Disposition, type Severity, SEVERITIES } from '../ground/vocabulary.js';
import { chunksOf } from '../ground/lists.js';
import { appendDecisions, type Decision } from '../decisions/decisions.js';
import type { ClosedFinding, SeenFinding } from '../decisions/detail.js';
import { AT_ONCE } from './draft-findings.js';
import { loadBehaviours, loadDigests, loadInsides, weekKey } from './load-evaluations.js';
import type { FindingAction } from '../decisions/standing.js';

/** What to do about findings. `reason` may be '' except where something is closed. */
export type FindingOrder =
  | { readonly action: 'ack' | 'escalate' | 'reopen'; readonly reason: string }
  | { readonly action: 'assign'; readonly to: string | null }
  | { readonly action: 'close'; readonly disposition: Disposition; readonly reason: string }
  | { readonly action: 'note'; readonly note: string };

/**
 * Writes one decision for each finding, all of them or none. A closing keeps what the finding has shown so far, since
 * only what goes beyond it opens it again.
 *
 * @param at ISO 8601
 * @throws OutflowError OF_USAGE when the order makes no sense in the state one of them is in
 */
export async function decideOnFindings(
  store: Store,
  findings: readonly Finding[],
  order: FindingOrder,
  { who, at }: { readonly who: string; readonly at: string },
): Promise<readonly Decision[]> {
  for (const finding of findings) refuseNonsense(finding, order.action);
  const closed = order.action === 'close' ? await closedFindings(store, findings) : undefined;
  const { action, ...said } = order;
  return appendDecisions(
    store,
    findings.map((finding) => ({
      at,
      who,
      kind: 'finding',
      subject: finding.id,
      action,
      detail: {
        ...said,
        seen: seenAs(finding),
        ...(closed === undefined ? {} : { closed: closed.get(finding.id) ?? closedAsSeen(finding) }),
      },
    })),
  );
}

function refuseNonsense({ id, state }: Finding, action: FindingAction): void {
  if ((action === 'ack' || action === 'escalate') && state === 'closed')
    throw failure('OF_USAGE.findingClosed', { finding: id });
  if (action === 'reopen' && state !== 'closed')
    throw failure('OF_USAGE.findingNotClosed', { finding: id, state });
}

function seenAs(finding: Finding): SeenFinding {
  const { title, risk, severity, host, process, first_seen, last_seen, history } = finding;
  const judged = last_seen.slice(0, 10);
  return {
    analytic: finding.analytic,
    title,
    risk,
    severity,
    host: { ...host },
    process: {
      executable: process.executable,
      name: process.name,
      actor: process.actor,
      signer: process.signing.signer,
    },
    first_seen,
    last_seen,
    first_judged: history?.first_judged ?? judged,
    last_judged: history?.last_judged ?? judged,
    worst_judged: history?.worst_judged ?? judged,
    raised_on: history?.raised_on ?? null,
  };
}

/** All that each finding has shown, over all its evaluations, approved ones included. */
async function closedFindings(
  store: Store,
  findings: readonly Finding[],
): Promise<ReadonlyMap<string, ClosedFinding>> {
  const closed = new Map<string, ClosedFinding>();
  for (const some of chunksOf(
    findings.map(({ id }) => id),
    AT_ONCE,
  )) {
    const insides = await loadInsides(store, store.database, some);
    const behaviours = await loadBehaviours(store, store.database, some);
    for (const { id, weeks, days, lastMs } of await loadDigests(store, store.database, some)) {
      const keys = weeks.map((week) => weekKey(id, week.evaluatedOn));
      closed.set(id, {
        evaluated_on: weeks.at(-1)!.evaluatedOn,
        last_seen: new Date(lastMs).toISOString(),
        risk: weeks.reduce((most, week) => Math.max(most, week.risk), 0),
        severity: weeks.map(({ severity }) => severity).reduce(worse),
        max_day_bytes: days.reduce((most, day) => Math.max(most, day.bytes_out), 0),
        places: unionOf(keys, (key) => insides.get(key)?.facts.places.map((place) => place.key)),
        behaviours: unionOf(keys, (key) => behaviours.get(key)),
      });
    }
  }
  return closed;
}

/** Of a finding that no evaluation shows any more. */
function closedAsSeen({ severity, risk, last_seen, history }: Finding): ClosedFinding {
  return {
    evaluated_on: history?.last_judged ?? last_seen.slice(0, 10),
    last_seen,
    risk,
    severity,
    max_day_bytes: 0,
    places: [],
    behaviours: [],
  };
}

const worse = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a);

function unionOf(weeks: readonly string[], of: (week: string) => readonly string[] | undefined): string[] {
  return [...new Set(weeks.flatMap((week) => of(week) ?? []))].sort();
}
