/** Days of one host and actor that are not learned from, because of what was found on them. */
export interface Exclusion {
  /** The analytic that found something; absent in versions learned before there were several. */
  readonly analytic?: string | undefined;
  readonly host_id: string;
  readonly actor: string;
  readonly reason: 'true_positive' | 'escalated' | 'unresolved';
  /** `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[];
}
