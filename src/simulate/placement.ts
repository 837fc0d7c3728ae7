import type { Role } from './fleet/role.js';
import type { Random } from './random.js';
import { SCENARIOS } from './scenarios/catalogue.js';
import { DIFFICULTIES, type Scenario } from './scenarios/scenario.js';

export interface Placement {
  readonly scenario: Scenario;
  readonly host: number;
}

/** Share of hosts that carry attacks and that carry hard benign cases; at least a third stay clean. */
const ATTACK_SHARE = 0.42;
const BENIGN_SHARE = 0.24;
const ATTACKS_A_HOST = 2;
const BENIGN_A_HOST = 3;
/** Share of hosts that a fleet-wide case reaches. */
const FLEET_WIDE_SHARE = 0.8;

/**
 * Decides what happens where. Attacks and benign cases live on different hosts, two on one host never act through
 * the same program, and a fleet too small for all scenarios gets the most important ones.
 */
export function placeScenarios(
  random: Random,
  roles: readonly Role[],
  wanted: readonly string[] | undefined,
): readonly Placement[] {
  const order = random.child('hosts').shuffled(roles.map((_, index) => index));
  const attackHosts = Math.max(1, Math.floor(roles.length * ATTACK_SHARE));
  const benignHosts = Math.max(1, Math.floor(roles.length * BENIGN_SHARE));
  const placements: Placement[] = [];
  const attack = chooseScenarios(random.child('attacks'), 'attack', wanted, attackHosts * ATTACKS_A_HOST);
  const benign = chooseScenarios(random.child('benign'), 'benign', wanted, benignHosts * BENIGN_A_HOST);
  // Roles first: build machines and data scientists go to the side that has cases for them.
  const forBenign = [...order]
    .sort((left, right) => Number(roles[right] === 'ci') - Number(roles[left] === 'ci'))
    .slice(0, benignHosts);
  const forAttack = order.filter((host) => !forBenign.includes(host)).slice(0, attackHosts);
  assign(random.child('attack'), attack, forAttack.length > 0 ? forAttack : order, roles, placements);
  assign(random.child('calm'), benign, forBenign, roles, placements);
  for (const scenario of benign) {
    if (!isFleetWide(scenario)) continue;
    for (const host of order)
      if (random.child(`${scenario.id} ${host}`).chance(FLEET_WIDE_SHARE))
        placements.push({ scenario, host });
  }
  return placements;
}

function isFleetWide(scenario: Scenario): boolean {
  return scenario.kind === 'benign' && scenario.fleetWide === true;
}

function chooseScenarios(
  random: Random,
  kind: Scenario['kind'],
  wanted: readonly string[] | undefined,
  room: number,
): readonly Scenario[] {
  const all = SCENARIOS.filter((scenario) => scenario.kind === kind);
  if (wanted !== undefined) return all.filter((scenario) => wanted.includes(scenario.id));
  const importance = (scenario: Scenario): number =>
    scenario.kind === 'attack' ? DIFFICULTIES.indexOf(scenario.difficulty) : 0;
  // Those that came later are not shuffled in: another number of scenarios would be another order of all.
  const early = random
    .shuffled(all.filter(({ placed }) => placed === undefined))
    .sort((left, right) => importance(left) - importance(right));
  return [...early, ...all.filter(({ placed }) => placed === 'last')]
    .slice(0, room)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

function assign(
  random: Random,
  scenarios: readonly Scenario[],
  hosts: readonly number[],
  roles: readonly Role[],
  placements: Placement[],
): void {
  const load = new Map<number, Scenario[]>(hosts.map((host) => [host, []]));
  for (const scenario of scenarios) {
    if (isFleetWide(scenario)) continue;
    const own = random.child(scenario.id);
    const cost = (host: number): number => {
      const present = load.get(host) ?? [];
      const clash = present.some((other) => other.uses.some((program) => scenario.uses.includes(program)));
      const role = roles[host]!;
      const suits = scenario.roles?.includes(role) ?? role !== 'ci';
      return (
        (clash ? 100 : 0) +
        present.length * 2 +
        (suits ? 0 : role === 'ci' ? 50 : 1.5) +
        own.child(`${host}`).next()
      );
    };
    const best = hosts
      .map((host) => ({ host, price: cost(host) }))
      .sort((left, right) => left.price - right.price)[0];
    if (best === undefined) continue;
    load.get(best.host)?.push(scenario);
    placements.push({ scenario, host: best.host });
  }
}
