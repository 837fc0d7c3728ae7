import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapping } from '../../src/tuning/overlapping.js';

const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('overlapping work', () => {
  it('keeps the order of its items, whatever takes longest, two at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 }), async (waits) => {
        let running = 0;
        let most = 0;
        const results = await overlapping(waits, async (wait, at) => {
          most = Math.max(most, ++running);
          await after(wait);
          running--;
          return at;
        });
        expect(results).toEqual(waits.map((_, at) => at));
        expect(most).toBe(Math.min(2, waits.length));
      }),
      { numRuns: 30 },
    );
  });

  it('fails with the first error, when nothing runs any more', async () => {
    const begun: number[] = [];
    let running = 0;
    const work = overlapping([0, 1, 2, 3], async (item) => {
      begun.push(item);
      running++;
      await after(item === 0 ? 1 : 10);
      running--;
      if (item === 0) throw new Error('no');
      return item;
    });
    await expect(work).rejects.toThrow('no');
    expect(running).toBe(0);
    expect(begun).toEqual([0, 1]);
  });
});
