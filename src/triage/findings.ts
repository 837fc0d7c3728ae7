import type { Config } from '../config/schema.js';
import { withApproval } from './with-approval.js';
import type { Store } from '../store/store.js';
import type { Finding } from '../ground/finding.js';
import { chunksOf } from '../ground/lists.js';
import {
  AT_ONCE,
  type Draft,
  draftFindings,
  type FindingOutline,
  type FoldOptions,
} from './draft-findings.js';
import { loadBodies } from './load-evaluations.js';
import { unsupportedFinding } from './unsupported.js';

export type { FindingOutline, FoldOptions } from './draft-findings.js';

/**
 * The findings of a kept store: what the evaluations of all weeks, the approvals and people's decisions say together
 * now. A pure function of those; nothing is written. Ordered by risk descending, then id.
 */
export async function foldFindings(store: Store, options: FoldOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const some of eachFinding(store, options)) findings.push(...some);
  return findings;
}

/** The same, some at a time, for whoever does not keep them all. */
export async function* eachFinding(store: Store, options: FoldOptions): AsyncGenerator<readonly Finding[]> {
  const accept = options.accept ?? (() => true);
  const drafts = (await draftFindings(store, options)).filter(({ outline }) => accept(outline));
  for (const some of chunksOf(drafts, AT_ONCE)) yield await completeFindings(store, some, options);
}

/** What is known of all findings without opening the findings themselves; in the same order. */
export async function outlineFindings(
  store: Store,
  options: FoldOptions,
): Promise<readonly FindingOutline[]> {
  return (await draftFindings(store, options)).map(({ outline }) => outline);
}

async function completeFindings(
  store: Store,
  drafts: readonly Draft[],
  { run, config }: FoldOptions,
): Promise<Finding[]> {
  const bodies = await loadBodies(
    store,
    run ?? store.database,
    drafts.flatMap(({ outline, of }) =>
      of === undefined
        ? []
        : [
            {
              id: outline.id,
              shownOn: of.folded.shown.evaluatedOn,
              latestOn: of.digest.weeks.at(-1)!.evaluatedOn,
            },
          ],
    ),
  );
  return drafts.flatMap(({ outline, standing, of }) => {
    if (of === undefined) return [unsupportedFinding(outline.id, standing)];
    const loaded = bodies.get(outline.id);
    // Another program is judging that day again at this moment.
    return loaded === undefined ? [] : [completed(outline, of, loaded, config)];
  });
}

function completed(
  outline: FindingOutline,
  { digest, folded: { shown } }: NonNullable<Draft['of']>,
  { body, open }: { readonly body: Finding; readonly open: boolean },
  config: Config,
): Finding {
  const { state, severity, risk, first_seen, last_seen, history } = outline;
  const said = shown.approved?.text ?? '';
  const sum = (key: 'bytes_out' | 'bytes_in' | 'connections'): number =>
    digest.days.reduce((all, day) => all + day[key], 0);
  return {
    ...body,
    risk,
    severity,
    state,
    summary: [body.summary, said, history.reopened ?? ''].filter((text) => text !== '').join(' '),
    first_seen,
    last_seen,
    open,
    bytes_out: sum('bytes_out'),
    bytes_in: sum('bytes_in'),
    connections: sum('connections'),
    indicators: (state === 'approved' ? withApproval(body, said, config) : body).indicators,
    days: digest.days.map(({ day, bytes_out, bytes_in }) => ({ day, bytes_out, bytes_in })),
    history,
  };
}
