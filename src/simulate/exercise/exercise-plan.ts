import { failure } from '../../ground/errors.js';
import type { Role } from '../fleet/role.js';
import { DAY, HOUR, type Window } from '../machine.js';
import type { Placement } from '../placement.js';
import type { Random } from '../random.js';
import type { Scenario } from '../scenarios/scenario.js';
import { agentRollout, inventAgent } from './agent-rollout.js';
import { customerExport } from './customer-export.js';
import type { ExerciseTimes } from './exercise-start.js';
import type { ClockFault } from './exercise-truth.js';
import { inventRenamedTool, renamedTool } from './renamed-tool.js';
import { RESTORED_DATA } from './restored-data.js';
import { slowRamp } from './slow-ramp.js';

export const LEAST_HOSTS = 4;
export const LEAST_DAYS = 3;

/** One case of the exercise on one host; `start` is epoch milliseconds. */
export interface ExerciseCase {
  readonly scenario: Scenario;
  readonly host: number;
  readonly start: number;
}

/** Who is concerned by what, decided before any host is played. */
export interface ExercisePlan {
  readonly cases: readonly ExerciseCase[];
  /** The host that is erased, and the midnight from which it is another one. */
  readonly reimaged: { readonly host: number; readonly at: number };
  readonly clocks: readonly { readonly host: number; readonly kind: ClockFault['kind'] }[];
}

/** Hosts that get the new agent first, and the share of the exercise until everybody has it. */
const PILOT_SHARE = 0.05;
const ROLLOUT_SHARE = 0.15;
const SHORTEST_ROLLOUT = 1.5 * DAY;

/** Spreads what the exercise adds over hosts on which nothing else was placed, as far as there are such hosts. */
export function planExercise(
  random: Random,
  roles: readonly Role[],
  placements: readonly Placement[],
  times: ExerciseTimes,
): ExercisePlan {
  const { window } = times;
  const days = Math.round((window.end - window.start) / DAY);
  if (roles.length < LEAST_HOSTS || days < LEAST_DAYS)
    throw failure('OF_USAGE.smallExercise', {
      leastHosts: LEAST_HOSTS,
      leastDays: LEAST_DAYS,
      hosts: roles.length,
      days,
    });
  const hosts = freeHosts(random.child('hosts'), roles, placements);
  const take = (position: number): number => hosts[position % hosts.length]!;
  const reimaged = {
    host: take(1),
    at: midnight(window, days * random.child('re-image').between(0.45, 0.6)),
  };
  const ramp = random.child('ramp');
  const rampDays = Math.max(2, Math.round((days * 14) / 30));
  const cases: ExerciseCase[] = [
    {
      scenario: slowRamp(rampDays),
      host: take(0),
      start: window.start + Math.round(days * ramp.between(0.3, 0.42) * DAY),
    },
    // After the machine has been set up; the story of the host moves it to its first waking hour.
    { scenario: RESTORED_DATA, host: reimaged.host, start: reimaged.at },
    { scenario: customerExport('X14'), host: take(4), start: window.start + HOUR },
    { scenario: customerExport('X15'), host: take(5), start: window.start + HOUR },
    ...renamedCases(random.child('renamed tool'), roles, hosts, reimaged.host, window),
    ...rolloutCases(random.child('rollout'), roles.length, reimaged, window),
  ];
  return {
    cases,
    reimaged,
    clocks: [
      { host: take(2), kind: 'ahead' },
      { host: take(3), kind: 'back' },
    ],
  };
}

/** People's Macs in random order, those with the fewest incidents first. */
function freeHosts(
  random: Random,
  roles: readonly Role[],
  placements: readonly Placement[],
): readonly number[] {
  const load = new Map<number, number>();
  for (const { scenario, host } of placements)
    if (!(scenario.kind === 'benign' && scenario.fleetWide === true))
      load.set(host, (load.get(host) ?? 0) + 1);
  const order = random.shuffled(roles.map((_, index) => index));
  const people = order.filter((host) => roles[host] !== 'ci');
  return (people.length >= LEAST_HOSTS ? people : order).sort(
    (left, right) => (load.get(left) ?? 0) - (load.get(right) ?? 0),
  );
}

function renamedCases(
  random: Random,
  roles: readonly Role[],
  hosts: readonly number[],
  reimaged: number,
  window: Window,
): ExerciseCase[] {
  const length = window.end - window.start;
  const tool = renamedTool(inventRenamedTool(random, window.start + length * random.between(0.5, 0.7)));
  // The first six are taken by other cases; they share only where the fleet is small.
  const others = [...hosts.slice(6), ...hosts.slice(0, 6)].filter((host) => host !== reimaged);
  const developers = others.filter((host) => roles[host] === 'developer');
  const candidates = developers.length > 0 ? developers : others;
  return candidates
    .slice(0, random.integer(2, 4))
    .map((host) => ({ scenario: tool, host, start: window.start + HOUR }));
}

function rolloutCases(
  random: Random,
  hosts: number,
  reimaged: ExercisePlan['reimaged'],
  window: Window,
): ExerciseCase[] {
  const length = window.end - window.start;
  const agent = agentRollout(inventAgent(random));
  const begin = window.start + length * 0.53;
  const spread = Math.max(SHORTEST_ROLLOUT, length * ROLLOUT_SHARE);
  const pilots = Math.max(1, Math.round(hosts * PILOT_SHARE));
  return random
    .shuffled(Array.from({ length: hosts }, (_, host) => host))
    .map((host, place) => {
      const wave = place < pilots ? 0 : 0.2 + (0.8 * (place - pilots)) / Math.max(1, hosts - pilots);
      const start = Math.round(begin + spread * wave + random.between(0, 4) * HOUR);
      return {
        scenario: agent,
        host,
        start: host === reimaged.host ? Math.max(start, reimaged.at + 12 * HOUR) : start,
      };
    })
    .sort((left, right) => left.host - right.host);
}

function midnight(window: Window, days: number): number {
  return window.start + Math.max(1, Math.round(days)) * DAY;
}
