import { FIRST_ANALYTIC } from '../approvals/scope.js';
import { ANALYTICS } from '../detect/analytics/registry.js';
import type { Finding, FindingHistory } from '../ground/finding.js';
import type { SeenFinding } from '../decisions/detail.js';
import type { Standing } from '../decisions/standing.js';

/**
 * A finding that people decided on and that no evaluation shows any more: late records changed the picture, or what it
 * came from has passed its retention. It stays listed, closed by the evidence: risk 0, no indicator, and no disposition
 * unless somebody gave one. What is left of it is what the last of them saw.
 */
export function unsupportedFinding(
  id: string,
  standing: Standing,
): Finding & { readonly history: FindingHistory } {
  const seen = standing.seen ?? UNSEEN;
  const { host, process, analytic = FIRST_ANALYTIC } = seen;
  const attack = ANALYTICS.find(({ id: one }) => one === analytic)?.attack;
  return {
    id,
    analytic,
    risk: 0,
    confidence: 0,
    severity: 'informational',
    state: 'closed',
    title: seen.title,
    summary: `No longer supported by the records: when it was last decided on, it was judged ${seen.severity} (risk ${seen.risk}) on ${seen.worst_judged}; no evaluation that is kept shows it now.`,
    host,
    user: null,
    process: {
      executable: process.executable,
      name: process.name,
      args: [],
      pid: [],
      actor: process.actor,
      signing: {
        signer: process.signer,
        signing_id: null,
        team_id: null,
        cdhash: null,
        platform_binary: null,
      },
      parent: { executable: null },
      ancestry: [],
    },
    first_seen: seen.first_seen,
    last_seen: seen.last_seen,
    open: false,
    bytes_out: 0,
    bytes_in: 0,
    connections: 0,
    max_duration_s: 0,
    peak_rate_bps: 0,
    sustained_rate_bps: 0,
    destinations: [],
    indicators: [],
    tunables: Object.fromEntries((attack?.mutable_elements ?? []).map((name) => [name, 0])),
    attack: {
      analytic,
      strategy: attack?.strategy ?? '',
      technique: attack?.technique ?? '',
      related: [],
    },
    evidence: { flows: 0, sources: [], files: [] },
    baseline: { other_hosts: 0, fleet_hosts: 0, expected_bytes_out_day: null, observed_bytes_out_day: 0 },
    days: [],
    flows: [],
    history: {
      first_judged: seen.first_judged,
      last_judged: seen.last_judged,
      worst_judged: seen.worst_judged,
      raised_on: seen.raised_on,
      disposition: standing.disposition,
      assignee: standing.assignee,
      notes: standing.notes,
      reopened: null,
      approval: null,
    },
  };
}

/** Closed with nothing behind it: only the evidence closes a finding without a person's disposition. */
export function isUnsupported(finding: Finding): boolean {
  return finding.history !== undefined && finding.state === 'closed' && finding.indicators.length === 0;
}

/** Decisions of a version that kept no more than the id. */
const UNSEEN: SeenFinding = {
  title: 'A finding that was decided on',
  risk: 0,
  severity: 'informational',
  host: { id: '', name: '' },
  process: { executable: null, name: '', actor: '', signer: 'unknown' },
  first_seen: '1970-01-01T00:00:00.000Z',
  last_seen: '1970-01-01T00:00:00.000Z',
  first_judged: '1970-01-01',
  last_judged: '1970-01-01',
  worst_judged: '1970-01-01',
  raised_on: null,
};
