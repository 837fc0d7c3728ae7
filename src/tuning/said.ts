/** What people said of a finding. */
export type Said = 'true_positive' | 'escalated' | 'harmless';

/** Ids of findings that people confirmed, closed as true positive or escalated; ascending. */
export function confirmedIds(said: ReadonlyMap<string, Said>): readonly string[] {
  return [...said].flatMap(([id, as]) => (as === 'harmless' ? [] : [id])).sort();
}
