import type { SimFlow, SimHost, SimSlice } from '../event.js';
import type { FleetHost } from '../fleet/host.js';
import type { Role } from '../fleet/role.js';
import { describeIncident, iso } from '../incident.js';
import { MINUTE, type Window } from '../machine.js';
import type { Placement } from '../placement.js';
import type { Random } from '../random.js';
import { Stage, type SimApproval } from '../scenarios/stage.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { TruthIncident } from '../truth.js';
import { standingApprovals } from '../standing-approvals.js';
import type { FleetEntry, HostStory, Theatre } from '../host-story.js';
import { AppUpdates } from './app-updates.js';
import { wrongClock, type WrongClock } from './clock-fault.js';
import { exerciseStart, exerciseTimes, type ExerciseTimes } from './exercise-start.js';
import { planExercise, type ExercisePlan } from './exercise-plan.js';
import type { ClockFault, ExerciseTruth } from './exercise-truth.js';
import { withExpiry } from './expiring-approvals.js';

/** One installation of a host's system: most hosts have one, the re-imaged one has two. */
interface Installation {
  readonly host: FleetHost;
  readonly running: Stage['running'];
  readonly vendors: ReadonlySet<string>;
  readonly stages: { readonly stage: Stage; readonly scenario: Scenario }[];
}

/** Plays the hosts of the long exercise, and keeps the facts about what it added. */
export class Exercise {
  readonly times: ExerciseTimes;
  private readonly plan: ExercisePlan;
  private readonly updates: AppUpdates;
  private readonly clocks: ClockFault[] = [];
  private reimaged: ExerciseTruth['reimaged'] | undefined;

  constructor(
    private readonly random: Random,
    roles: readonly Role[],
    placements: readonly Placement[],
    window: Window,
  ) {
    this.times = exerciseTimes(window);
    this.plan = planExercise(random.child('plan'), roles, placements, this.times);
    this.updates = new AppUpdates(random.child('updates'), window);
  }

  /** Facts so far: complete once every host has been played. */
  truth(): ExerciseTruth {
    const { window, learned } = this.times;
    return {
      learning_days: Math.round((learned - window.start) / 86_400_000),
      updates: this.updates.truth(),
      reimaged: this.reimaged ?? null,
      clocks: this.clocks,
    };
  }

  story(index: number, entry: FleetEntry, world: Theatre): HostStory {
    const installations = this.install(index, entry, world);
    this.play(index, installations, world);
    const approvals: SimApproval[] = standingApprovals(entry);
    const incidents: TruthIncident[] = [];
    for (const { host, vendors, stages } of installations) {
      const parts = this.updates.apply(host, vendors);
      for (const { stage, scenario } of stages) {
        addSecondParts(stage, parts);
        const incident = describeIncident(scenario, stage, true);
        if (incident !== undefined) incidents.push(incident);
        approvals.push(
          ...stage.approvals.map((approval, place) =>
            withExpiry(
              approval,
              { machine: host.machine, flows: stage.flows },
              world.window,
              this.random.child(`expiry ${scenario.id} ${index} ${place}`),
            ),
          ),
        );
      }
    }
    const clock = this.clockOf(index, installations.at(-1)!.host);
    return { host: entry.host, slices: slicesOf(installations, clock), incidents, approvals };
  }

  private install(index: number, entry: FleetEntry, world: Theatre): Installation[] {
    const { reimaged } = this.plan;
    const make = (host: SimHost, window: Window, fresh: boolean): Installation => {
      const opened = world.open({ ...entry, host }, window);
      const mac = fresh ? switchedOnFirst(opened) : opened;
      const running = world.inhabit(mac, index);
      const vendors = new Set(
        mac.machine.processes.map((process) => process.signing.teamId).filter((team) => team !== ''),
      );
      return { host: mac, running, vendors, stages: [] };
    };
    if (index !== reimaged.host) return [make(entry.host, world.window, false)];
    const { start, end } = world.window;
    const id = this.random.child('new host id').uuid().toUpperCase();
    this.reimaged = {
      host: entry.host.name,
      old_id: entry.host.id,
      new_id: id,
      at: iso(reimaged.at),
    };
    return [
      make(entry.host, { start, end: reimaged.at }, false),
      make({ ...entry.host, id }, { start: reimaged.at, end }, true),
    ];
  }

  private play(index: number, installations: readonly Installation[], world: Theatre): void {
    const active = installations.flatMap(({ host }) => host.calendar.active);
    const placed = world.placements
      .filter((placement) => placement.host === index)
      .map(({ scenario }) => ({
        scenario,
        start: exerciseStart(
          scenario,
          active,
          this.times,
          world.draws(scenario, index).child('exercise start'),
          this.random.child(`fleet ${scenario.id}`),
        ),
      }));
    const own = this.plan.cases.filter((one) => one.host === index);
    for (const { scenario, start } of [...placed, ...own]) {
      const installation =
        installations.find(({ host }) => start >= host.window.start && start < host.window.end) ??
        installations[0]!;
      const { host, running } = installation;
      const stage = new Stage(
        scenario.id,
        host,
        running,
        world.draws(scenario, index).child('play'),
        scenario.id === 'X13' ? firstHour(host) : start,
      );
      scenario.play(stage);
      installation.stages.push({ stage, scenario });
    }
  }

  private clockOf(index: number, host: FleetHost): WrongClock['shown'] | undefined {
    const fault = this.plan.clocks.find((clock) => clock.host === index);
    if (fault === undefined) return undefined;
    const wrong = wrongClock(fault.kind, host, this.times.window, this.random.child(`clock ${index}`));
    if (wrong === undefined) return undefined;
    this.clocks.push(wrong.truth);
    return wrong.shown;
  }
}

function* slicesOf(
  installations: readonly Installation[],
  clock: WrongClock['shown'] | undefined,
): Generator<SimSlice> {
  for (const { host } of installations)
    for (const slice of host.machine.slices()) yield clock === undefined ? slice : { ...slice, clock };
}

/** A system that has just been installed: nothing was running before the Mac is first opened. */
function switchedOnFirst(host: FleetHost): FleetHost {
  const { calendar, window } = host;
  const first = calendar.awake[0]?.start ?? window.start;
  const opened = Math.max(first, window.start + 10 * MINUTE);
  const boots = calendar.boots
    .map((boot) => ({ start: Math.max(boot.start, opened), end: boot.end }))
    .filter((boot) => boot.end > boot.start);
  return { ...host, calendar: { ...calendar, boots } };
}

/** Bytes of a connection that an update cut in two belong to the incident as before. */
function addSecondParts(stage: Stage, parts: ReadonlyMap<SimFlow, SimFlow>): void {
  for (const flow of [...stage.flows]) {
    const second = parts.get(flow);
    if (second !== undefined) stage.flows.push(second);
  }
}

function firstHour(host: FleetHost): number {
  return (host.calendar.boots[0]?.start ?? host.window.start) + 15 * MINUTE;
}
