import { mattersOnExec } from '../../../knowledge/exec-alone.js';
import type { Judgement } from '../../analytic.js';
import type { DetectContext } from '../../indicator.js';
import { dropsSomething } from './egress.js';
import { INDICATORS } from './indicators.js';
import { lowerTo, score, scoreExecOnly, type Evaluated, type Scored } from '../../score.js';
import type { Destination, Subject } from '../../subject.js';
import { isKnownSoftware } from '../../normal.js';
import { isSettled } from './settled.js';
import { formatBytes } from '../../../ground/units.js';

const ANALYTIC = 'AN0082';

/**
 * Judges a subject at each of its destinations and keeps the worst: a browser is thousands of places, and what it
 * sent to one of them is the question.
 */
export function judge(subject: Subject, context: DetectContext): Judgement | undefined {
  const worst = worstPlace(subject, context);
  if (worst === undefined) return execOnly(subject, context);
  const { destination } = worst;
  return {
    ...worst,
    analytic: ANALYTIC,
    subject,
    execOnly: false,
    elsewhere: subject.destinations.filter(
      (place) => place !== destination && isWorthALook(subject, place, context),
    ),
  };
}

/** The destination with the highest risk, if that is enough to be reported. */
function worstPlace(
  subject: Subject,
  context: DetectContext,
): (Scored & { readonly destination: Destination }) | undefined {
  let worst: (Scored & { readonly destination: Destination }) | undefined;
  for (const destination of subject.destinations) {
    const raw = score(evaluate(subject, destination, context), isOrdered(subject, destination));
    const scored = raw === undefined ? undefined : settle(raw, subject, destination, context);
    if (scored !== undefined && (worst === undefined || scored.risk > worst.risk)) {
      worst = { ...scored, destination };
    }
  }
  return worst !== undefined && worst.risk >= context.config.report.min_risk ? worst : undefined;
}

/**
 * If it were all the subject had, the place would be a finding of at least `low`; a stray request is none. What a place
 * weighs beside others is another question: amounts that are spread over places count together there.
 */
function isWorthALook(subject: Subject, place: Destination, context: DetectContext): boolean {
  const alone = worstPlace({ ...subject, destinations: [place] }, context);
  return alone !== undefined && alone.risk >= context.config.severity.low;
}

/** What a Mac has done for weeks stays below what wakes somebody up. */
function settle(scored: Scored, subject: Subject, destination: Destination, context: DetectContext): Scored {
  if (!isSettled(subject, destination)) return scored;
  const { days = 0, medianDay = 0 } = destination.known ?? {};
  const text = `On ${days} of the days the baseline learned from it sent there, ${formatBytes(medianDay)} on a usual one; no day now has more than twice that.`;
  return lowerTo(context.config.severity.medium - 1, scored, 'settled', text);
}

function evaluate(
  subject: Subject,
  destination: Destination | undefined,
  context: DetectContext,
): Evaluated[] {
  const { weights } = context.config.indicators;
  return INDICATORS.flatMap((indicator) => {
    const signal = indicator.evaluate(subject, destination, context);
    if (signal === undefined) return [];
    const points = signal.points * (weights[indicator.id] ?? 1);
    return points <= 0 ? [] : [{ indicator, signal: { ...signal, points } }];
  });
}

/** The transfer was asked for on the command line, or the program or the place exists for nothing else. */
function isOrdered(subject: Subject, destination: Destination): boolean {
  if (dropsSomething(subject, destination)) return true;
  if (isKnownSoftware(subject)) return false;
  if (subject.intent?.strength === 'explicit' && subject.intent.verb !== 'forward') return true;
  return subject.tool !== undefined && subject.tool.policy === 'deny';
}

/** AN0082's second log source: the exec or spawn of a proxy tool or torrent client, before it sends anything. */
function execOnly(subject: Subject, context: DetectContext): Judgement | undefined {
  const { tool } = subject;
  if (tool === undefined || !mattersOnExec(tool.category) || subject.process?.executed !== true)
    return undefined;
  if (isKnownSoftware(subject)) return undefined;
  const signals = evaluate(subject, undefined, context).filter(
    ({ indicator }) => indicator.group === 'identity',
  );
  return signals.length === 0
    ? undefined
    : {
        ...scoreExecOnly(signals, context.config),
        analytic: ANALYTIC,
        subject,
        destination: undefined,
        execOnly: true,
        elsewhere: [],
      };
}
