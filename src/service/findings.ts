import { readDecisions, verifyDecisions } from '../decisions/decisions.js';
import type { Decision } from '../decisions/decision.js';
import { failure } from '../ground/errors.js';
import type { Finding } from '../ground/finding.js';
import { formatPlural } from '../ground/units.js';
import { FINDING_STATES, type FindingState } from '../ground/vocabulary.js';
import { acceptsFinding, acceptsOutline, type FindingFilter } from '../triage/filter.js';
import { findIds, listIds } from '../triage/find-ids.js';
import { eachFinding, foldFindings } from '../triage/findings.js';
import { idsBeside, oneSituation, withOthers } from '../triage/one-situation.js';
import { readJudged } from '../triage/judged.js';
import type { Session } from './session.js';
import { triageOptions } from './triage-options.js';

/** Which findings are meant; without states those that are still to be done. */
export type FindingQuery = Partial<FindingFilter>;

/** What is still to be done; what was settled is asked for by its state. */
export const QUEUE_STATES: readonly FindingState[] = ['open', 'acknowledged', 'escalated'];

/** The contract `outflow.queue/1` (docs/findings.md). Change it only by adding. */
export interface FindingQueue {
  readonly schema: 'outflow.queue/1';
  /** First and last day that was judged, `YYYY-MM-DD`; null where none was. */
  readonly judged: { readonly first: string; readonly last: string } | null;
  /** Findings of the whole store by state, those that do not fit included. */
  readonly counts: Readonly<Record<FindingState, number>>;
  /** Those that fit, by risk descending, then id; of one host and program one, which names the others (`also`). */
  readonly findings: readonly Finding[];
}

/** The contract `outflow.finding/1` (docs/findings.md). Change it only by adding. */
export interface FindingDetail {
  readonly schema: 'outflow.finding/1';
  readonly finding: Finding;
  /** What was decided on it, in order. */
  readonly decisions: readonly Decision[];
}

/** The contract `outflow.decisions/1` (docs/findings.md). Change it only by adding. */
export interface DecisionHistory {
  readonly schema: 'outflow.decisions/1';
  /** Null where nobody asked whether the history is as it was written. */
  readonly verified: { readonly decisions: number; readonly head: string } | null;
  readonly decisions: readonly Decision[];
}

export interface HistoryRequest {
  /** Only what was decided on this finding: its id, or its first characters. */
  readonly id?: string | undefined;
  /** Check that the whole history is as it was written. */
  readonly verify?: boolean | undefined;
  /** With `verify`: a head noted earlier, to notice decisions cut off since. */
  readonly expect?: string | undefined;
}

export interface FindingsService {
  /** @throws OutflowError OF_STORE_EMPTY where nothing was judged yet */
  readonly list: (query?: FindingQuery) => Promise<FindingQueue>;
  /**
   * @param id of a finding, or its first characters
   * @throws OutflowError OF_FINDING_UNKNOWN
   */
  readonly show: (id: string) => Promise<FindingDetail>;
  /** @throws OutflowError OF_HISTORY_BROKEN, OF_FINDING_UNKNOWN, OF_USAGE for `expect` without `verify` */
  readonly history: (request?: HistoryRequest) => Promise<DecisionHistory>;
  /** As few characters as tell the ids of all findings from each other, at least eight. */
  readonly idLength: () => Promise<number>;
}

export function findingsOf(session: Session): FindingsService {
  const { config } = session.options;
  return {
    list: (query = {}) =>
      session.read(async (store) => {
        const filter = { ...query, states: query.states ?? QUEUE_STATES };
        const counts = Object.fromEntries(FINDING_STATES.map((state) => [state, 0])) as Record<
          FindingState,
          number
        >;
        const judged = await readJudged(store);
        const findings: Finding[] = [];
        const accept: typeof acceptsOutline = (given, outline) => {
          counts[outline.state] += 1;
          return acceptsOutline(given, outline);
        };
        for await (const some of eachFinding(store, {
          ...(await triageOptions(store, config)),
          accept: (outline) => accept(filter, outline),
        }))
          findings.push(...some.filter((finding) => acceptsFinding(filter, finding)));
        if (judged === null && Object.values(counts).every((count) => count === 0))
          throw failure('OF_STORE_EMPTY.nothingJudged', { store: store.target });
        return { schema: 'outflow.queue/1', judged, counts, findings: oneSituation(findings) };
      }),
    show: (id) =>
      session.read(async (store) => {
        const [subject = ''] = await findIds(store, [id]);
        const beside = await foldFindings(store, {
          ...(await triageOptions(store, config)),
          ids: [...new Set([subject, ...(await idsBeside(store, subject))])],
        });
        const finding = beside.find((one) => one.id === subject);
        if (finding === undefined) throw failure('OF_FINDING_UNKNOWN.judgedAgain', { finding: subject });
        const decisions = await readDecisions(store, { kind: 'finding', subject });
        return { schema: 'outflow.finding/1', finding: withOthers(finding, beside), decisions };
      }),
    history: ({ id, verify = false, expect } = {}) =>
      session.read(async (store) => {
        if (expect !== undefined && !verify) throw failure('OF_USAGE.expectWithoutVerify');
        const subject = id === undefined ? undefined : (await findIds(store, [id]))[0]!;
        const verdict = verify ? await verifyDecisions(store, expect) : undefined;
        if (verdict?.ok === false)
          throw failure('OF_HISTORY_BROKEN', {
            store: store.target,
            decisions: formatPlural(verdict.count, 'decision'),
            problem: verdict.problem ?? '',
          });
        return {
          schema: 'outflow.decisions/1',
          verified: verdict === undefined ? null : { decisions: verdict.count, head: verdict.head },
          decisions: await readDecisions(store, subject === undefined ? {} : { kind: 'finding', subject }),
        };
      }),
    idLength: () => session.read(async (store) => lengthOfIds(await listIds(store))),
  };
}

/** Eight characters are easy to compare. */
function lengthOfIds(sorted: readonly string[]): number {
  return sorted.reduce((length, id, at) => {
    const next = sorted[at + 1] ?? '';
    let same = 0;
    while (same < id.length && id[same] === next[same]) same += 1;
    return Math.max(length, Math.min(id.length, same + 1));
  }, 8);
}
