import type { Approval } from '../config/schema.js';
import { resolveInventory, type InventoryEntry } from '../approvals/resolve.js';
import { approve, revoke, type Acting, type Done } from '../inventory/act.js';
import type { ApprovalOptions } from '../inventory/build-approval.js';
import { importApprovals, importFile } from '../inventory/import.js';
import { reviewStore } from '../inventory/review-store.js';
import type { Reviewed } from '../inventory/review.js';
import { acceptSuggestions } from '../inventory/suggest/accept.js';
import { suggestApprovals, type Suggestion } from '../inventory/suggest/suggest.js';
import type { Session } from './session.js';

/** All values of the inventory are `outflow.inventory/1` (docs/inventory.md). Change it only by adding. */
const SCHEMA = 'outflow.inventory/1';
type Schema = { readonly schema: typeof SCHEMA };

/** An approval with where it comes from. */
export type ListedApproval = Approval & Omit<InventoryEntry, 'approval'>;

export type InventoryList = Schema & { readonly approvals: readonly ListedApproval[] };
export type InventoryExport = Schema & { readonly approvals: readonly Approval[] };
export type InventoryDone = Schema & Done;
export type InventorySuggestions = Schema & { readonly suggestions: readonly Suggestion[] };
export type InventoryReview = Schema & {
  /** Day from which use and expiry are counted, `YYYY-MM-DD`. */
  readonly as_of: string;
  readonly approvals: readonly Reviewed[];
};

/** From which day use and expiry are counted. */
export interface AsOf {
  /** ISO 8601; without it the newest day with records, or the clock's where there is none. */
  readonly asOf?: string | undefined;
}

export interface InventoryService {
  /** Approvals of the store and the configuration, by name. */
  readonly list: () => Promise<InventoryList>;
  /**
   * Approves an upload, as options say or as a finding showed; one of the same name is replaced.
   *
   * @throws OutflowError OF_USAGE for what is missing or wrong, OF_FINDING_UNKNOWN
   */
  readonly approve: (
    name: string,
    options: ApprovalOptions & AsOf & { readonly finding?: string | undefined },
  ) => Promise<InventoryDone>;
  /**
   * Takes an approval back; what it approved until then stays approved.
   *
   * @param options `on`: its last day, `YYYY-MM-DD`, today without it
   * @throws OutflowError OF_USAGE where there is none of that name
   */
  readonly revoke: (
    name: string,
    options?: AsOf & { readonly on?: string | undefined; readonly reason?: string | undefined },
  ) => Promise<InventoryDone>;
  /**
   * Takes over approvals of a YAML file, or as they are given, all of them or none.
   *
   * @throws OutflowError OF_INPUT_UNREADABLE, OF_INVENTORY_INVALID
   */
  readonly import: (from: string | readonly Approval[], options?: AsOf) => Promise<InventoryDone>;
  /** The approvals alone, as {@link InventoryService.import} takes them back. */
  readonly export: () => Promise<InventoryExport>;
  /** What each approval hides, and which are unused, too wide, ending or weak. */
  readonly review: (options?: AsOf) => Promise<InventoryReview>;
  /** Approvals of steady uploads, for a person to accept; writes nothing. */
  readonly suggest: () => Promise<InventorySuggestions>;
  /**
   * Puts proposals into the store.
   *
   * @throws OutflowError OF_USAGE for a name that is not proposed, or without owner and reason
   */
  readonly accept: (
    names: readonly string[],
    options: AsOf & Pick<ApprovalOptions, 'owner' | 'reason' | 'ticket' | 'expires'>,
  ) => Promise<InventoryDone>;
}

export function inventoryOf(session: Session): InventoryService {
  const { config, actor } = session.options;
  const acting = (asOf: string | undefined): Acting => ({ by: actor, at: session.now(), asOf });
  const told = <T extends object>(value: T): Schema & T => ({ schema: SCHEMA, ...value });
  return {
    list: () =>
      session.read(async (store) => {
        const entries = await resolveInventory(store, config);
        return told({ approvals: entries.map(({ approval, ...rest }) => ({ ...approval, ...rest })) });
      }),
    approve: (name, { finding, asOf, ...options }) =>
      session.write(async (store) =>
        told(await approve(store, config, { name, finding, options }, acting(asOf))),
      ),
    revoke: (name, { on, reason = '', asOf } = {}) =>
      session.write(async (store) => told(await revoke(store, config, { name, on, reason }, acting(asOf)))),
    import: (from, { asOf } = {}) =>
      session.write(async (store) =>
        told(
          typeof from === 'string'
            ? await importFile(store, config, from, acting(asOf))
            : await importApprovals(store, config, from, acting(asOf)),
        ),
      ),
    export: () =>
      session.read(async (store) =>
        told({ approvals: (await resolveInventory(store, config)).map(({ approval }) => approval) }),
      ),
    review: ({ asOf } = {}) =>
      session.read(async (store) => {
        const review = await reviewStore(store, config, acting(asOf));
        return told({ as_of: review.asOf, approvals: review.reviewed });
      }),
    suggest: () =>
      session.read(async (store) => told({ suggestions: await suggestApprovals(store, config) })),
    accept: (names, { asOf, ...options }) =>
      session.write(async (store) =>
        told(await acceptSuggestions(store, config, names, options, acting(asOf))),
      ),
  };
}
