import { addDays } from '../ground/day.js';
import type { Approval } from '../config/schema.js';
import type { Signer } from '../ground/vocabulary.js';
import { isUnvouched } from '../ground/vocabulary.js';
import { formatPlural } from '../ground/units.js';
import { applyApprovals } from '../approvals/apply.js';
import type { WeekOfUse } from './load-weeks.js';
import { bindingOf, lastDay, type Binding } from '../approvals/narrowness.js';
import type { InventoryEntry } from '../approvals/resolve.js';
import { isAbout, isAnywhere, type GroupOf } from '../approvals/scope.js';

export const REMARK_KINDS = [
  'too_wide',
  'weak',
  'shadowed',
  'overlaps',
  'exceeded',
  'expiring',
  'ended',
  'unused',
] as const;

export interface Remark {
  readonly kind: (typeof REMARK_KINDS)[number];
  /** One sentence; may hold untrusted text. */
  readonly text: string;
}

/** An approval, what it hides, and what somebody should look at. */
export interface Reviewed {
  readonly name: string;
  readonly origin: InventoryEntry['origin'];
  readonly approval: Approval;
  readonly binding: Binding;
  readonly hides: {
    readonly findings: number;
    readonly bytes_out: number;
    readonly hosts: number;
    readonly actors: number;
    /** Last day whose evaluation it approved; null when it never did. */
    readonly last_on: string | null;
  };
  readonly remarks: readonly Remark[];
}

/** Days without use, and days before its end, from which an approval is remarked on. A month: people review monthly. */
const RECENT_DAYS = 30;
/** Programs one approval may reasonably cover: an app, its helper and its updater. */
const USUAL_ACTORS = 3;

/** What one approval did over all evaluations. */
interface Use {
  /** Bytes out by finding and day; of each day, what the latest evaluation says. */
  readonly bytes: Map<string, Map<string, number>>;
  readonly hosts: Set<string>;
  readonly actors: Set<string>;
  readonly signers: Set<Signer>;
  readonly exceeded: Set<string>;
  /** Findings it would have approved, by the approval that decided instead. */
  readonly beaten: Map<string, Set<string>>;
  lastOn: string | null;
}

/**
 * What every approval hides, and which need attention. Evaluations come one by one, ordered by day.
 *
 * @param asOf day from which expiry and use are counted, `YYYY-MM-DD`
 */
export async function reviewInventory(
  inventory: readonly InventoryEntry[],
  weeks: AsyncIterable<WeekOfUse> | Iterable<WeekOfUse>,
  asOf: string,
  groupOf: GroupOf,
): Promise<readonly Reviewed[]> {
  const uses = new Map(inventory.map(({ approval }) => [approval.name, newUse()]));
  const approvals = inventory.map(({ approval }) => approval);
  for await (const week of weeks) count(week, approvals, uses, groupOf);
  return inventory.map(({ approval, origin }): Reviewed => {
    const use = uses.get(approval.name)!;
    return {
      name: approval.name,
      origin,
      approval,
      binding: bindingOf(approval),
      hides: {
        findings: use.bytes.size,
        bytes_out: [...use.bytes.values()].flatMap((days) => [...days.values()]).reduce((a, b) => a + b, 0),
        hosts: use.hosts.size,
        actors: use.actors.size,
        last_on: use.lastOn,
      },
      remarks: remarksOn(approval, use, asOf).sort(
        (a, b) => REMARK_KINDS.indexOf(a.kind) - REMARK_KINDS.indexOf(b.kind),
      ),
    };
  });
}

function newUse(): Use {
  return {
    bytes: new Map(),
    hosts: new Set(),
    actors: new Set(),
    signers: new Set(),
    exceeded: new Set(),
    beaten: new Map(),
    lastOn: null,
  };
}

function count(
  week: WeekOfUse,
  approvals: readonly Approval[],
  uses: ReadonlyMap<string, Use>,
  groupOf: GroupOf,
): void {
  const { facts, evaluatedOn } = week;
  const about = approvals.filter((approval) => isAbout(approval, facts, groupOf));
  const decided = applyApprovals(facts, about, evaluatedOn, groupOf);
  if (decided === undefined) return;
  const use = uses.get(decided.name)!;
  if (decided.inside) add(week, use);
  else use.exceeded.add(week.id);
  for (const approval of about) {
    if (approval.name === decided.name) continue;
    if (applyApprovals(facts, [approval], evaluatedOn, groupOf)?.inside !== true) continue;
    const { beaten } = uses.get(approval.name)!;
    beaten.set(decided.name, (beaten.get(decided.name) ?? new Set()).add(week.id));
  }
}

function add(week: WeekOfUse, use: Use): void {
  const days = use.bytes.get(week.id) ?? new Map<string, number>();
  for (const { day, bytesOut } of week.days) days.set(day, bytesOut);
  use.bytes.set(week.id, days);
  use.hosts.add(week.facts.hostId);
  use.actors.add(week.facts.actor);
  use.signers.add(week.process.signer);
  use.lastOn = week.evaluatedOn;
}

function remarksOn(approval: Approval, use: Use, asOf: string): Remark[] {
  const remarks: Remark[] = [];
  const remark = (kind: Remark['kind'], text: string): void => {
    if (text !== '') remarks.push({ kind, text });
  };
  const end = lastDay(approval);
  remark('too_wide', widthText(approval, use));
  remark('weak', weaknessText(approval, use));
  for (const [name, findings] of [...use.beaten].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = use.bytes.size === 0 ? 'shadowed' : 'overlaps';
    remark(
      kind,
      `The narrower "${name}" decides in ${formatPlural(findings.size, 'finding')} it would approve.`,
    );
  }
  if (use.exceeded.size > 0) {
    remark('exceeded', `${formatPlural(use.exceeded.size, 'finding')} went beyond it.`);
  }
  if (end < asOf) remark('ended', `It ended on ${end}.`);
  else if (end <= addDays(asOf, RECENT_DAYS)) remark('expiring', `It ends on ${end}.`);
  if (end >= asOf && (use.lastOn === null || use.lastOn <= addDays(asOf, -RECENT_DAYS))) {
    const last = use.lastOn === null ? 'never' : `last on ${use.lastOn}`;
    remark('unused', `It approved nothing in ${RECENT_DAYS} days, ${last}.`);
  }
  return remarks;
}

function widthText(approval: Approval, use: Use): string {
  const { destinations, max_bytes_out_per_day, hosts, groups } = approval;
  const binding = bindingOf(approval);
  const parts = [
    ...(destinations === undefined || destinations.some(isAnywhere) ? ['any destination'] : []),
    ...(max_bytes_out_per_day === undefined ? ['any amount'] : []),
    ...(binding === 'team_id' ? ['everything of a vendor'] : []),
    ...(use.actors.size > USUAL_ACTORS ? [`${use.actors.size} programs so far`] : []),
  ];
  // The whole fleet is no fault of an approval that is bound otherwise.
  if (hosts === undefined && groups === undefined && (parts.length > 0 || binding === 'executable'))
    parts.unshift('any host');
  return parts.length === 0 ? '' : `It covers ${parts.join(', ')}.`;
}

function weaknessText(approval: Approval, use: Use): string {
  const unvouched = [...use.signers].some(isUnvouched);
  switch (bindingOf(approval)) {
    case 'executable':
      return approval.parent === undefined
        ? 'Only a path binds it: whoever can write there is approved.'
        : 'Only paths bind it: whoever can write there is approved.';
    case 'signing_id':
      return unvouched
        ? 'Nobody vouches for the signing id of what it approves: anybody may sign with it.'
        : '';
    case 'cdhash':
      return unvouched
        ? 'It is bound to one build that nobody vouches for; the next build has another hash.'
        : '';
    case 'team_id':
    case 'team_id+signing_id':
      return '';
  }
}
