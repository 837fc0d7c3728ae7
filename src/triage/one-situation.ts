import type { Finding, OtherAnalytic } from '../ground/finding.js';

/**
 * What several analytics see of one host and program is told once: the finding with the highest risk leads and names the
 * others, each with the id under which it is decided on. Only what stands is taken together: what was approved or closed
 * says nothing about what another analytic sees, so neither can silence the other.
 *
 * @param findings in the order in which they are told, which is kept
 */
export function oneSituation(findings: readonly Finding[]): readonly Finding[] {
  const standing = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.state === 'approved' || finding.state === 'closed') continue;
    const key = JSON.stringify([finding.host.id, finding.process.actor]);
    const same = standing.get(key);
    if (same === undefined) standing.set(key, [finding]);
    else same.push(finding);
  }
  const told = new Map<Finding, readonly OtherAnalytic[]>();
  const partOfAnother = new Set<Finding>();
  for (const same of standing.values()) {
    const [lead, ...others] = [...same].sort((a, b) => b.risk - a.risk || (a.id < b.id ? -1 : 1));
    if (others.length === 0) continue;
    told.set(
      lead!,
      others.map(({ analytic, id, risk, severity, title }) => ({ analytic, id, risk, severity, title })),
    );
    for (const other of others) partOfAnother.add(other);
  }
  return findings
    .filter((finding) => !partOfAnother.has(finding))
    .map((finding) => {
      const also = told.get(finding);
      return also === undefined ? finding : { ...finding, also };
    });
}
