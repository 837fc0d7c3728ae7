import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { detect, type DetectOptions } from '../support/detect.js';
import { type DetectResult } from '../../src/ground/finding.js';
import { SEVERITIES } from '../../src/ground/vocabulary.js';
import { simulate } from '../../src/simulate/simulate.js';
import { describeEngines } from '../support/engines.js';
import { resultContract } from './contract.js';

const directory = mkdtempSync(join(tmpdir(), 'outflow-properties-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Endpoint agent, the Mac's own records and a sensor tell of the same fleet, so that every way of joining is used. */
const telemetry = join(directory, 'fleet', 'telemetry');
simulate({
  hosts: 3,
  days: 2,
  seed: 'properties',
  start: Date.UTC(2026, 2, 2),
  intensity: 0.15,
  scenarios: ['A01', 'A21', 'A24', 'A30', 'A38'],
  out: join(directory, 'fleet'),
  sources: ['elastic-defend', 'eslogger', 'unified-log', 'zeek-conn'],
  withhold: new Set(),
});

/** Three Macs are fleet enough here, so that what is rare is compared as well. */
const config = join(directory, 'outflow.yaml');
writeFileSync(config, 'fleet: { min_hosts: 2 }\n');

/** The same numbers on every run and machine (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seeded(seed);
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

interface Landed {
  readonly file: string;
  readonly header: readonly string[];
  readonly lines: readonly string[];
}

/** Every file as its records; a Zeek TSV log begins with a header that stays in front. */
const FILES: readonly Landed[] = readdirSync(telemetry, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:ndjson|jsonl|log)$/.test(file))
  .sort()
  .map((file) => {
    const all = readFileSync(join(telemetry, file), 'utf8').split('\n').slice(0, -1);
    return {
      file,
      header: all.filter((line) => line.startsWith('#')),
      lines: all.filter((line) => !line.startsWith('#')),
    };
  });

let variants = 0;

/** A copy of the telemetry in which each file became one or more others. */
function variant(change: (one: Landed, at: number) => Record<string, readonly string[]>): string {
  const folder = join(directory, `variant-${++variants}`);
  FILES.forEach((one, at) => {
    for (const [file, lines] of Object.entries(change(one, at))) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), `${[...one.header, ...lines].join('\n')}\n`);
    }
  });
  return folder;
}

const VARIANTS: Readonly<Record<string, () => readonly string[]>> = {
  'lines in another order, a third of them twice': () => [
    variant(({ file, lines }, at) => ({
      [file]: shuffled([...lines, ...lines.filter((_, index) => index % 3 === 0)], at + 1),
    })),
  ],
  'each file in two pieces, in other folders and another order': () => {
    const pieces = variant(({ file, lines }) => ({
      [join('one', basename(file))]: lines.filter((_, index) => index % 3 === 1),
      [join('two', basename(file))]: lines.filter((_, index) => index % 3 !== 1),
    }));
    return [join(pieces, 'two'), join(pieces, 'one')];
  },
};

/** The findings as text; the names of files are left out, since some variants have others. */
function textOf(result: DetectResult): string {
  return JSON.stringify(
    result.findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence, files: [] } })),
    null,
    1,
  );
}

const texts: Record<string, string> = {};
/** Of kept stores. */
const kept: Record<string, string> = {};

describeEngines('the same telemetry gives the same findings', ({ id, newTarget }) => {
  const run = (paths: readonly string[], over: Partial<DetectOptions> = {}): Promise<DetectResult> =>
    detect({
      paths,
      config,
      now: '2026-03-10T00:00:00.000Z',
      store: id === 'chdb' ? undefined : newTarget(),
      ...over,
    });
  let first: DetectResult;
  beforeAll(async () => {
    first = await run([telemetry]);
    texts[id] = textOf(first);
  });

  it('which are findings worth comparing, within the contract', () => {
    expect(resultContract.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(first.input).toMatchObject({ rejected: 0, hosts: expect.any(Number) as number });
    expect(Object.keys(first.input.by_source)).toEqual([
      'elastic-defend',
      'eslogger',
      'unified-log',
      'zeek-conn',
    ]);
    const serious = first.findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= 2);
    expect(serious.length).toBeGreaterThanOrEqual(3);
    expect(first.findings.length).toBeGreaterThan(serious.length);
  });

  it.each(Object.keys(VARIANTS))('with %s', async (name) => {
    expect(textOf(await run(VARIANTS[name]!()))).toBe(texts[id]);
  });

  it('when it is read again into the same store, or as parts of it arrive', async () => {
    const store = newTarget();
    const half = FILES.filter((_, at) => at % 2 === 1).map(({ file }) => join(telemetry, file));
    await run(half, { store });
    const whole = await run([telemetry], { store });
    // A kept store knows more of each finding than one run does.
    kept[id] = textOf(await run([telemetry], { store: newTarget() }));
    expect(textOf(whole)).toBe(kept[id]);
    expect(whole.findings.map(({ id: finding, risk }) => [finding, risk])).toEqual(
      first.findings.map(({ id: finding, risk }) => [finding, risk]),
    );
    const again = await run([telemetry], { store });
    expect(JSON.stringify({ ...again, run: null })).toBe(JSON.stringify({ ...whole, run: null }));
  });

  it.runIf(id === 'clickhouse')('on both engines', () => {
    expect(kept['clickhouse']).toBe(kept['chdb']);
  });
});
