import type { Approval } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { appendDecisions, type NewDecision } from '../decisions/decisions.js';
import type { InventoryEntry } from '../approvals/resolve.js';

export interface Recording {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Where the approvals come from: `options`, `finding`, `import`, `suggestion`. */
  readonly source: string;
  /** The finding an approval was made from. */
  readonly finding?: string | undefined;
}

export interface Recorded {
  readonly name: string;
  /** `replaced_configured`: from now on the store's counts, not the one of the configuration. */
  readonly outcome: 'new' | 'replaced' | 'replaced_configured' | 'unchanged';
}

/** Puts approvals into the store, all of them or none; one that is there already as it is writes nothing. */
export async function recordApprovals(
  store: Store,
  approvals: readonly Approval[],
  inventory: readonly InventoryEntry[],
  { by, at, source, finding }: Recording,
): Promise<readonly Recorded[]> {
  const recorded = approvals.map((approval) => ({
    name: approval.name,
    outcome: outcomeOf(approval, inventory),
  }));
  const decisions = approvals.flatMap((approval, index): NewDecision[] =>
    recorded[index]?.outcome === 'unchanged'
      ? []
      : [
          {
            at,
            who: by,
            kind: 'approval',
            subject: approval.name,
            action: 'approve',
            detail: { approval, source, ...(finding === undefined ? {} : { finding }) },
          },
        ],
  );
  await appendDecisions(store, decisions);
  return recorded;
}

/** Takes an approval back from the day after `revoked` (`YYYY-MM-DD`) on; what it approved until then stays approved. */
export async function recordRevocation(
  store: Store,
  name: string,
  revoked: string,
  reason: string,
  { by, at }: Pick<Recording, 'by' | 'at'>,
): Promise<void> {
  await appendDecisions(store, [
    { at, who: by, kind: 'approval', subject: name, action: 'revoke', detail: { revoked, reason } },
  ]);
}

function outcomeOf(approval: Approval, inventory: readonly InventoryEntry[]): Recorded['outcome'] {
  const same = inventory.filter((entry) => entry.approval.name === approval.name);
  if (same.length === 0) return 'new';
  if (same.length === 1 && sameText(same[0]!.approval, approval)) return 'unchanged';
  return same.some(({ origin }) => origin === 'store') ? 'replaced' : 'replaced_configured';
}

const sameText = (a: Approval, b: Approval): boolean => canonical(a) === canonical(b);

const canonical = (approval: Approval): string =>
  JSON.stringify(
    Object.entries(approval)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
