import type { SimFlow } from '../event.js';

/**
 * Bytes of a flow at `at` (epoch ms) for sources that report before the end: traffic is even over the flow's life.
 * Flows without an end reach their totals at `simulationEnd`. Never decreases as `at` grows.
 */
export function bytesSoFar(flow: SimFlow, at: number, simulationEnd: number): { out: number; in: number } {
  const life = (flow.end ?? simulationEnd) - flow.start;
  const share = life <= 0 ? 1 : Math.min(1, Math.max(0, (at - flow.start) / life));
  return { out: Math.floor(flow.bytesOut * share), in: Math.floor(flow.bytesIn * share) };
}
