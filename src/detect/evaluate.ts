import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import type { Assembled } from './assembled.js';
import { factsOf } from './facts-of.js';
import { findingOf } from './finding.js';
import { judgeSubjects } from './judge-subjects.js';
import { evidenceKey, loadEvidence } from './load-evidence.js';
import { prepare, type Prepared } from './prepare.js';

/** Rows written to the store at once: each holds a whole finding. */
const ROWS_AT_ONCE = 200;

export interface Evaluated {
  readonly prepared: Prepared;
  /** Findings, over all analytics. */
  readonly found: number;
}

/**
 * Judges what was assembled and stages the result in its working tables, as table `evaluations`: each finding as it was
 * judged, before approvals and decisions, with the facts that approvals are held against.
 *
 * @param version the frozen baseline to judge by, '' for none
 */
export async function evaluate(
  store: Store,
  assembled: Assembled,
  config: Config,
  version: string,
): Promise<Evaluated> {
  const { run, until, window, addConnections } = assembled;
  const prepared = await prepare(store, assembled, config, version);
  const judged = await judgeSubjects(store, prepared, config);
  const subjects = judged.map(({ judgement }) => judgement.subject);
  await addConnections(subjects);
  const evidence = await loadEvidence(store, run, subjects, window);
  await store.command('CREATE TABLE {run:Identifier}.evaluations AS evaluations', { run });
  const rows = judged.map((one) => {
    const { judgement, context } = one;
    const found = evidence.get(evidenceKey(judgement.subject));
    const finding = findingOf(one, found);
    return {
      evaluated_on: until,
      analytic: finding.analytic,
      finding_id: finding.id,
      host_id: finding.host.id,
      actor: finding.process.actor,
      risk: finding.risk,
      severity: finding.severity,
      first_seen: clickhouseTime(finding.first_seen),
      last_seen: clickhouseTime(finding.last_seen),
      days: found?.days ?? [],
      facts: JSON.stringify(factsOf(judgement, context)),
      body: JSON.stringify({ ...finding, baseline: { ...finding.baseline, version: version || null } }),
    };
  });
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await store.insert(`${run}.evaluations`, rows.slice(at, at + ROWS_AT_ONCE));
  }
  return { prepared, found: rows.length };
}

const clickhouseTime = (iso: string): string => iso.replace('T', ' ').replace('Z', '');
