import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import type { Analytic } from './analytic.js';
import { ANALYTICS } from './analytics/registry.js';
import type { Judged } from './finding.js';
import type { SubjectLoader } from './load-subjects.js';
import type { Prepared } from './prepare.js';
import type { Subject } from './subject.js';

/** Every candidate with the analytics that want to see it; each loader runs once for all analytics that share it. */
export async function* loadCandidates(
  store: Store,
  run: string,
  config: Config,
): AsyncGenerator<{ readonly subject: Subject; readonly analytics: readonly Analytic[] }> {
  const loaders = new Map<SubjectLoader, Analytic[]>();
  for (const analytic of ANALYTICS) {
    const sharing = loaders.get(analytic.loadSubjects);
    if (sharing === undefined) loaders.set(analytic.loadSubjects, [analytic]);
    else sharing.push(analytic);
  }
  for (const [load, sharing] of loaders) {
    for await (const subject of load(store, run, config)) {
      const analytics = sharing.filter(({ id }) => subject.analytics.includes(id));
      if (analytics.length > 0) yield { subject, analytics };
    }
  }
}

/** Has every analytic judge its candidates; what is no finding is left out. */
export async function judgeSubjects(
  store: Store,
  { run, contextOf }: Prepared,
  config: Config,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for await (const { subject, analytics } of loadCandidates(store, run, config)) {
    const context = contextOf(subject.hostId, config);
    for (const analytic of analytics) {
      const judgement = analytic.judge(subject, context);
      if (judgement !== undefined) judged.push({ analytic, judgement, context });
    }
  }
  return judged;
}
