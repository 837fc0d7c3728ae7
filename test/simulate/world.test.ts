import { describe, expect, it } from 'vitest';
import type { SimFlow, SimProcess } from '../../src/simulate/event.js';
import { INEXPRESSIBLE, SCENARIOS } from '../../src/simulate/scenarios/catalogue.js';
import type { TruthIncident } from '../../src/simulate/truth.js';
import { World, type WorldOptions } from '../../src/simulate/world.js';

const START = Date.parse('2026-03-02T00:00:00Z');
const OPTIONS: WorldOptions = {
  hosts: 8,
  days: 2,
  seed: 'test',
  start: START,
  intensity: 0.5,
  scenarios: ['A38', 'B20'],
};

interface Played {
  readonly name: string;
  readonly processes: readonly SimProcess[];
  readonly flows: readonly SimFlow[];
  readonly incidents: readonly TruthIncident[];
}

function play(options: WorldOptions): Played[] {
  return [...new World(options).stories()].map((story) => {
    const slices = [...story.slices];
    return {
      name: story.host.name,
      processes: slices.flatMap((slice) => slice.processes),
      flows: slices.flatMap((slice) => slice.flowStarts),
      incidents: story.incidents,
    };
  });
}

const summary = (played: readonly Played[]): unknown =>
  played.map((host) => ({
    name: host.name,
    processes: host.processes.map(({ pid, executable, start, end }) => [pid, executable, start, end]),
    flows: host.flows.map((flow) => [
      flow.process.pid,
      flow.remoteName,
      flow.remoteIp,
      flow.start,
      flow.end,
      flow.bytesOut,
    ]),
  }));

describe('World', () => {
  const played = play(OPTIONS);

  it('is the same for the same seed and another for another', () => {
    expect(summary(play(OPTIONS))).toEqual(summary(played));
    expect(summary(play({ ...OPTIONS, seed: 'other' }))).not.toEqual(summary(played));
  });

  it('leaves the hosts alone that a further scenario does not touch', () => {
    const more = play({ ...OPTIONS, scenarios: ['A38', 'B20', 'A01'] });
    const touched = new Set(
      more.filter((host) => host.incidents.some(({ id }) => id === 'A01')).map((host) => host.name),
    );
    expect(touched.size).toBe(1);
    const untouched = (hosts: readonly Played[]): Played[] =>
      hosts.filter((host) => !touched.has(host.name) && host.incidents.length === 0);
    expect(untouched(more).length).toBeGreaterThan(3);
    expect(summary(untouched(more))).toEqual(
      summary(played.filter((host) => untouched(more).some(({ name }) => name === host.name))),
    );
  });

  it('keeps events in the window and connections within the life of their process', () => {
    const end = START + 2 * 86_400_000;
    for (const { flows, processes } of played) {
      expect(flows.length).toBeGreaterThan(50);
      for (const flow of flows) {
        expect(flow.start).toBeGreaterThanOrEqual(Math.max(START, flow.process.start));
        expect(flow.end ?? flow.start).toBeLessThan(end);
        if (flow.process.end !== undefined)
          expect(flow.end ?? Infinity).toBeLessThanOrEqual(flow.process.end);
        expect(Number.isSafeInteger(flow.bytesOut) && flow.bytesOut >= 0).toBe(true);
      }
      for (const process of processes)
        if (process.parent !== undefined) expect(process.parent.start).toBeLessThanOrEqual(process.start);
    }
  });

  it('never gives one pid to two processes that live at the same time', () => {
    for (const { processes } of played) {
      const last = new Map<number, SimProcess>();
      for (const process of processes) {
        const before = last.get(process.pid);
        if (before !== undefined) expect(before.end ?? Infinity).toBeLessThan(process.start);
        last.set(process.pid, process);
      }
    }
  });

  it('tells the truth about bytes, connections and times', () => {
    const host = played.find(({ incidents }) => incidents.some(({ id }) => id === 'A38'));
    const incident = host?.incidents.find(({ id }) => id === 'A38');
    const own = host?.flows.filter((flow) => incident?.senders.includes(flow.process.executable)) ?? [];
    expect(own.length).toBe(incident?.connections);
    expect(own.reduce((sum, flow) => sum + flow.bytesOut, 0)).toBe(incident?.bytes_out);
    expect(Date.parse(incident?.start ?? '')).toBe(Math.min(...own.map((flow) => flow.start)));
    expect(incident?.destinations[0]?.name).toBe(own[0]?.remoteName);
  });

  it('plays every scenario of the catalogue', () => {
    const ids = SCENARIOS.map(({ id }) => id);
    const all = play({ ...OPTIONS, hosts: 12, days: 3, scenarios: ids });
    const seen = new Set(all.flatMap((host) => host.incidents.map(({ id }) => id)));
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    expect(new Set([...ids, ...INEXPRESSIBLE.map(({ id }) => id)]).size).toBe(93);
    for (const incident of all.flatMap((host) => host.incidents)) {
      expect(Date.parse(incident.start)).toBeGreaterThanOrEqual(START);
      expect(Date.parse(incident.end)).toBeLessThanOrEqual(START + 3 * 86_400_000);
      expect(incident.bytes_out).toBeGreaterThan(0);
      expect(incident.destinations.length).toBeGreaterThan(0);
    }
  });

  it('refuses a scenario nobody knows', () => {
    expect(() => new World({ ...OPTIONS, scenarios: ['A999'] })).toThrow(/unknown scenario "A999"/);
  });
});

describe('placement', () => {
  const world = new World({ ...OPTIONS, hosts: 60, days: 8, scenarios: undefined });
  const local = world.placements.filter(
    ({ scenario }) => !(scenario.kind === 'benign' && scenario.fleetWide === true),
  );

  it('leaves a third of the hosts clean and keeps attacks and benign cases apart', () => {
    expect(new Set(local.map(({ host }) => host)).size).toBeLessThanOrEqual(40);
    const attacked = new Set(
      local.filter(({ scenario }) => scenario.kind === 'attack').map(({ host }) => host),
    );
    for (const { scenario, host } of local)
      if (scenario.kind === 'benign') expect(attacked.has(host)).toBe(false);
  });

  it('never lets two incidents of one host act through the same program', () => {
    for (const host of new Set(local.map((placement) => placement.host))) {
      const used = local
        .filter((placement) => placement.host === host)
        .flatMap(({ scenario }) => [...new Set(scenario.uses)]);
      expect(used).toEqual([...new Set(used)]);
    }
  });
});
