import type { PathClass } from './path-class.js';

/**
 * What a place says about the programs in it:
 *
 * - `installed`: somebody put them there on purpose;
 * - `landing`: files only land there, by themselves or by hand, and nobody installs;
 * - `odd`: people neither install nor look there: what starts other programs from it is odd;
 * - `application`: application bundles and the system, where what launchd starts belongs;
 * - `shells`: where shells and command line tools are installed;
 * - `builds`: unsigned and ad hoc code is everyday there, because package managers and compilers make it (Apple silicon
 *   signs ad hoc whatever is linked: ld(1)), or the system itself vouches for it.
 */
export type PathTrait = 'installed' | 'landing' | 'odd' | 'application' | 'shells' | 'builds';

/** Every class with its traits; a class that is missing here does not compile. */
const TRAITS: Readonly<Record<PathClass, readonly PathTrait[]>> = {
  system: ['installed', 'application', 'shells', 'builds'],
  applications: ['installed', 'application'],
  homebrew: ['installed', 'shells', 'builds'],
  user_applications: ['installed', 'application'],
  library_support: ['landing'],
  developer_build: ['installed', 'builds'],
  temporary: ['landing', 'odd'],
  downloads: ['landing'],
  volume: ['landing', 'odd'],
  hidden: ['landing', 'odd'],
  other: [],
};

/** Whether a class of paths has a trait. */
export function liesIn(place: PathClass, trait: PathTrait): boolean {
  return TRAITS[place].includes(trait);
}
