import { isPressingSeverity } from '../../../ground/vocabulary.js';
import type { Approval } from '../../../config/schema.js';
import type { Finding } from '../../../ground/finding.js';
import { DAY } from '../../machine.js';
import type { SimApproval } from '../../scenarios/stage.js';
import type { Truth, TruthIncident } from '../../truth.js';
import { utcDay } from '../../incident.js';
import { belongsTo } from '../match.js';
import {
  describeFalse,
  score,
  scoreIncident,
  type FalseFinding,
  type IncidentScore,
  type Score,
} from '../score.js';
import { coversIncident } from './covers.js';
import { exerciseElement, type ExerciseElement } from './exercise-element.js';

/** What approves a benign case: the company's inventory, or an accepted suggestion. */
export type ApprovedBy = 'company' | 'suggestion';

export interface LongIncident extends Omit<IncidentScore, 'ok'> {
  /** First day (`YYYY-MM-DD`) a finding of it was medium or above; null when none was. */
  readonly raised_on: string | null;
  /** Days from its start to `raised_on`. */
  readonly delay_days: number | null;
  readonly approved_by: ApprovedBy | null;
  /** Its approval expired while it went on: what it sends from then on may be found. */
  readonly lapsed: boolean;
  /** Attack: was raised and is not approved. Benign: nothing of medium or above is open. */
  readonly ok: boolean;
}

export interface LongFalseFinding extends FalseFinding {
  readonly raised_on: string | null;
  /** What of the exercise touched its host or program, where that may explain it. */
  readonly element: ExerciseElement | null;
}

export interface LongScore {
  readonly seed: string;
  readonly sources: readonly string[];
  readonly incidents: readonly LongIncident[];
  /** First raised after the learning days, and up to their end. */
  readonly false_findings: readonly LongFalseFinding[];
  readonly false_while_learning: readonly LongFalseFinding[];
  /** Found because an approval has expired, as it should be; not false. */
  readonly after_expiry: readonly LongFalseFinding[];
  readonly host_days: number;
  readonly false_per_host_day: number;
  readonly ranking: Score['ranking'];
  readonly findings: number;
}

export interface LongFacts {
  readonly truth: Truth;
  /** The company's approvals that were in force; none when they were left out. */
  readonly approvals: readonly SimApproval[];
  readonly accepted: readonly Approval[];
}

/** Compares the state after the last day with what happened. Pure. */
export function scoreLong(facts: LongFacts, findings: readonly Finding[]): LongScore {
  const { truth } = facts;
  const attacks = truth.incidents.filter(({ kind }) => kind === 'attack');
  const benign = truth.incidents.filter(({ kind }) => kind === 'benign');
  const others = findings.filter((finding) => !attacks.some((incident) => belongsTo(finding, incident)));
  const woke = others.filter((finding) => finding.state !== 'approved' && wasRaised(finding));
  const cutoff = learnedOn(truth);
  const groups = {
    late: [] as LongFalseFinding[],
    early: [] as LongFalseFinding[],
    lapsed: [] as LongFalseFinding[],
  };
  for (const finding of woke) {
    const described = {
      ...describeFalse(finding, benign),
      raised_on: finding.history?.raised_on ?? null,
      element: exerciseElement(finding, truth),
    };
    if (isAfterExpiry(finding, benign, facts)) groups.lapsed.push(described);
    else groups[raisedDay(finding) >= cutoff ? 'late' : 'early'].push(described);
  }
  const hostDays = truth.hosts * (truth.days - learningDays(truth));
  return {
    seed: truth.seed,
    sources: truth.sources,
    incidents: truth.incidents.map((incident) =>
      longIncident(incident, incident.kind === 'attack' ? findings : others, facts),
    ),
    false_findings: groups.late,
    false_while_learning: groups.early,
    after_expiry: groups.lapsed,
    host_days: hostDays,
    false_per_host_day: hostDays === 0 ? 0 : groups.late.length / hostDays,
    ranking: score(truth, { findings }).ranking,
    findings: findings.length,
  };
}

function longIncident(incident: TruthIncident, findings: readonly Finding[], facts: LongFacts): LongIncident {
  const own = findings.filter((finding) => belongsTo(finding, incident));
  const days = own.flatMap(({ history }) => history?.raised_on ?? []).sort();
  const raisedOn = days[0] ?? null;
  const awake = own.filter(({ state }) => state !== 'approved');
  return {
    ...scoreIncident(incident, findings, facts.truth.sources),
    raised_on: raisedOn,
    delay_days: raisedOn === null ? null : daysBetween(incident.start.slice(0, 10), raisedOn),
    approved_by: approvedBy(incident, facts),
    lapsed: lapsedApproval(incident, facts) !== undefined,
    ok:
      incident.kind === 'attack'
        ? awake.some(wasRaised)
        : !awake.some(({ state, severity }) => state !== 'closed' && isPressingSeverity(severity)),
  };
}

/** Medium or above now, or on some day: a finding that calmed down later has woken somebody all the same. */
function wasRaised({ severity, history }: Finding): boolean {
  return isPressingSeverity(severity) || (history?.raised_on ?? null) !== null;
}

/** Without a history the last day it can have been raised stands in: it must not look calmer than it is. */
function raisedDay({ history, last_seen }: Finding): string {
  return history?.raised_on ?? last_seen.slice(0, 10);
}

function approvedBy(incident: TruthIncident, { approvals, accepted }: LongFacts): ApprovedBy | null {
  if (incident.kind === 'attack') return null;
  if (approvals.some((approval) => isFor(approval, incident))) return 'company';
  return accepted.some((approval) => coversIncident(approval, incident, 'main')) ? 'suggestion' : null;
}

function isFor(approval: SimApproval, incident: TruthIncident): boolean {
  return approval.scenario === incident.id && approval.host === incident.host.name;
}

function lapsedApproval(incident: TruthIncident, { approvals }: LongFacts): SimApproval | undefined {
  return approvals.find((approval) => isFor(approval, incident) && approval.after_expiry === 'judged');
}

function isAfterExpiry(finding: Finding, benign: readonly TruthIncident[], facts: LongFacts): boolean {
  return benign.some((incident) => {
    const expires = lapsedApproval(incident, facts)?.expires;
    return expires !== undefined && belongsTo(finding, incident) && raisedDay(finding) > expires;
  });
}

export function learningDays(truth: Truth): number {
  return truth.exercise?.learning_days ?? 0;
}

/** First day after the learning days. */
function learnedOn(truth: Truth): string {
  return utcDay(Date.parse(truth.window.start) + learningDays(truth) * DAY);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
