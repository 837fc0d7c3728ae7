import { failure } from '../ground/errors.js';
import type { SimProcess } from './event.js';
import { Exercise } from './exercise/exercise.js';
import {
  makeCompany,
  makeHosts,
  openHost,
  type Company,
  type FleetHost,
  type FleetOptions,
} from './fleet/host.js';
import { makeSurroundings, populate, type Surroundings } from './fleet/populate.js';
import type { FleetEntry, HostStory, Theatre } from './host-story.js';
import { describeIncident } from './incident.js';
import { DAY, HOUR, MINUTE, SECOND, type Window } from './machine.js';
import { placeScenarios, type Placement } from './placement.js';
import { Random } from './random.js';
import { SCENARIOS } from './scenarios/catalogue.js';
import type { Scenario } from './scenarios/scenario.js';
import { Stage } from './scenarios/stage.js';
import { standingApprovals } from './standing-approvals.js';
import type { TruthIncident } from './truth.js';

export interface WorldOptions {
  readonly hosts: number;
  readonly days: number;
  readonly seed: string;
  /** Epoch milliseconds of the first midnight (UTC). */
  readonly start: number;
  /** Multiplies what people and apps do; 1 gives 300 to 450 connections per host-day. */
  readonly intensity: number;
  /** Only these scenarios; undefined: as many as the fleet has room for. */
  readonly scenarios?: readonly string[] | undefined;
  /** Adds what weeks bring: updates, a new agent, a slow ramp and more (docs/simulate.md, "The long exercise"). */
  readonly exercise?: boolean;
}

/** A fleet over some days. Hosts are generated one at a time, so memory is that of one host. */
export class World implements Theatre {
  readonly window: Window;
  readonly placements: readonly Placement[];
  /** What the long exercise adds; undefined in an ordinary fleet. */
  readonly exercise: Exercise | undefined;
  private readonly random: Random;
  private readonly company: Company;
  private readonly entries: readonly FleetEntry[];
  private readonly around: Surroundings;
  private readonly fleet: FleetOptions;

  constructor(readonly options: WorldOptions) {
    for (const id of options.scenarios ?? []) {
      if (!SCENARIOS.some((scenario) => scenario.id === id)) {
        throw failure('OF_USAGE.unknownScenario', { scenario: id });
      }
    }
    this.random = new Random(`outflow ${options.seed}`);
    this.window = { start: options.start, end: options.start + options.days * DAY };
    this.fleet = { hosts: options.hosts, window: this.window, intensity: options.intensity };
    this.company = makeCompany(this.random.child('company'));
    this.entries = makeHosts(this.random.child('hosts'), this.fleet);
    this.around = makeSurroundings(this.random.child('surroundings'), options.hosts);
    this.placements = placeScenarios(
      this.random.child('placement'),
      this.entries.map((entry) => entry.role),
      options.scenarios,
    );
    this.exercise =
      options.exercise === true
        ? new Exercise(
            this.random.child('exercise'),
            this.entries.map((entry) => entry.role),
            this.placements,
            this.window,
          )
        : undefined;
  }

  /** The company's own domain, and its corner of the services it rents. */
  get domains(): readonly string[] {
    const { domain, tenant } = this.company;
    return [
      domain,
      `${tenant}.sharepoint.com`,
      `${tenant}-my.sharepoint.com`,
      `${tenant}.jamfcloud.com`,
      `${tenant}.web-api.kandji.io`,
    ];
  }

  *stories(): Generator<HostStory> {
    for (const [index, entry] of this.entries.entries()) {
      yield this.exercise === undefined ? this.story(index, entry) : this.exercise.story(index, entry, this);
    }
  }

  /** A Mac of the fleet over `window`, on which nothing has happened yet. */
  open(entry: FleetEntry, window = this.window): FleetHost {
    return openHost(this.random.child('host'), this.company, entry, { ...this.fleet, window });
  }

  /** Everything innocent that happens on a Mac; returns the running processes by app. */
  inhabit(host: FleetHost, index: number): ReadonlyMap<string, readonly SimProcess[]> {
    return populate(host, index, this.around);
  }

  /** Independent draws for one incident. */
  draws(scenario: Scenario, index: number): Random {
    return this.random.child(`scenario ${scenario.id} ${index}`);
  }

  private story(index: number, entry: FleetEntry): HostStory {
    const host = this.open(entry);
    const running = this.inhabit(host, index);
    const incidents: TruthIncident[] = [];
    const approvals = standingApprovals(entry);
    for (const { scenario } of this.placements.filter((placement) => placement.host === index)) {
      const random = this.draws(scenario, index);
      const start = startOf(scenario, host, random.child('start'));
      const stage = new Stage(scenario.id, host, running, random.child('play'), start);
      scenario.play(stage);
      const incident = describeIncident(scenario, stage);
      if (incident !== undefined) incidents.push(incident);
      approvals.push(...stage.approvals);
    }
    return { host: entry.host, slices: host.machine.slices(), incidents, approvals };
  }
}

/** After some history, early enough for the campaign, and while somebody works where the scenario needs that. */
function startOf(scenario: Scenario, host: FleetHost, random: Random): number {
  const { start, end } = host.window;
  const length = end - start;
  if (scenario.fromTheStart === true) return start + random.between(0.5, 3) * HOUR;
  const long = scenario.campaign * SECOND > length * 0.5;
  const earliest = start + length * (long ? 0.12 : 0.35);
  const latest = long
    ? start + length * 0.25
    : Math.max(earliest + 10 * MINUTE, end - scenario.campaign * SECOND * 1.5 - 2 * HOUR);
  if (scenario.presence === 'active') {
    const fitting = host.calendar.active
      .map((interval) => ({ start: Math.max(interval.start, earliest), end: Math.min(interval.end, latest) }))
      .filter((interval) => interval.end - interval.start > 5 * MINUTE);
    if (fitting.length > 0) {
      const interval = random.pick(fitting);
      return Math.round(random.between(interval.start, interval.end));
    }
  }
  return Math.round(random.between(earliest, latest));
}
