/**
 * Points that grow with the logarithm of what was observed, from `least` at `low` to `most` at `high`: ten times as
 * many bytes are one step worse, not ten times. Outside the range the nearer end counts.
 */
export function logPoints(observed: number, low: number, least: number, high: number, most: number): number {
  if (observed <= low) return least;
  if (observed >= high) return most;
  return least + ((most - least) * Math.log(observed / low)) / Math.log(high / low);
}
