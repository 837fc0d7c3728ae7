import type { Role } from '../fleet/role.js';
import type { Stage } from './stage.js';

/** `must` blocks a release; `should` is a target; `hard` and `blind` are printed as known limits. */
export const DIFFICULTIES = ['must', 'should', 'hard', 'blind'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

interface ScenarioBase {
  /** `A…` attacks, `B…` hard benign cases (docs/simulate.md lists them). */
  readonly id: string;
  readonly title: string;
  readonly techniques: readonly string[];
  /** Roles it happens to by preference. */
  readonly roles?: readonly Role[];
  /** Programs it acts through: two incidents on one host never share one. */
  readonly uses: readonly string[];
  /** Starts while somebody works at the Mac, or at any time. */
  readonly presence: 'active' | 'any';
  /** Seconds from first to last connection; decides how early in the window it must start. */
  readonly campaign: number;
  /** Present from the first day on, instead of starting after some history. */
  readonly fromTheStart?: boolean;
  /** Only the destination tells it from normal use: a `hard` case for sources that hide addresses. */
  readonly needsDestination?: boolean;
  /**
   * `last`: after all others and only where there is room, so that a scenario that came later moves none of those a seed placed
   * before. `asked`: only where it is named.
   */
  readonly placed?: 'last' | 'asked';
  readonly play: (stage: Stage) => void;
}

export interface Attack extends ScenarioBase {
  readonly kind: 'attack';
  readonly difficulty: Difficulty;
}

export interface Benign extends ScenarioBase {
  readonly kind: 'benign';
  /** `none`: nothing at all; `info`: one record that wakes nobody. Medium or above is a false positive. */
  readonly expected: 'none' | 'info';
  /** Happens on most hosts at once. */
  readonly fleetWide?: boolean;
}

export type Scenario = Attack | Benign;

/** A scenario of the catalogue that exec, signing and flow events cannot express. */
export interface Inexpressible {
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
  readonly reason: string;
}
