import { verifyDecisions } from '../decisions/decisions.js';
import { failure } from '../ground/errors.js';
import type { DetectResult } from '../ground/finding.js';
import type { FindingOrder } from '../triage/decide.js';
import { baselineOf, type BaselineService } from './baseline.js';
import { currentUser } from './current-user.js';
import { decide, type Decided, type FindingChoice } from './decide.js';
import type { Progress } from './detect-options.js';
import { findingsOf, type FindingsService } from './findings.js';
import { inventoryOf, type InventoryService } from './inventory.js';
import { loadConfig, type GivenConfig } from './load-config.js';
import { newSession } from './session.js';
import { statusOf, type StatusRequest, type StoreStatus, type LogCheck } from './status.js';
import { detect, ingest, type DetectRequest, type Ingested, type IngestRequest } from './telemetry.js';
import { tuneOf, type TuneService } from './tune.js';

export interface OutflowOptions {
  /**
   * A directory, or the `http(s)://` URL of a ClickHouse server. Without one `detect` judges what it is given in a temporary
   * store, and all else is refused.
   */
  readonly store?: string | undefined;
  /** A YAML file, or values, that differ from the defaults. */
  readonly config?: GivenConfig | undefined;
  /** Who acts, for the history of decisions; the account that runs this without one. */
  readonly actor?: string | undefined;
  /** What time it is; the system's time without one. */
  readonly clock?: (() => Date) | undefined;
  /** Working memory of the engine, in bytes; 700 MiB without it. */
  readonly memoryBytes?: number | undefined;
}

/**
 * All that Outflow does, over one store. Reads go on beside each other; writes (`detect`, `ingest`, `decide`, and what
 * changes inventory and baselines) run one after another, in the order they were asked for.
 */
export interface Outflow {
  /** Directory or URL without credentials of the store, once a call has opened it. */
  readonly target: string | undefined;
  /** Whether a call has made the store, in a directory that was none; of a server nobody can tell. */
  readonly created: boolean;
  /**
   * Judges telemetry and tells all findings: of what was given, or of all that the store knows.
   *
   * @throws OutflowError OF_USAGE, OF_INPUT_*, OF_STORE_*
   */
  readonly detect: (request: DetectRequest, progress?: Progress) => Promise<DetectResult>;
  /**
   * Reads telemetry into the store, to be judged later.
   *
   * @throws OutflowError OF_INPUT_*, OF_STORE_*
   */
  readonly ingest: (request: IngestRequest, progress?: Progress) => Promise<Ingested>;
  readonly findings: FindingsService;
  /**
   * Decides on findings, on all of them or none.
   *
   * @throws OutflowError OF_FINDING_UNKNOWN, OF_USAGE
   */
  readonly decide: (choice: FindingChoice, order: FindingOrder) => Promise<Decided>;
  readonly inventory: InventoryService;
  readonly baseline: BaselineService;
  readonly tune: TuneService;
  /** What the store holds and for how long, and whether its ledger and its history hold. */
  readonly status: (request?: StatusRequest) => Promise<StoreStatus>;
  /**
   * Whether the history of decisions is as it was written.
   *
   * @param expected a head noted earlier, to notice decisions cut off since
   */
  readonly verify: (expected?: string) => Promise<LogCheck>;
  /** Waits for what goes on, then closes the store; every call after it rejects with OF_USAGE. */
  readonly close: () => Promise<void>;
}

/**
 * Opens Outflow. The store itself is opened by the first call that needs it; only `detect` and `ingest` with telemetry make
 * one that does not exist.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID, OF_USAGE for an actor without a name
 */
export function openOutflow(options: OutflowOptions = {}): Outflow {
  const { store, config, memoryBytes } = options;
  const session = newSession({
    store,
    memoryBytes,
    config: loadConfig(config),
    actor: named(options.actor),
    clock: options.clock ?? (() => new Date()),
  });
  return {
    get target() {
      return session.target();
    },
    get created() {
      return session.created();
    },
    detect: (request, progress) => detect(session, request, progress),
    ingest: (request, progress) => ingest(session, request, progress),
    findings: findingsOf(session),
    decide: (choice, order) => decide(session, choice, order),
    inventory: inventoryOf(session),
    baseline: baselineOf(session),
    tune: tuneOf(session, config),
    status: (request = {}) => statusOf(session, request),
    verify: (expected) => session.read((opened) => verifyDecisions(opened, expected)),
    close: session.close,
  };
}

function named(actor: string | undefined): string {
  const name = actor === undefined ? currentUser() : actor.trim();
  if (name === '') throw failure('OF_USAGE.emptyOption', { option: '--by' });
  return name;
}
