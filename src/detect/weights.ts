/** One number of judging and why it is what it is. docs/indicators.md shows all of them (a test compares the two). */
export interface Weight {
  readonly value: number;
  readonly reason: string;
}

/**
 * Numbers that all analytics share. None of them is tuned to one fleet: together they give what
 * `outflow validate --hosts 20 --days 3 --seeds 11,12 --twins none` prints (docs/simulate.md), on fleets nobody tuned on.
 */
export const WEIGHTS = {
  cap_behaviour: {
    value: 48,
    reason: 'what was done reaches medium with nothing else in full, and high never by itself',
  },
  cap_identity: {
    value: 50,
    reason: 'who did it can weigh a little more than what was done: code of malware is worse than an amount',
  },
  cap_destination: {
    value: 36,
    reason: 'where it went stays below medium by itself: anybody can rent a place, and nearly everybody does',
  },
  full_behaviour: {
    value: 12,
    reason:
      'points of about sixty megabytes a day by a tool or program: from there on who and where count in full',
  },
  full_context: {
    value: 20,
    reason:
      'points of one strong reason or two weak ones about who or where; with none an amount is a big day at work',
  },
  least_context: {
    value: 0.3,
    reason:
      'share of who and where that counts while hardly any data moved: rare programs idle all over a fleet',
  },
  least_behaviour: {
    value: 0.5,
    reason:
      'share of what was done that counts with nothing odd about who or where: half of the cap stays below low',
  },
  confidence_process: { value: 0.25, reason: 'without a process nobody can be asked' },
  confidence_signer: {
    value: 0.15,
    reason: 'who vouches for the code decides half of all questions about it',
  },
  confidence_parent: {
    value: 0.05,
    reason: 'who started it says who wanted it; often it can be found elsewhere',
  },
  confidence_destination: { value: 0.15, reason: 'without a place it cannot be said whose data went where' },
  confidence_name: { value: 0.05, reason: 'an address alone can be looked up, with some doubt' },
  confidence_bytes_out: { value: 0.15, reason: 'without an amount nothing is known to have left' },
  confidence_bytes_in: { value: 0.05, reason: 'without what came in an upload cannot be told from a relay' },
  confidence_fleet: { value: 0.1, reason: 'too few Macs to call anything unusual (fleet.min_hosts)' },
  confidence_history: { value: 0.05, reason: 'one or two days of few Macs say little about a habit' },
  confidence_named_share: {
    value: 0.5,
    reason:
      'where most connections have names, one without says something about the place and not the telemetry',
  },
  confidence_days: { value: 3, reason: 'days of activity from which a habit can be seen at all' },
  confidence_hosts: { value: 20, reason: 'Macs beside which one or two days are enough' },
} as const satisfies Readonly<Record<string, Weight>>;
