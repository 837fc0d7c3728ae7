import type { Judgement } from '../../analytic.js';
import type { DetectContext } from '../../indicator.js';
import { score, scoreExecOnly, type Evaluated, type Scored } from '../../score.js';
import type { Destination, Subject } from '../../subject.js';
import { INDICATORS } from './indicators.js';
import { asTunnel, mayHoldTunnel } from './who.js';

const ANALYTIC = 'AN0377';

type Place = Scored & { readonly destination: Destination };

/** Judges a subject at each place that may be the other end of a tunnel, and keeps the worst. */
export function judge(subject: Subject, context: DetectContext): Judgement | undefined {
  const { report, severity } = context.config;
  const places = subject.destinations
    .filter((destination) => mayHoldTunnel(subject, destination, context))
    .flatMap((destination): Place[] => {
      // Opening a tunnel is what such a program is started for: who and where count in full, however much it carries.
      const scored = score(evaluate(subject, destination, context), true);
      return scored === undefined ? [] : [{ ...scored, destination }];
    });
  const [worst, ...others] = [...places].sort(
    (a, b) =>
      b.risk - a.risk ||
      b.destination.totalDuration - a.destination.totalDuration ||
      (a.destination.key < b.destination.key ? -1 : 1),
  );
  if (worst === undefined || worst.risk < report.min_risk) return execOnly(subject, context);
  return {
    ...worst,
    analytic: ANALYTIC,
    subject,
    execOnly: false,
    elsewhere: others.filter(({ risk }) => risk >= severity.low).map(({ destination }) => destination),
  };
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

/** A tunnel that was told to open and connected to nothing yet: ATT&CK's first log source, informational. */
function execOnly(subject: Subject, context: DetectContext): Judgement | undefined {
  const tunnel = asTunnel(subject, context);
  if (tunnel?.command === undefined || !tunnel.process.executed) return undefined;
  const signals = evaluate(subject, undefined, context).filter(
    ({ indicator }) => indicator.group === 'identity',
  );
  if (signals.length === 0) return undefined;
  return {
    ...scoreExecOnly(signals, context.config),
    analytic: ANALYTIC,
    subject,
    destination: undefined,
    execOnly: true,
    elsewhere: [],
  };
}
