import { describe, expect, it } from 'vitest';
import { AddressBook } from '../../src/simulate/addresses.js';
import type { SimProcess } from '../../src/simulate/event.js';
import { nextVersion } from '../../src/simulate/exercise/app-updates.js';
import { restartPrograms } from '../../src/simulate/exercise/restart-process.js';
import { developerId } from '../../src/simulate/fleet/programs.js';
import { DAY, HOUR, Machine } from '../../src/simulate/machine.js';
import { Random } from '../../src/simulate/random.js';
import { World } from '../../src/simulate/world.js';
import { hostNamed } from './formats/hand-made.js';

const START = Date.parse('2026-03-02T00:00:00Z');
const APP = developerId('/Applications/App.app/Contents/MacOS/App', 'com.app', 'TEAM123456', 'App Ltd');
const TO = { name: 'api.app.example', ip: '44.1.2.3', port: 443 };

function machine(): Machine {
  const random = new Random('restart');
  return new Machine(
    hostNamed('MBP-1'),
    { start: START, end: START + 2 * DAY },
    random,
    new AddressBook(random),
    0,
  );
}

describe('restartPrograms', () => {
  it('starts what runs again as the new image, and cuts connections so that the bytes stay', () => {
    const mac = machine();
    const app = mac.exec(APP, { at: START + HOUR });
    const child = mac.exec(developerId('/bin/tool', 'tool', 'OTHER12345', 'Tool'), {
      at: START + 20 * HOUR,
      parent: app,
      responsible: app,
    });
    mac.connect(app, { at: START + 2 * HOUR, seconds: 3600, out: 1000, in: 10, to: TO });
    mac.connect(app, { at: START + 5 * HOUR, seconds: 36_000, out: 9001, in: 90, to: TO });
    mac.connect(app, { at: START + 30 * HOUR, seconds: 60, out: 500, in: 5, to: TO });
    mac.connect(app, { at: START + 3 * HOUR, seconds: 9 * 86_400, out: 7e6, in: 7, to: TO });
    const total = mac.flows.reduce((sum, flow) => sum + flow.bytesOut, 0);
    const at = START + 10 * HOUR;
    const parts = restartPrograms(mac, at, (process) =>
      process.signing.teamId === 'TEAM123456' ? nextVersion(process) : undefined,
    );
    const [old, fresh] = mac.processes.filter((process) => process.signing.signingId === 'com.app');
    expect([old?.end, fresh?.start]).toEqual([at, at + 1]);
    expect(fresh?.signing).toMatchObject({ teamId: 'TEAM123456', signer: 'developer_id' });
    expect(fresh?.signing.cdhash).not.toBe(old?.signing.cdhash);
    expect([child.parent, child.responsible]).toEqual([fresh, fresh]);
    expect(parts.size).toBe(2);
    expect(mac.flows.reduce((sum, flow) => sum + flow.bytesOut, 0)).toBe(total);
    for (const flow of mac.flows) {
      expect(flow.start).toBeGreaterThanOrEqual(flow.process.start);
      expect(flow.end ?? START).toBeLessThanOrEqual(flow.process.end ?? Infinity);
    }
    // Open at the end before, open at the end afterwards.
    expect([...parts.values()].filter((flow) => flow.end === undefined)).toHaveLength(1);
  });

  it('renews in place what starts later, arguments included', () => {
    const mac = machine();
    const app = mac.exec(APP, { at: START + 12 * HOUR });
    restartPrograms(mac, START + HOUR, (process) => ({ ...process, executable: '/Applications/New' }));
    expect(mac.processes).toEqual([app]);
    expect([app.executable, app.name, app.args]).toEqual(['/Applications/New', 'New', ['/Applications/New']]);
  });
});

describe('nextVersion', () => {
  it('changes version folders and extension ids, not versions that are part of a name', () => {
    const path = (executable: string): string => nextVersion({ ...APP, executable }).executable;
    expect(path('/A.framework/Versions/127.0.6533.89/H')).toMatch(
      /^\/A\.framework\/Versions\/128\.0\.\d+\.\d+\/H$/,
    );
    expect(path('/Python.framework/Versions/3.11/Python')).toBe('/Python.framework/Versions/3.11/Python');
    expect(path('/Library/SystemExtensions/4B1F3A52-8C60-4B3E-9B0B-6D1C1B1E7A11/a')).toMatch(
      /^\/Library\/SystemExtensions\/[0-9A-F-]{36}\/a$/,
    );
  });
});

describe('a world with the exercise', () => {
  it('keeps connections within the life of their process, and pids apart', () => {
    const world = new World({
      hosts: 5,
      days: 6,
      seed: 'life',
      start: START,
      intensity: 0.2,
      scenarios: ['A38', 'B10'],
      exercise: true,
    });
    for (const story of world.stories()) {
      const slices = [...story.slices];
      const last = new Map<string, SimProcess>();
      for (const process of slices.flatMap((slice) => slice.processes)) {
        const key = `${process.host.id} ${process.pid}`;
        const before = last.get(key);
        if (before !== undefined) expect(before.end ?? Infinity).toBeLessThan(process.start);
        if (process.parent !== undefined) {
          expect(process.parent.host.id).toBe(process.host.id);
          expect(process.parent.start).toBeLessThanOrEqual(process.start);
        }
        last.set(key, process);
      }
      const flows = slices.flatMap((slice) => slice.flowStarts);
      expect(flows.length).toBeGreaterThan(20);
      for (const flow of flows) {
        expect(flow.start).toBeGreaterThanOrEqual(flow.process.start);
        if (flow.process.end !== undefined)
          expect(flow.end ?? Infinity).toBeLessThanOrEqual(flow.process.end);
      }
    }
  });
});
