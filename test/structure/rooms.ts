/** The rooms of `src/` in the order the data goes: each may use only those before it (docs/architecture.md). */
export const ROOMS = [
  'ground',
  'knowledge',
  'config',
  'sources',
  'store',
  'landing',
  'model',
  'coverage',
  'decisions',
  'approvals',
  'baseline',
  'detect',
  'triage',
  'inventory',
  'tuning',
  'simulate',
  'service',
  'report',
  'outputs',
  'http',
  'cli',
] as const;

export type Room = (typeof ROOMS)[number];

/** The room of a file below `src/`, named from the root of the repository. */
export function roomOf(path: string): Room {
  const name = path.split('/')[1];
  const room = ROOMS.find((one) => one === name);
  if (room === undefined) throw new Error(`${path} stands in no room; rooms are ${ROOMS.join(', ')}`);
  return room;
}

/** Whether `from` may use `to`: it is the same room, or one further down. */
export function mayUse(from: Room, to: Room): boolean {
  return ROOMS.indexOf(to) <= ROOMS.indexOf(from);
}
