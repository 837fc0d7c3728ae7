import type { Approval } from '../../../config/schema.js';
import type { Truth, TruthIncident } from '../../truth.js';
import { coversIncident } from './covers.js';

/** An attack that a suggested approval would have hidden. */
export interface SuggestionMistake {
  readonly approval: string;
  readonly incident: string;
  readonly host: string;
}

export interface Verdicts {
  readonly accepted: readonly Approval[];
  /** Suggestions that would hide an attack which has to be found; never accepted. */
  readonly mistakes: readonly SuggestionMistake[];
}

/**
 * What somebody who knows the truth accepts: whatever belongs to benign cases and ordinary life, and nothing that
 * covers an attack which telemetry can show. `hard` and `blind` attacks hide in approved use by their nature: a person
 * could not tell, so they refuse nothing.
 */
export function judgeSuggestions(truth: Truth, suggested: readonly Approval[]): Verdicts {
  const attacks = truth.incidents.filter(isTellable);
  const accepted: Approval[] = [];
  const mistakes: SuggestionMistake[] = [];
  for (const approval of suggested) {
    const hidden = attacks.filter((incident) => coversIncident(approval, incident, 'any'));
    if (hidden.length === 0) accepted.push(approval);
    mistakes.push(
      ...hidden.map(({ id, host }) => ({ approval: approval.name, incident: id, host: host.name })),
    );
  }
  return { accepted, mistakes };
}

function isTellable({ kind, difficulty }: TruthIncident): boolean {
  return kind === 'attack' && (difficulty === 'must' || difficulty === 'should');
}
