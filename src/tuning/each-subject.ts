import type { Config } from '../config/schema.js';
import type { Analytic } from '../detect/analytic.js';
import { assembleStoredWeek } from '../detect/assembled.js';
import { loadCandidates } from '../detect/judge-subjects.js';
import { prepare } from '../detect/prepare.js';
import type { DetectContext } from '../detect/indicator.js';
import { isUnder } from '../ground/domain.js';
import type { Subject } from '../detect/subject.js';
import type { Store } from '../store/store.js';
import type { ReplayDay } from './replay-range.js';

/** A subject as one of several configurations sees it, before an analytic judges it. */
export interface Seen {
  readonly analytic: Analytic;
  readonly subject: Subject;
  readonly context: DetectContext;
}

/**
 * Shows every subject of the week, once for each analytic that judges it, that ends on a day under each of the configurations, in their order. The week is put
 * together and loaded once; what the configurations change is seen to here.
 *
 * @returns hosts with connections in that week
 */
export async function eachSubject(
  store: Store,
  { day, baseline }: Pick<ReplayDay, 'day' | 'baseline'>,
  configs: readonly Config[],
  visit: (seen: readonly Seen[]) => void,
): Promise<number> {
  const [first] = configs;
  if (first === undefined) return 0;
  const places = configs.map((config) => otherPlaces(first, config));
  let hosts = 0;
  const week = await assembleStoredWeek(store, day);
  try {
    const { run, contextOf } = await prepare(store, week, first, baseline);
    for await (const { subject, analytics } of loadCandidates(store, run, first)) {
      const own = configs.map((config, at) => ({
        subject: ownPlaces(subject, places[at]),
        context: contextOf(subject.hostId, config),
      }));
      hosts = own[0]!.context.fleetHosts;
      for (const analytic of analytics) visit(own.map((seen) => ({ analytic, ...seen })));
    }
  } finally {
    await week.drop();
  }
  return hosts;
}

/** The organisation's domains where they differ: they are all that loading takes from the configuration. */
function otherPlaces(loadedBy: Config, config: Config): readonly string[] | undefined {
  const { domains } = config.organisation;
  return JSON.stringify(domains) === JSON.stringify(loadedBy.organisation.domains) ? undefined : domains;
}

function ownPlaces(subject: Subject, domains: readonly string[] | undefined): Subject {
  if (domains === undefined) return subject;
  return {
    ...subject,
    destinations: subject.destinations.map((destination) => {
      const name = destination.remoteName || (destination.named ? destination.key : '');
      return { ...destination, internal: domains.some((domain) => isUnder(name, domain)) };
    }),
  };
}
