/** What the actor of a general tool is told apart by: the script it runs, or the actor that started it. */
export interface Qualification {
  /** '' where the program alone is somebody, or nothing more is known. */
  readonly by: '' | 'script' | 'parent';
  /** The script's path, or the other actor. */
  readonly of: string;
}

/** Of facts that do; those of before they did say it in the actor's text alone. */
export function qualificationOf(facts: {
  readonly actor: string;
  readonly qualification?: Qualification;
}): Qualification {
  if (facts.qualification !== undefined) return facts.qualification;
  const [, word, of = ''] = /^.*? (by|running) (.*)$/s.exec(facts.actor) ?? [];
  if (word === undefined) return { by: '', of: '' };
  return { by: word === 'by' ? 'parent' : 'script', of };
}
