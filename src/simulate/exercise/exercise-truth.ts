/** Facts of the long exercise in `truth.json`, beside the incidents it adds (`X…`). Times are UTC ISO 8601. */
export interface ExerciseTruth {
  /** Days of history after which quiet is expected. */
  readonly learning_days: number;
  /** Apps that got another version: same Team ID and signing id, other hash, and where it has one another folder. */
  readonly updates: readonly AppUpdate[];
  readonly reimaged: {
    readonly host: string;
    readonly old_id: string;
    readonly new_id: string;
    readonly at: string;
  } | null;
  readonly clocks: readonly ClockFault[];
}

export interface AppUpdate {
  readonly team_id: string;
  /** Executables before and after, one pair per program of the team. */
  readonly programs: readonly {
    readonly signing_id: string;
    readonly before: string;
    readonly after: string;
  }[];
  readonly hosts: readonly { readonly host: string; readonly at: string }[];
}

/** A Mac whose clock was wrong from `from` to `until` (true times), by `offset_ms`. */
export interface ClockFault {
  readonly host: string;
  readonly kind: 'ahead' | 'back';
  readonly from: string;
  readonly until: string;
  readonly offset_ms: number;
}
