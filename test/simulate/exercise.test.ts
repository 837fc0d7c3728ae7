import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/service/load-config.js';
import { simulateExercise } from '../../src/simulate/exercise/simulate-exercise.js';
import { simulate } from '../../src/simulate/simulate.js';
import type { Truth, TruthIncident } from '../../src/simulate/truth.js';
import { at, parseLines, type Json } from './formats/hand-made.js';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

const OPTIONS = {
  hosts: 6,
  days: 8,
  seed: 'weeks',
  start: Date.parse('2026-03-02T00:00:00Z'),
  intensity: 0.08,
  scenarios: ['A38', 'B11', 'B23'],
  sources: ['elastic-defend', 'eslogger', 'unified-log', 'nettop', 'zeek-conn'],
  withhold: new Set<never>(),
};

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'outflow-test-'));
  made.push(directory);
  return directory;
}

/** Text of each telemetry file, by its path below `telemetry/`. */
function filesOf(out: string): Map<string, string> {
  const root = join(out, 'telemetry');
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  );
}

let out: string;
let truth: Truth;
let files: Map<string, string>;
beforeAll(() => {
  out = temporary();
  truth = simulateExercise({ ...OPTIONS, out });
  files = filesOf(out);
});

const incidents = (id: string): TruthIncident[] => truth.incidents.filter((incident) => incident.id === id);
const only = (id: string): TruthIncident => incidents(id)[0]!;
const facts = (): NonNullable<Truth['exercise']> => truth.exercise!;

/** Documents of one kind of file, with the day of their directory; `host` narrows to one Mac. */
function documents(ending: string, host = ''): { day: string; doc: Json }[] {
  return [...files.entries()]
    .filter(([path]) => path.endsWith(ending) && basename(path).startsWith(host))
    .flatMap(([path, text]) =>
      parseLines(text.replace(/^Filtering.*\n/, '')).map((doc) => ({ day: path.slice(0, 10), doc })),
    );
}

describe('simulateExercise', () => {
  it('writes the same bytes for the same seed, and others for another', () => {
    const again = temporary();
    expect(simulateExercise({ ...OPTIONS, out: again })).toEqual(truth);
    expect([...filesOf(again)]).toEqual([...files]);
    const other = temporary();
    const one = 'elastic-defend';
    simulateExercise({ ...OPTIONS, seed: 'else', sources: [one], out: other });
    const same = (path: string): boolean => path.endsWith('.elastic.ndjson');
    expect([...filesOf(other)]).not.toEqual([...files].filter(([path]) => same(path)));
  });

  it('divides the records of the undivided files by day, and host names stay in the file names', () => {
    const whole = temporary();
    expect(simulate({ ...OPTIONS, exercise: true, out: whole })).toEqual(truth);
    const joined = new Map<string, string>();
    for (const [path, text] of files) {
      const [day = '', file = ''] = path.split('/');
      expect(day).toMatch(/^2026-03-0[2-9]$/);
      joined.set(file, (joined.get(file) ?? '') + text);
    }
    expect(new Set([...files.keys()].map((path) => path.slice(0, 10))).size).toBe(8);
    expect([...joined].sort()).toEqual([...filesOf(whole)].sort());
  });

  it('needs room for what it adds', () => {
    expect(() => simulateExercise({ ...OPTIONS, hosts: 3, out: temporary() })).toThrow(/at least 4 hosts/);
    expect(() => simulateExercise({ ...OPTIONS, days: 2, out: temporary() })).toThrow(/and 3 days/);
  });

  it('leaves an ordinary fleet as it is', () => {
    const plain = simulate({ ...OPTIONS, sources: ['eslogger'], out: temporary() });
    expect(plain.exercise).toBeUndefined();
    expect(plain.incidents.some(({ id }) => id.startsWith('X'))).toBe(false);
    expect(plain.incidents.every((incident) => !('signers' in incident))).toBe(true);
  });
});

describe('app updates', () => {
  it('change hash and version folder, at another time on each host, and keep the signer', () => {
    const update = facts().updates.find(({ team_id }) => team_id === 'EQHXZ8M8AV')!;
    expect(update.hosts.length).toBeGreaterThan(1);
    expect(new Set(update.hosts.map((one) => one.at)).size).toBe(update.hosts.length);
    const helper = update.programs.find(({ signing_id }) => signing_id === 'com.google.Chrome.helper')!;
    expect(helper.before).toContain('/Versions/127.');
    expect(helper.after).toContain('/Versions/128.');
    const rightClock = update.hosts.filter(
      ({ host }) => !facts().clocks.some((fault) => fault.host === host),
    );
    let both = 0;
    for (const { host, at: moment } of rightClock) {
      const execs = documents('.eslogger.jsonl', host)
        .map(({ doc }) => doc)
        .filter((doc) => at(doc, 'event.exec.target.signing_id') === 'com.google.Chrome.helper');
      if (execs.length === 0) continue;
      const shapes = new Set(
        execs.map((doc) =>
          [
            String(doc['time']) >= moment,
            at(doc, 'event.exec.target.executable.path'),
            at(doc, 'event.exec.target.team_id'),
            at(doc, 'event.exec.target.cdhash'),
          ].join('|'),
        ),
      );
      expect(shapes.size).toBeLessThanOrEqual(2);
      if (shapes.size === 2) both += 1;
      for (const shape of shapes) {
        const [late, path, team] = shape.split('|');
        expect([path, team]).toEqual([late === 'true' ? helper.after : helper.before, 'EQHXZ8M8AV']);
      }
    }
    expect(both).toBeGreaterThan(1);
  });
});

describe('renamed tool', () => {
  it('has another executable and goes on, signed as before', () => {
    const tool = only('X11');
    expect(tool.senders).toHaveLength(2);
    expect(tool.signers).toHaveLength(1);
    const seen = documents('.elastic.ndjson', tool.host.name)
      .map(({ doc }) => doc)
      .filter((doc) => tool.senders.includes(at(doc, 'process.executable') as string))
      .filter((doc) => at(doc, 'event.category.0') === 'network');
    const names = new Set(seen.map((doc) => at(doc, 'process.executable')));
    expect([...names].sort()).toEqual([...tool.senders]);
    expect(new Set(seen.map((doc) => at(doc, 'process.code_signature.signing_id')))).toEqual(
      new Set([tool.signers?.[0]?.signing_id]),
    );
    expect(new Set(seen.map((doc) => at(doc, 'destination.domain'))).size).toBe(1);
  });
});

describe('agent rollout', () => {
  it('starts on few hosts in the second half and reaches all, sending to one domain', () => {
    const rollout = incidents('X12');
    expect(rollout).toHaveLength(6);
    const middle = OPTIONS.start + 4 * 86_400_000;
    for (const { start, expected, kind } of rollout) {
      expect(Date.parse(start)).toBeGreaterThan(middle);
      expect([kind, expected]).toEqual(['benign', 'info']);
    }
    const path = rollout[0]!.senders[0];
    const days = new Map<string, Set<string>>();
    for (const { day, doc } of documents('.elastic.ndjson')) {
      if (at(doc, 'process.executable') !== path || at(doc, 'event.action') === 'fork') continue;
      days.set(day, (days.get(day) ?? new Set()).add(at(doc, 'host.name') as string));
    }
    const counts = [...days.entries()].sort().map(([, hosts]) => hosts.size);
    expect(counts[0]).toBeLessThan(Math.max(...counts));
    expect(new Set(rollout.flatMap(({ destinations }) => destinations.map(({ name }) => name))).size).toBe(1);
    expect(
      documents('.eslogger.jsonl').some(({ doc }) => at(doc, 'event.exec.target.executable.path') === path),
    ).toBe(true);
    const name = path!.slice(path!.lastIndexOf('/') + 1).slice(0, 15);
    expect([...files].some(([file, text]) => file.endsWith('.log.ndjson') && text.includes(name))).toBe(true);
    expect([...files].some(([file, text]) => file.endsWith('.csv') && text.includes(name))).toBe(true);
  });
});

describe('slow ramp', () => {
  it('sends more every day to one rented place', () => {
    const ramp = only('X01');
    expect([ramp.kind, ramp.difficulty, ramp.expected]).toEqual(['attack', 'must', 'found']);
    expect(ramp.destinations).toHaveLength(1);
    const daily = new Map<string, number>();
    for (const { day, doc } of documents('.elastic.ndjson', ramp.host.name)) {
      if (at(doc, 'process.executable') !== ramp.senders[0]) continue;
      daily.set(day, (daily.get(day) ?? 0) + Number(at(doc, 'source.bytes') ?? 0));
    }
    const amounts = [...daily.entries()]
      .sort()
      .map(([, bytes]) => bytes)
      .filter((bytes) => bytes > 0);
    expect(amounts.length).toBeGreaterThan(2);
    expect(amounts[0]).toBeLessThan(20e6);
    expect(Math.max(...amounts)).toBeGreaterThan(200e6);
    expect(amounts.reduce((sum, bytes) => sum + bytes, 0)).toBe(ramp.bytes_out);
    const ips = ramp.destinations[0]!.ip;
    expect(
      [...files].some(([file, text]) => file.includes('/conn.') && ips.some((ip) => text.includes(ip))),
    ).toBe(true);
  });
});

describe('re-imaged host', () => {
  it('keeps its name, and has another id and other processes', () => {
    const { host, old_id, new_id, at: moment } = facts().reimaged!;
    const seen = documents('.elastic.ndjson', host);
    for (const { day, doc } of seen) {
      expect(at(doc, 'host.name')).toBe(host);
      expect(at(doc, 'host.id')).toBe(day < moment.slice(0, 10) ? old_id : new_id);
    }
    const entities = (id: string): Set<unknown> =>
      new Set(
        seen.filter(({ doc }) => at(doc, 'host.id') === id).map(({ doc }) => at(doc, 'process.entity_id')),
      );
    const before = entities(old_id);
    const after = entities(new_id);
    expect(before.size).toBeGreaterThan(20);
    expect(after.size).toBeGreaterThan(20);
    expect([...after].filter((entity) => before.has(entity))).toEqual([]);
    const restored = only('X13');
    expect(restored.host).toEqual({ id: new_id, name: host });
    expect(restored.bytes_in).toBeGreaterThan(restored.bytes_out * 5);
  });
});

describe('clocks', () => {
  it('jump days ahead for hours on one host, and years back for minutes on another', () => {
    const [ahead, back] = ['ahead', 'back'].map((kind) =>
      facts().clocks.find((fault) => fault.kind === kind)!,
    );
    expect(ahead!.offset_ms).toBeGreaterThan(2.5 * 86_400_000);
    expect(Date.parse(back!.from) + back!.offset_ms).toBeLessThan(Date.UTC(2017, 0, 1));
    for (const ending of ['.elastic.ndjson', '.eslogger.jsonl', '.log.ndjson']) {
      const field = {
        '.elastic.ndjson': '@timestamp',
        '.eslogger.jsonl': 'time',
        '.log.ndjson': 'timestamp',
      }[ending]!;
      const odd = (host: string): { day: string; ms: number }[] =>
        documents(ending, host)
          .map(({ day, doc }) => ({
            day,
            ms: Date.parse(
              String(doc[field])
                .replace(' ', 'T')
                .replace(/(\.\d{3})\d*/, '$1')
                .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
            ),
          }))
          .filter(({ day, ms }) => Math.abs(ms - Date.parse(`${day}T12:00:00Z`)) > 1.5 * 86_400_000);
      for (const fault of [ahead!, back!]) {
        const found = odd(fault.host);
        // A process need not start or end in those minutes, so eslogger may have nothing to show.
        if (!(ending === '.eslogger.jsonl'))
          expect(found.length, `${ending} ${fault.kind}`).toBeGreaterThan(0);
        for (const { ms } of found) {
          expect(ms - fault.offset_ms).toBeGreaterThanOrEqual(Date.parse(fault.from) - 1000);
          expect(ms - fault.offset_ms).toBeLessThan(Date.parse(fault.until) + 1000);
        }
      }
    }
  });
});

describe('approvals', () => {
  it('expire for one export and not for the other, and the truth says what holds then', () => {
    const approval = (id: string) => truth.approvals.find(({ scenario }) => scenario === id)!;
    expect(approval('X14')).toMatchObject({ after_expiry: 'judged' });
    expect(approval('X14').expires! < truth.window.end.slice(0, 10)).toBe(true);
    expect(approval('X15')).toMatchObject({ after_expiry: 'never' });
    expect(Date.parse(only('X14').end)).toBeGreaterThan(Date.parse(approval('X14').expires!) + 86_400_000);
    const config = loadConfig(join(out, 'outflow.yaml'));
    const written = new Map(config.approvals.map((entry) => [entry.name.split(' ')[0], entry.expires]));
    expect(written.get('X14')).toBe(approval('X14').expires);
    expect(written.get('X15')).toBe('2027-03-10');
  });
});
