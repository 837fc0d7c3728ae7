import type { Finding, OtherAnalytic } from '../ground/finding.js';
import type { Store } from '../store/store.js';

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
    if (!stands(finding)) continue;
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
    told.set(lead!, others.map(otherOf));
    for (const other of others) partOfAnother.add(other);
  }
  return findings
    .filter((finding) => !partOfAnother.has(finding))
    .map((finding) => {
      const also = told.get(finding);
      return also === undefined ? finding : { ...finding, also };
    });
}

/**
 * A finding with what other analytics see of the same host and program and still stands, whichever of them leads: who asks for
 * one finding is told of all.
 *
 * @param beside findings of the same host and program, the finding itself among them or not
 */
export function withOthers(finding: Finding, beside: readonly Finding[]): Finding {
  const others = beside.filter((one) => one.id !== finding.id && stands(one));
  return others.length === 0 ? finding : { ...finding, also: others.map(otherOf) };
}

/** Ids of all findings of a store about the host and program of one of them, ascending; none that no evaluation shows. */
export async function idsBeside(store: Store, id: string): Promise<readonly string[]> {
  const rows = await store.rows<{ id: string }>(
    `SELECT DISTINCT finding_id AS id FROM evaluations
     WHERE (host_id, actor) IN (SELECT host_id, actor FROM evaluations WHERE finding_id = {id:String})
     ORDER BY id`,
    { id },
  );
  return rows.map((row) => row.id);
}

const stands = ({ state }: Finding): boolean => state !== 'approved' && state !== 'closed';

const otherOf = ({ analytic, id, risk, severity, title }: Finding): OtherAnalytic => ({
  analytic,
  id,
  risk,
  severity,
  title,
});
