import type { Config } from '../config/schema.js';
import type { Judgement } from '../detect/analytic.js';
import { severityOf } from '../detect/score.js';
import type { Store } from '../store/store.js';
import { isPressingSeverity } from '../ground/vocabulary.js';
import { eachSubject, type Seen } from './each-subject.js';
import { outcomeOf, unreported, whoIsJudged, type Approving } from './judge-again.js';
import { isRaised, NOTHING, type Outcome, type Pair } from './outcome.js';
import type { ReplayDay } from './replay-range.js';
import { raisedOn, subjectKey } from './stored-day.js';

export interface DayReplay {
  readonly day: string;
  /** What either configuration raises, by finding id. */
  readonly pairs: readonly Pair[];
  /** Hosts with connections. */
  readonly hosts: number;
}

/**
 * Judges the week of a day under what is proposed and, unless its stored evaluation says that already, under what is in
 * force. The configurations come without approvals.
 */
export async function replayDay(
  store: Store,
  replay: ReplayDay,
  now: Config,
  proposed: Config,
  approving: Approving,
): Promise<DayReplay> {
  const { day } = replay;
  const stored = replay.current ? await raisedOn(store, day, approving) : undefined;
  const left = new Map(stored);
  const pairs: Pair[] = [];
  const hosts = await eachSubject(store, replay, [now, proposed], ([before, after]) => {
    const key = subjectKey(before!.subject.hostId, before!.subject.actor, before!.analytic.id);
    const known = stored?.get(key);
    left.delete(key);
    const then = stored === undefined ? pressing(before!) : undefined;
    const next = pressing(after!);
    const judgement = next ?? then;
    const who = known?.who ?? (judgement && whoIsJudged(judgement, next === undefined ? before! : after!));
    if (who === undefined) return;
    const pair: Pair = {
      who,
      now: known?.outcome ?? outcome(then, before!, day, approving),
      proposed: outcome(next, after!, day, approving),
    };
    if (isRaised(pair.now) || isRaised(pair.proposed)) pairs.push(pair);
  });
  for (const { who, outcome: was } of left.values()) {
    if (isRaised(was)) pairs.push({ who, now: was, proposed: NOTHING });
  }
  return { day, hosts, pairs: pairs.sort((a, b) => (a.who.id < b.who.id ? -1 : 1)) };
}

/** The judgement if it is medium or above. */
function pressing({ analytic, subject, context }: Seen): Judgement | undefined {
  const judgement = analytic.judge(subject, context);
  if (judgement === undefined) return undefined;
  return isPressingSeverity(severityOf(judgement.risk, context.config)) ? judgement : undefined;
}

function outcome(raised: Judgement | undefined, seen: Seen, day: string, approving: Approving): Outcome {
  if (raised !== undefined) return outcomeOf(raised, seen, day, approving);
  const judgement = seen.analytic.judge(seen.subject, seen.context);
  return judgement === undefined ? unreported(seen) : outcomeOf(judgement, seen, day, approving);
}
