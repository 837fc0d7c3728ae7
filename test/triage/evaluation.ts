import type { Store } from '../../src/store/store.js';
import type { ApprovalFacts } from '../../src/approvals/facts.js';
import type { Finding } from '../../src/ground/finding.js';
import type { Severity } from '../../src/ground/vocabulary.js';
import { finding, indicator } from '../report/fixture.js';

const SEVERITY_OF = (risk: number): Severity =>
  risk >= 85
    ? 'critical'
    : risk >= 65
      ? 'high'
      : risk >= 45
        ? 'medium'
        : risk >= 25
          ? 'low'
          : 'informational';

export interface EvaluationPart {
  readonly on: string;
  readonly id?: string;
  readonly host?: string;
  readonly risk?: number;
  /** ISO 8601. */
  readonly first?: string;
  readonly last?: string;
  /** Bytes out of each day; a tenth of it in, one connection. */
  readonly days?: Readonly<Record<string, number>>;
  readonly places?: readonly string[];
  readonly behaviours?: readonly string[];
  readonly body?: Partial<Finding>;
}

/** A row of `evaluations`, as judging writes it: ID on HOST by the uploader of the fixture. */
export function evaluationRow(part: EvaluationPart): Record<string, unknown> {
  const { on, id = 'f0000000000000aa', host = 'MBP-01', risk = 50 } = part;
  const { places = ['drop.example.net'], behaviours = ['volume'] } = part;
  const first = part.first ?? `${on}T08:00:00.000Z`;
  const last = part.last ?? `${on}T20:00:00.000Z`;
  const days = Object.entries(part.days ?? { [on]: 1_000_000 }).map(([day, bytes_out]) => ({
    day,
    bytes_out,
    bytes_in: bytes_out / 10,
    connections: 1,
  }));
  const sum = days.reduce((all, day) => all + day.bytes_out, 0);
  const body = finding({
    id,
    risk,
    severity: SEVERITY_OF(risk),
    title: `Uploader on ${host}, judged on ${on}`,
    summary: `As judged on ${on}.`,
    host: { id: host.toLowerCase(), name: host },
    first_seen: first,
    last_seen: last,
    bytes_out: sum,
    indicators: [
      ...behaviours.map((one) => indicator({ id: one, group: 'behaviour', points: 0 })),
      indicator({ points: risk }),
    ],
    days: days.map(({ day, bytes_out, bytes_in }) => ({ day, bytes_out, bytes_in })),
    ...part.body,
  });
  const facts: ApprovalFacts = {
    hostId: host.toLowerCase(),
    hostName: host,
    actor: body.process.actor,
    executable: body.process.executable ?? '',
    signingId: body.process.signing.signing_id ?? '',
    teamId: body.process.signing.team_id ?? '',
    cdhash: body.process.signing.cdhash ?? '',
    maxDayOut: Math.max(0, ...days.map((day) => day.bytes_out)),
    maxDuration: 3600,
    lastMs: Date.parse(last),
    execOnly: false,
    places: places.map((key) => ({
      key,
      name: key,
      ips: [],
      hidden: false,
      maxDayOut: sum,
      maxDuration: 3600,
    })),
  };
  const time = (iso: string): string => iso.replace('T', ' ').replace('Z', '');
  return {
    evaluated_on: on,
    finding_id: id,
    host_id: host.toLowerCase(),
    actor: body.process.actor,
    risk,
    severity: SEVERITY_OF(risk),
    first_seen: time(first),
    last_seen: time(last),
    days,
    facts: JSON.stringify(facts),
    body: JSON.stringify(body),
  };
}

export async function writeEvaluations(store: Store, parts: readonly EvaluationPart[]): Promise<void> {
  await store.insert('evaluations', parts.map(evaluationRow));
}
