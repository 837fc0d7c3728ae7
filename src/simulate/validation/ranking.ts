/** How well risk separates true findings from the rest. */
export interface Ranking {
  /**
   * Area under the ROC curve: the chance that a true finding has a higher risk than another one, ties counted half.
   * null when there are no true or no other findings.
   */
  readonly auc: number | null;
  /** Share of true findings among the first k, or among all where there are fewer. */
  readonly precision_at: Readonly<Record<'10' | '25' | '50', number | null>>;
  /** Mean place of the true findings, the best place being 1. */
  readonly mean_rank: number | null;
  readonly relevant: number;
  readonly total: number;
}

export function rankingQuality(
  findings: readonly { readonly risk: number; readonly relevant: boolean }[],
): Ranking {
  // Ties are ranked pessimistically: what is not true comes first.
  const ordered = [...findings].sort(
    (left, right) => right.risk - left.risk || Number(left.relevant) - Number(right.relevant),
  );
  const relevant = ordered.filter((finding) => finding.relevant);
  const others = ordered.filter((finding) => !finding.relevant);
  const precision = (k: number): number | null => {
    const first = ordered.slice(0, k);
    return first.length === 0 ? null : first.filter((finding) => finding.relevant).length / first.length;
  };
  let wins = 0;
  for (const left of relevant) {
    for (const right of others) wins += left.risk > right.risk ? 1 : left.risk === right.risk ? 0.5 : 0;
  }
  const ranks = ordered.flatMap((finding, index) => (finding.relevant ? [index + 1] : []));
  return {
    auc: relevant.length === 0 || others.length === 0 ? null : wins / (relevant.length * others.length),
    precision_at: { '10': precision(10), '25': precision(25), '50': precision(50) },
    mean_rank: ranks.length === 0 ? null : ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
    relevant: relevant.length,
    total: ordered.length,
  };
}
