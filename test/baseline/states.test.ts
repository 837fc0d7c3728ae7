import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { describeEngines } from '../support/engines.js';

/** The engine merges states in whatever order parts and threads give them: the result must not depend on it. */
describeEngines('states of day_habits', ({ open, newTarget }) => {
  let store: Store;

  beforeAll(async () => {
    store = await open(newTarget());
    await store.command(
      'CREATE TABLE parts (seq UInt32, quantiles AggregateFunction(quantilesDD(0.05, 0.5, 0.95), Float64), distinct AggregateFunction(uniqCombined64(12), String)) ENGINE = MergeTree ORDER BY seq',
    );
  });

  /** Merges one state for each part, in the order given, one after the other. */
  async function merged(parts: readonly (readonly number[])[]): Promise<unknown> {
    await store.command('TRUNCATE TABLE parts');
    // One at a time, so that each is a part of its own; a part without values is an empty state.
    for (const [seq, values] of parts.entries()) {
      await store.command(
        `INSERT INTO parts
         SELECT {seq:UInt32}, quantilesDDStateIf(0.05, 0.5, 0.95)(v, v >= 0), uniqCombined64StateIf(12)(toString(v), v >= 0)
         FROM (SELECT arrayJoin(arrayPushBack({values:Array(Float64)}, -1)) AS v)`,
        { seq, values },
      );
    }
    const [row] = await store.rows(
      `SELECT quantilesDDMerge(0.05, 0.5, 0.95)(quantiles) AS q, uniqCombined64Merge(12)(distinct) AS d
       FROM (SELECT * FROM parts ORDER BY seq) SETTINGS max_threads = 1`,
    );
    return row;
  }

  const value = fc.oneof(
    fc.double({ min: 0, max: 1e13, noNaN: true }),
    fc.integer({ min: 0, max: 1000 }),
    fc.constant(0),
  );
  const parts = fc.array(fc.array(value, { maxLength: 60 }), { minLength: 1, maxLength: 5 });

  it('give the same numbers in any order and grouping', async () => {
    await fc.assert(
      fc.asyncProperty(
        parts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        async ([inOrder, shuffled]) => {
          const expected = await merged(inOrder);
          expect(await merged(shuffled)).toEqual(expected);
          expect(await merged([inOrder.flat()])).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('give the same distinct count where a sketch has to estimate', async () => {
    const [row] = await store.rows<{ a: string; b: string }>(
      `SELECT uniqCombined64Merge(12)(s) AS a,
           (SELECT uniqCombined64Merge(12)(s) FROM (SELECT number % 31 AS part, uniqCombined64State(12)(toString(number % 90000)) AS s FROM numbers(200000) GROUP BY part ORDER BY part DESC)) AS b
       FROM (SELECT intDiv(number, 7001) AS part, uniqCombined64State(12)(toString(number % 90000)) AS s FROM numbers(200000) GROUP BY part ORDER BY part)`,
    );
    expect(row?.a).toBe(row?.b);
    expect(Number(row?.a) / 90_000).toBeCloseTo(1, 1);
  });

  it('are exact to five percent', async () => {
    const values = Array.from({ length: 101 }, (_, at) => (at + 1) ** 3);
    const { q } = (await merged([values.slice(0, 40), [], values.slice(40)])) as { q: [number, number] };
    expect(Math.abs(q[0] / 51 ** 3 - 1)).toBeLessThan(0.0501);
    expect(Math.abs(q[1] / 96 ** 3 - 1)).toBeLessThan(0.0501);
  });
});
