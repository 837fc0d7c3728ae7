export interface HostRange {
  /** First and last host id, both included. */
  readonly first_host: string;
  readonly last_host: string;
}

/**
 * Hosts in ranges of at most `room` rows each; a host with more has a range of its own.
 *
 * @param hosts in the order of their ids
 */
export function rangesOf(
  hosts: readonly { readonly host_id: string; readonly habits: number | string }[],
  room: number,
): readonly HostRange[] {
  const ranges: HostRange[] = [];
  let left = 0;
  for (const { host_id, habits } of hosts) {
    const last = ranges.at(-1);
    if (last === undefined || Number(habits) > left) {
      ranges.push({ first_host: host_id, last_host: host_id });
      left = room;
    } else {
      ranges[ranges.length - 1] = { ...last, last_host: host_id };
    }
    left -= Number(habits);
  }
  return ranges;
}
