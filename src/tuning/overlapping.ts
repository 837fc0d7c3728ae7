/** Items worked on at the same time: while one is judged here, the engine puts the next one together. */
const AT_ONCE = 2;

/** Works on items two at a time and returns the results in their order. Nothing runs any more when it fails. */
export async function overlapping<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const at = next++;
      try {
        results[at] = await work(items[at]!, at);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const one of done) if (one.status === 'rejected') throw one.reason;
  return results;
}
