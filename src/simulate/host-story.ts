import type { SimHost, SimProcess, SimSlice } from './event.js';
import type { FleetHost } from './fleet/host.js';
import type { Role } from './fleet/role.js';
import type { Window } from './machine.js';
import type { Placement } from './placement.js';
import type { Random } from './random.js';
import type { Scenario } from './scenarios/scenario.js';
import type { SimApproval } from './scenarios/stage.js';
import type { TruthIncident } from './truth.js';

/** One host's whole story. */
export interface HostStory {
  readonly host: SimHost;
  readonly slices: Iterable<SimSlice>;
  readonly incidents: readonly TruthIncident[];
  readonly approvals: readonly SimApproval[];
}

/** Who a host is, before anything happens on it. */
export interface FleetEntry {
  readonly host: SimHost;
  readonly role: Role;
}

/** What a fleet offers to whoever plays its hosts: the Macs, what happens on them anyway, and where incidents go. */
export interface Theatre {
  readonly window: Window;
  readonly placements: readonly Placement[];
  /** A Mac of the fleet over `window`, on which nothing has happened yet. */
  readonly open: (entry: FleetEntry, window?: Window) => FleetHost;
  /** Everything innocent that happens on a Mac; returns the running processes by app. */
  readonly inhabit: (host: FleetHost, index: number) => ReadonlyMap<string, readonly SimProcess[]>;
  /** Independent draws for one incident. */
  readonly draws: (scenario: Scenario, index: number) => Random;
}
