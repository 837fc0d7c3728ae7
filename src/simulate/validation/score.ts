import { type DetectResult, type Finding } from '../../ground/finding.js';
import { isPressingSeverity, SEVERITIES, type Severity } from '../../ground/vocabulary.js';
import { DIFFICULTIES, type Difficulty } from '../scenarios/scenario.js';
import type { Truth, TruthIncident } from '../truth.js';
import { belongsTo } from './match.js';
import { rankingQuality, type Ranking } from './ranking.js';

/** How one incident fared. `approved`: only findings inside the bounds of an approval. */
export type Reached = Severity | 'approved' | 'nothing';

export interface IncidentScore {
  readonly id: string;
  readonly title: string;
  readonly kind: 'attack' | 'benign';
  readonly difficulty: Difficulty | null;
  readonly expected: TruthIncident['expected'];
  readonly host: string;
  readonly reached: Reached;
  /** Highest risk among its open findings, 0 without one. */
  readonly risk: number;
  /** Attack: medium or above. Benign: not above what is expected. */
  readonly ok: boolean;
  readonly findings: readonly string[];
}

export interface FalseFinding {
  readonly id: string;
  readonly host: string;
  readonly process: string;
  readonly severity: Severity;
  readonly risk: number;
  readonly title: string;
  /** The benign case it belongs to, null for the fleet's ordinary life. */
  readonly benign_case: string | null;
  readonly indicators: readonly string[];
}

export interface Score {
  readonly seed: string;
  readonly sources: readonly string[];
  readonly withheld: readonly string[];
  readonly host_days: number;
  readonly recall: Readonly<Record<Difficulty, { readonly found: number; readonly total: number }>>;
  readonly incidents: readonly IncidentScore[];
  readonly benign: { readonly ok: number; readonly total: number };
  readonly false_findings: readonly FalseFinding[];
  readonly false_per_host_day: number;
  readonly ranking: Ranking;
  readonly findings: number;
}

/** Compares what was found with what happened. Pure: neither reads nor runs anything. */
export function score(truth: Truth, result: Pick<DetectResult, 'findings'>): Score {
  const open = result.findings.filter((finding) => finding.state !== 'approved');
  const incidents = truth.incidents.map((incident) =>
    scoreIncident(incident, result.findings, truth.sources),
  );
  const attacks = truth.incidents.filter((incident) => incident.kind === 'attack');
  const benign = truth.incidents.filter((incident) => incident.kind === 'benign');
  const isTrue = (finding: Finding): boolean => attacks.some((incident) => belongsTo(finding, incident));
  const falseFindings = open
    .filter((finding) => isPressingSeverity(finding.severity) && !isTrue(finding))
    .map((finding) => describeFalse(finding, benign));
  const hostDays = truth.hosts * truth.days;
  return {
    seed: truth.seed,
    sources: truth.sources,
    withheld: truth.withheld,
    host_days: hostDays,
    recall: recallOf(incidents),
    incidents,
    benign: {
      ok: incidents.filter((incident) => incident.kind === 'benign' && incident.ok).length,
      total: benign.length,
    },
    false_findings: falseFindings,
    false_per_host_day: falseFindings.length / hostDays,
    ranking: rankingQuality(open.map((finding) => ({ risk: finding.risk, relevant: isTrue(finding) }))),
    findings: result.findings.length,
  };
}

/** Sources in which macOS hides addresses and names unless told otherwise, and sources without destinations. */
const HIDES_DESTINATIONS: ReadonlySet<string> = new Set(['unified-log', 'eslogger']);

function difficultyIn(sources: readonly string[], incident: TruthIncident): Difficulty | null {
  const hidden = sources.every((source) => HIDES_DESTINATIONS.has(source));
  return incident.difficulty !== null && incident.needs_destination && hidden ? 'hard' : incident.difficulty;
}

/** How one incident fared among `findings`, with the class it has in these sources. */
export function scoreIncident(
  incident: TruthIncident,
  findings: readonly Finding[],
  sources: readonly string[],
): IncidentScore {
  const own = findings.filter((finding) => belongsTo(finding, incident));
  const open = own.filter((finding) => finding.state !== 'approved');
  const best = open.reduce((highest, finding) => Math.max(highest, SEVERITIES.indexOf(finding.severity)), -1);
  const reached: Reached = SEVERITIES[best] ?? (own.length > 0 ? 'approved' : 'nothing');
  return {
    id: incident.id,
    title: incident.title,
    kind: incident.kind,
    difficulty: difficultyIn(sources, incident),
    expected: incident.expected,
    host: incident.host.name,
    reached,
    risk: open.reduce((highest, finding) => Math.max(highest, finding.risk), 0),
    ok: isExpected(incident.expected, best),
    findings: own.map((finding) => finding.id).sort(),
  };
}

/** `severity` is an index into SEVERITIES, -1 for nothing open. */
function isExpected(expected: TruthIncident['expected'], severity: number): boolean {
  switch (expected) {
    case 'found':
      return severity >= SEVERITIES.indexOf('medium');
    case 'info':
      return severity <= SEVERITIES.indexOf('low');
    case 'none':
      return severity <= SEVERITIES.indexOf('informational');
  }
}

function recallOf(incidents: readonly IncidentScore[]): Score['recall'] {
  const of = (difficulty: Difficulty): { found: number; total: number } => {
    const all = incidents.filter((incident) => incident.difficulty === difficulty);
    return { found: all.filter((incident) => incident.ok).length, total: all.length };
  };
  const [must, should, hard, blind] = DIFFICULTIES;
  return { must: of(must), should: of(should), hard: of(hard), blind: of(blind) };
}

/** What is told about a finding that woke somebody for nothing. */
export function describeFalse(finding: Finding, benign: readonly TruthIncident[]): FalseFinding {
  return {
    id: finding.id,
    host: finding.host.name,
    process: finding.process.executable ?? finding.process.name,
    severity: finding.severity,
    risk: finding.risk,
    title: finding.title,
    benign_case: benign.find((incident) => belongsTo(finding, incident))?.id ?? null,
    indicators: finding.indicators.map((indicator) => indicator.id),
  };
}
