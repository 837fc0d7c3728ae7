import { createHash } from 'node:crypto';
import { applyApprovals, type Approved } from '../approvals/apply.js';
import { factsOf } from './facts-of.js';
import type { Finding, FindingDestination } from '../ground/finding.js';
import { confidenceOf } from './confidence.js';
import { summaryOf, titleOf } from './analytics/AN0082/explain.js';
import type { DetectContext } from './indicator.js';
import type { Judgement } from './analytics/AN0082/judge.js';
import type { Evidence } from './load-evidence.js';
import { othersDay } from './normal.js';
import { INDICATORS } from './analytics/AN0082/indicators.js';
import { severityOf } from './score.js';
import type { Destination, Subject } from './subject.js';
import { withApproval } from './with-approval.js';

/** Destinations a finding lists; the rest is in the store. */
const LISTED_DESTINATIONS = 20;

const TECHNIQUE = 'T1496.002';
const techniques = new Map(INDICATORS.map((indicator) => [indicator.id, indicator.techniques ?? []]));

/** A judgement in the words of the contract. */
export function findingOf(
  judgement: Judgement,
  evidence: Evidence | undefined,
  context: DetectContext,
): Finding {
  const { subject } = judgement;
  const { process } = subject;
  const approved = approvedOf(judgement, context);
  const { risk, indicators } =
    approved?.inside === true ? withApproval(judgement, approved.text, context.config) : judgement;
  return {
    id: createHash('sha256')
      .update(JSON.stringify([subject.hostId, subject.actor, 'AN0082']))
      .digest('hex')
      .slice(0, 16),
    analytic: 'AN0082',
    risk,
    confidence: confidenceOf(judgement, context),
    severity: approved?.inside === true ? 'informational' : severityOf(risk, context.config),
    state: approved?.inside === true ? 'approved' : 'open',
    title: titleOf(judgement),
    summary: [summaryOf(judgement, context), approved?.text ?? ''].filter((text) => text !== '').join(' '),
    host: { id: subject.hostId, name: context.telemetry.hostName },
    user: process?.user === undefined || process.user === '' ? null : process.user,
    process: {
      executable: orNull(process?.executable),
      name: process?.name ?? 'unknown',
      args: process?.args ?? [],
      pid: [...new Set(subject.processes.map((one) => one.pid))]
        .filter((pid) => pid > 0)
        .sort((a, b) => a - b),
      actor: subject.actor,
      signing: {
        signer: subject.signer,
        signing_id: orNull(process?.signingId),
        team_id: orNull(process?.teamId),
        cdhash: orNull(process?.cdhash),
        platform_binary: process?.platformBinary ?? null,
      },
      parent: { executable: orNull(process?.ancestors[0]?.executable ?? process?.parentExecutable) },
      ancestry: process?.ancestors.map((ancestor) => ancestor.executable) ?? [],
    },
    first_seen: time(subject.firstMs > 0 ? subject.firstMs : (process?.startMs ?? 0)),
    last_seen: time(subject.lastMs > 0 ? subject.lastMs : (process?.startMs ?? 0)),
    open: subject.open,
    bytes_out: Math.round(subject.bytesOut),
    bytes_in: Math.round(subject.bytesIn),
    connections: subject.connections,
    max_duration_s: Math.round(subject.maxDuration * 1000) / 1000,
    peak_rate_bps: Math.round(subject.peakRate),
    sustained_rate_bps: Math.round(subject.maxHourOut / 3600),
    destinations: listDestinations(judgement),
    indicators,
    tunables: {
      ProcessSignedStatus: context.config.process_signed_status[subject.signer],
      DataRateThreshold: context.config.detection.data_rate_threshold,
    },
    attack: {
      analytic: 'AN0082',
      strategy: 'DET0028',
      technique: TECHNIQUE,
      related: relatedTechniques(judgement),
    },
    evidence: {
      flows: evidence?.flows ?? 0,
      sources: evidence?.sources ?? context.telemetry.sources,
      files: evidence?.files ?? [],
    },
    baseline: baselineOf(subject, context),
    days: evidence?.days.map(({ day, bytes_out, bytes_in }) => ({ day, bytes_out, bytes_in })) ?? [],
    flows: evidence?.list ?? [],
  };
}

/** Peer groups are known to a kept store only. */
function approvedOf(judgement: Judgement, context: DetectContext): Approved | undefined {
  const { approvals } = context.config;
  if (approvals.length === 0) return undefined;
  const facts = factsOf(judgement, context);
  return applyApprovals(facts, approvals, time(facts.lastMs).slice(0, 10), () => []);
}

function baselineOf(subject: Subject, context: DetectContext): Finding['baseline'] {
  const others = othersDay(subject);
  return {
    other_hosts: Math.max(0, subject.actorHosts - 1),
    fleet_hosts: context.fleetHosts,
    expected_bytes_out_day: others === undefined ? null : Math.round(others),
    observed_bytes_out_day: Math.round(subject.maxDayOut),
  };
}

/** The judged destination first, then by bytes out. */
function listDestinations({ subject, destination }: Judgement): FindingDestination[] {
  return [...subject.destinations]
    .sort(
      (a, b) =>
        Number(b === destination) - Number(a === destination) ||
        b.bytesOut - a.bytesOut ||
        (a.key < b.key ? -1 : 1),
    )
    .slice(0, LISTED_DESTINATIONS)
    .map(destinationEntry);
}

function destinationEntry(destination: Destination): FindingDestination {
  return {
    name: destination.named ? destination.remoteName || destination.key : null,
    ip: destination.ips,
    port: destination.port,
    transport: destination.transport,
    scope: 'external',
    bytes_out: Math.round(destination.bytesOut),
    bytes_in: Math.round(destination.bytesIn),
    connections: destination.connections,
    fleet_hosts: destination.fleetHosts,
  };
}

function relatedTechniques({ indicators, subject }: Judgement): string[] {
  const related = new Set([
    ...indicators.flatMap(({ id }) => techniques.get(id) ?? []),
    ...(subject.tool?.techniques ?? []),
  ]);
  related.delete(TECHNIQUE);
  return [...related].sort();
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

const time = (ms: number): string => new Date(ms).toISOString();
