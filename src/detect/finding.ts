import { sha256OfJson } from '../ground/hash.js';
import type { Finding, FindingDestination } from '../ground/finding.js';
import { confidenceOf } from './confidence.js';
import type { DetectContext } from './indicator.js';
import type { Analytic, Judgement } from './analytic.js';
import type { Evidence } from './load-evidence.js';
import { othersDay } from './normal.js';
import { severityOf } from './score.js';
import type { Destination, Subject } from './subject.js';

/** Destinations a finding lists; the rest is in the store. */
const LISTED_DESTINATIONS = 20;

/** A subject as an analytic judged it, with what it was compared with. */
export interface Judged {
  readonly analytic: Analytic;
  readonly judgement: Judgement;
  readonly context: DetectContext;
}

/** A judgement in the words of the contract, before approvals and decisions. */
export function findingOf({ analytic, judgement, context }: Judged, evidence: Evidence | undefined): Finding {
  const { subject, risk, indicators } = judgement;
  const { process } = subject;
  const { attack } = analytic;
  return {
    id: findingId(subject.hostId, subject.actor, analytic.id),
    analytic: analytic.id,
    risk,
    confidence: confidenceOf(judgement, context),
    severity: severityOf(risk, context.config),
    state: 'open',
    ...analytic.explain(judgement, context),
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
    tunables: analytic.tunables(subject, context.config),
    attack: {
      analytic: attack.analytic,
      strategy: attack.strategy,
      technique: attack.technique,
      related: relatedTechniques(analytic, judgement),
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

/** One host and actor, as one analytic sees it; stable over time. */
export function findingId(hostId: string, actor: string, analytic: string): string {
  return sha256OfJson([hostId, actor, analytic]).slice(0, 16);
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

function relatedTechniques(
  { attack, indicators: all }: Analytic,
  { indicators, subject }: Judgement,
): string[] {
  const techniques = new Map(all.map((indicator) => [indicator.id, indicator.techniques ?? []]));
  const related = new Set([
    ...indicators.flatMap(({ id }) => techniques.get(id) ?? []),
    ...(subject.tool?.techniques ?? []),
  ]);
  related.delete(attack.technique);
  return [...related].sort();
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

const time = (ms: number): string => new Date(ms).toISOString();
