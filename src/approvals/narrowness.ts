import type { Approval } from '../config/schema.js';
import { isAnywhere } from './scope.js';

/** What binds an approval to its program. */
export type Binding = 'team_id+signing_id' | 'signing_id' | 'cdhash' | 'team_id' | 'executable';

/** From the strongest to the weakest: a path is anybody's who can write there, a Team ID all that a vendor makes. */
export const BINDINGS: readonly Binding[] = [
  'team_id+signing_id',
  'signing_id',
  'cdhash',
  'team_id',
  'executable',
];

/** The strongest binding an approval has. */
export function bindingOf({ team_id, signing_id, cdhash }: Approval): Binding {
  if (signing_id !== undefined) return team_id === undefined ? 'signing_id' : 'team_id+signing_id';
  if (cdhash !== undefined) return 'cdhash';
  return team_id === undefined ? 'executable' : 'team_id';
}

/**
 * Total order of approvals, the narrowest first: by the strength of the binding, then by how much else the program must
 * show, by hosts (named ones, then groups, then the fleet), destinations (fewer, then longer), bytes a day, duration,
 * expiry, and at last by name. Negative when `a` is narrower.
 */
export function byNarrowness(a: Approval, b: Approval): number {
  const [ours, theirs] = [measures(a), measures(b)];
  for (const [index, measure] of ours.entries()) {
    const other = theirs[index] ?? 0;
    if (measure !== other) return measure < other ? -1 : 1;
  }
  return compareText(lastDay(a), lastDay(b)) || compareText(a.name, b.name) || compareText(text(a), text(b));
}

/** Smaller is narrower. */
function measures(approval: Approval): number[] {
  const { hosts, groups, destinations } = approval;
  const anywhere = destinations === undefined || destinations.some(isAnywhere);
  return [
    BINDINGS.indexOf(bindingOf(approval)),
    -conditions(approval),
    -(approval.executable?.replaceAll('*', '').length ?? 0),
    groups === undefined ? (hosts === undefined ? 2 : 0) : 1,
    groups?.length ?? 0,
    hosts?.length ?? 0,
    anywhere ? Infinity : destinations.length,
    anywhere ? 0 : -Math.min(...destinations.map((name) => name.length)),
    approval.max_bytes_out_per_day ?? Infinity,
    approval.max_duration_seconds ?? Infinity,
  ];
}

const conditions = ({ executable, signing_id, team_id, cdhash, parent, actor }: Approval): number =>
  [executable, signing_id, team_id, cdhash, parent, actor].filter((value) => value !== undefined).length;

/** Last day an approval counts on: the earlier of its expiry and its revocation. `YYYY-MM-DD`. */
export function lastDay({ expires, revoked }: Approval): string {
  return revoked !== undefined && revoked < expires ? revoked : expires;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const text = (approval: Approval): string => JSON.stringify(Object.entries(approval).sort());
