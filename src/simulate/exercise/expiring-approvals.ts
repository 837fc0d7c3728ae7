import type { SimFlow } from '../event.js';
import { utcDay } from '../incident.js';
import { DAY, type Machine, type Window } from '../machine.js';
import type { Random } from '../random.js';
import type { SimApproval } from '../scenarios/stage.js';

/** Share of the company's approvals that expire while the exercise runs. */
const EXPIRING_SHARE = 0.4;

/** The export whose approval always expires, and the one that never does (`customerExport`). */
const ALWAYS = 'X14';
const NEVER = 'X15';

/**
 * Gives an approval its last day, and says what holds afterwards. It expires after it was of use, and only where that is
 * plain: the case itself goes on, or its program sends nothing more.
 */
export function withExpiry(
  approval: SimApproval,
  { machine, flows }: { readonly machine: Machine; readonly flows: readonly SimFlow[] },
  window: Window,
  random: Random,
): SimApproval {
  const never = { ...approval, after_expiry: 'never' } as const;
  const expires =
    approval.scenario !== NEVER && (approval.scenario === ALWAYS || random.chance(EXPIRING_SHARE));
  const first = flows.reduce((least, flow) => Math.min(least, flow.start), Infinity);
  const length = window.end - window.start;
  const [from, to] = approval.scenario === ALWAYS ? [0.5, 0.65] : [0.4, 0.85];
  const earliest = Math.max(first + DAY, window.start + length * from);
  const latest = window.start + length * to;
  if (!expires || earliest >= latest) return never;
  const day = utcDay(random.between(earliest, latest));
  const over = Date.parse(`${day}T00:00:00Z`) + DAY;
  const goesOn = (all: readonly SimFlow[]): boolean =>
    all.some(
      (flow) => (flow.end ?? window.end) >= over && matches(flow.process.executable, approval.executable),
    );
  if (goesOn(flows)) return { ...approval, expires: day, after_expiry: 'judged' };
  return goesOn(machine.flows) ? never : { ...approval, expires: day, after_expiry: 'stays_approved' };
}

/** `*` stands for any run of characters. */
function matches(path: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.at(-1);
  return last === undefined ? path === pattern : path.startsWith(first) && path.endsWith(last);
}
