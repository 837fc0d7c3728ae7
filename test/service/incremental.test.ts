import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectIn } from '../../src/service/detect.js';
import { detect } from '../support/detect.js';
import { loadConfig } from '../../src/service/load-config.js';
import { discoverInputs } from '../../src/landing/discover.js';
import { openStore } from '../../src/service/open-store.js';
import { type DetectResult } from '../../src/ground/finding.js';
import { SEVERITIES } from '../../src/ground/vocabulary.js';
import { describeEngines } from '../support/engines.js';
import { DailyFleet, judged } from '../support/daily-fleet.js';

/** Monday to Monday: the last day is judged against a baseline of the first. */
const fleet = new DailyFleet({ seed: 'daysc', start: '2026-03-02', days: 8 });
const config = join(fleet.directory, 'outflow.yaml');
writeFileSync(config, 'fleet: { min_hosts: 2 }\nbaseline: { min_days: 1 }\n');
afterAll(() => {
  fleet.remove();
});

const run = (paths: readonly string[], store?: string): Promise<DetectResult> =>
  detect({ paths, config, store, now: '2026-03-10T00:00:00.000Z' });

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

const texts: Record<string, string> = {};

/** When the store built and judged what: nothing is done twice. */
async function workOf(target: string): Promise<unknown> {
  const store = await openStore(target);
  try {
    return await store.rows(
      `SELECT * FROM
       (
           SELECT 'day' AS what, toString(seen_on) AS day, max(built_at) AS at FROM day_builds GROUP BY seen_on
           UNION ALL
           SELECT 'evaluation', toString(evaluated_on), max(built_at) FROM evaluation_builds GROUP BY evaluated_on
       )
       ORDER BY what, day`,
    );
  } finally {
    await store.close();
  }
}

describeEngines('one run over everything', ({ id, newTarget }) => {
  const target = newTarget();
  let first: DetectResult;
  beforeAll(async () => {
    first = await run([fleet.telemetry], target);
    texts[id] = judged(first);
  });

  it('finds what is worth comparing, by a baseline', () => {
    expect(first.run.baseline).toMatch(/^w2026-03-09-/);
    expect(
      first.findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= 2).length,
    ).toBeGreaterThanOrEqual(3);
    expect(first.coverage).toHaveLength(3);
  });

  it('changes nothing when there is nothing new', async () => {
    const before = await workOf(target);
    const again = await run([], target);
    expect(judged(again)).toBe(texts[id]);
    const reread = await run([fleet.day(fleet.days.at(-1)!)], target);
    expect(judged(reread)).toBe(texts[id]);
    expect(await workOf(target)).toEqual(before);
  });

  it.runIf(id === 'clickhouse')('finds the same on both engines', () => {
    expect(texts['clickhouse']).toBe(texts['chdb']);
  });
});

/** Each of these is a dozen runs or so. */
const MANY_RUNS = { timeout: 400_000 };

describe('many runs over what arrived since', MANY_RUNS, () => {
  const target = (name: string): string => join(fleet.directory, name);

  it('find the same, day by day', async () => {
    let result: DetectResult | undefined;
    const [first, second, third, ...others] = fleet.days.map((day) => [fleet.day(day)]);
    for (const arrived of [first!, [...second!, ...third!], ...others])
      result = await run(arrived, target('daily'));
    expect(judged(result!)).toBe(texts['chdb']);
  });

  it('find the same when a part of every file arrives days late, in any order', async () => {
    const random = seeded(3);
    // Most of a day comes with it or soon after; a tenth of all lines comes with the last arrival.
    const arrivals = fleet.deal(fleet.days, (day) => {
      const at = fleet.days.indexOf(day);
      const dice = random();
      if (dice < 0.1) return '4';
      return String(Math.max(Math.floor(at / 4), dice < 0.3 ? 1 : 0));
    });
    expect(arrivals.length).toBeGreaterThanOrEqual(3);
    let result: DetectResult | undefined;
    for (const arrival of arrivals) result = await run([arrival], target('late'));
    expect(judged(result!)).toBe(texts['chdb']);
  });

  it('find the same, hour by hour over a midnight', async () => {
    const days = fleet.days.slice(3, 5);
    const timeOf = (line: string): string =>
      /"(?:@timestamp|time|timestamp)":"[\d-]{10}[T ](\d\d)/.exec(line)?.[1] ?? '00';
    const hours = fleet.deal(days, (day, line) => {
      const hour = `${day}T${timeOf(line)}`;
      // The hours far from midnight come as one.
      return hour < `${days[0]}T21` ? `${days[0]}T00` : hour > `${days[1]}T03` ? `${days[1]}T04` : hour;
    });
    expect(hours.length).toBeGreaterThanOrEqual(8);
    const settings = loadConfig(config);
    const store = await openStore(target('hourly'));
    let result: DetectResult | undefined;
    try {
      for (const hour of hours) {
        const { files } = await discoverInputs([hour]);
        result = await detectIn(store, files, settings, { paths: [hour] });
      }
    } finally {
      await store.close();
    }
    const whole = await run(
      days.map((day) => fleet.day(day)),
      target('two-days'),
    );
    expect(judged(result!)).toBe(judged(whole));
  });

  it('find what one window without a store finds, as long as there is less than a week', async () => {
    // Not for processes that no record tells of until a later day: one window names what they sent before, a day does
    // not look ahead.
    const days = fleet.days.slice(0, 6).map((day) => fleet.day(day));
    const comparable = ({ findings }: DetectResult): unknown[] =>
      findings.map((finding) => ({
        ...finding,
        history: null,
        baseline: { ...finding.baseline, version: null },
      }));
    const once = await run(days);
    const kept = await run(days, target('six-days'));
    expect(once.findings.length).toBeGreaterThanOrEqual(3);
    expect(comparable(kept)).toEqual(comparable(once));
    expect(kept.coverage).toEqual(once.coverage);
  });
});
