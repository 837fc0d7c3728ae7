import type { SimFlow, SimProcess, SimSlice } from '../event.js';

/** Something an event-based source reports, at `at` (epoch ms) by the true time. */
export type Moment =
  | { readonly at: number; readonly kind: 'start' | 'exit'; readonly process: SimProcess }
  | { readonly at: number; readonly kind: 'open' | 'close'; readonly flow: SimFlow };

/** A process exists before its connections and outlives them, also when all share one millisecond. */
const RANK = { start: 0, open: 1, close: 2, exit: 3 } as const;

/** Everything that starts or ends in the slice, in the order a source on the host would see it. */
export function momentsOf(slice: SimSlice): Moment[] {
  const moments: Moment[] = [
    ...slice.processes.map((process) => ({ at: process.start, kind: 'start' as const, process })),
    ...slice.exits.map((process) => ({ at: process.end ?? slice.dayEnd, kind: 'exit' as const, process })),
    ...slice.flowStarts.map((flow) => ({ at: flow.start, kind: 'open' as const, flow })),
    ...slice.flowEnds.map((flow) => ({ at: flow.end ?? slice.dayEnd, kind: 'close' as const, flow })),
  ];
  return moments.sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind]);
}
