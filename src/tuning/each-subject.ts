import type { Config } from '../config/schema.js';
import { inWeek } from '../detect/evaluate.js';
import type { DetectContext } from '../detect/indicator.js';
import { loadSubjects } from '../detect/load-subjects.js';
import { isUnder } from '../ground/domain.js';
import type { Subject } from '../detect/subject.js';
import type { Store } from '../store/store.js';
import type { ReplayDay } from './replay-range.js';

/** A subject as one of several configurations sees it. */
export interface Seen {
  readonly subject: Subject;
  readonly context: DetectContext;
}

/**
 * Shows every subject of the week that ends on a day under each of the configurations, in their order. The week is put
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
  await inWeek(store, day, baseline, async (run, { contextOf }) => {
    for await (const subject of loadSubjects(store, run, first)) {
      const seen = configs.map((config, at) => ({
        subject: ownPlaces(subject, places[at]),
        context: contextOf(subject.hostId, config),
      }));
      hosts = seen[0]!.context.fleetHosts;
      visit(seen);
    }
  });
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
