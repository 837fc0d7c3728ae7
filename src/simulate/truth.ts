import type { Signer } from '../ground/vocabulary.js';
import type { Withheld } from './event.js';
import type { ExerciseTruth } from './exercise/exercise-truth.js';
import type { Difficulty } from './scenarios/scenario.js';
import type { SimApproval } from './scenarios/stage.js';

export const TRUTH_SCHEMA = 'outflow.truth/1';

/** What really happened in a simulated fleet: `truth.json`, beside the telemetry and never inside it. */
export interface Truth {
  readonly schema: typeof TRUTH_SCHEMA;
  readonly seed: string;
  readonly hosts: number;
  readonly days: number;
  readonly intensity: number;
  readonly window: { readonly start: string; readonly end: string };
  readonly sources: readonly string[];
  readonly withheld: readonly Withheld[];
  /** The company's own domains, as its configuration would list them. */
  readonly organisation: { readonly domains: readonly string[] };
  readonly incidents: readonly TruthIncident[];
  /** Inventory entries that belong to the benign cases. */
  readonly approvals: readonly SimApproval[];
  /** What the long exercise did beyond incidents; absent in an ordinary fleet. */
  readonly exercise?: ExerciseTruth;
}

export interface TruthIncident {
  /** Scenario id; a fleet-wide case has one entry per host. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'attack' | 'benign';
  /** `found`: medium or above; `none`: nothing; `info`: nothing above low. */
  readonly expected: 'found' | 'none' | 'info';
  readonly difficulty: Difficulty | null;
  /** Only the destination tells it from normal use. */
  readonly needs_destination: boolean;
  readonly host: { readonly id: string; readonly name: string };
  /** Executables that sent the bytes. */
  readonly senders: readonly string[];
  /** Senders and the programs made for the incident, without shells and other common parents. */
  readonly processes: readonly string[];
  readonly destinations: readonly {
    readonly name: string;
    readonly ip: readonly string[];
    readonly port: number;
    readonly bytes_out: number;
    readonly connections: number;
  }[];
  /** How many destinations there were; the list holds the 20 that got most. */
  readonly destination_count: number;
  readonly start: string;
  readonly end: string;
  readonly bytes_out: number;
  readonly bytes_in: number;
  readonly connections: number;
  readonly techniques: readonly string[];
  /** Who signed the senders; in the long exercise only. */
  readonly signers?: readonly {
    readonly signer: Signer;
    readonly signing_id: string;
    readonly team_id: string;
  }[];
}
