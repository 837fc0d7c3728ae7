import { approvalSchema, type Approval, type Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { parseDay } from '../ground/day.js';
import { readDecisions, type Decision } from '../decisions/decisions.js';

/** An approval and where it comes from. */
export interface InventoryEntry {
  readonly approval: Approval;
  readonly origin: 'configuration' | 'store';
  /** Who put it into the store, and when (ISO 8601); null for those of the configuration. */
  readonly by: string | null;
  readonly at: string | null;
}

/**
 * Approvals in force or past: the configuration's, and those people decided in the store. A later approval of the same
 * name takes the place of the earlier, wherever it came from; revoking gives one an end and keeps it. Ordered by name.
 */
export async function resolveInventory(store: Store, config: Config): Promise<readonly InventoryEntry[]> {
  return foldInventory(config.approvals, await readDecisions(store, { kind: 'approval' }));
}

/** The approvals of {@link resolveInventory} alone. */
export async function resolveApprovals(store: Store, config: Config): Promise<readonly Approval[]> {
  return (await resolveInventory(store, config)).map(({ approval }) => approval);
}

/** Pure part of {@link resolveInventory}; `decisions` in the order they were made. */
export function foldInventory(
  configured: readonly Approval[],
  decisions: readonly Decision[],
): readonly InventoryEntry[] {
  let entries: InventoryEntry[] = configured.map((approval) => ({
    approval,
    origin: 'configuration',
    by: null,
    at: null,
  }));
  for (const { action, subject, detail, who, at } of decisions) {
    if (action === 'approve') {
      // What no version of this program could have written approves nothing.
      const parsed = approvalSchema.safeParse(detail['approval']);
      if (!parsed.success || parsed.data.name !== subject) continue;
      entries = entries.filter(({ approval }) => approval.name !== subject);
      entries.push({ approval: parsed.data, origin: 'store', by: who, at });
    }
    const revoked = action === 'revoke' ? dayOf(detail['revoked']) : undefined;
    if (revoked !== undefined) {
      entries = entries.map((entry) =>
        entry.approval.name === subject
          ? { ...entry, approval: { ...entry.approval, revoked: earlier(entry.approval.revoked, revoked) } }
          : entry,
      );
    }
  }
  return entries.sort((a, b) => compare(a.approval.name, b.approval.name));
}

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? parseDay(value) : undefined;

/** What was taken back stays taken back: only a new approval of the name begins again. */
const earlier = (a: string | undefined, b: string): string => (a !== undefined && a < b ? a : b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
