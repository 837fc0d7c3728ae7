import type { Store } from '../store/store.js';
import type { Severity, Signer } from '../ground/vocabulary.js';
import type { ApprovalFacts } from '../approvals/facts.js';

/** One evaluation as the inventory looks at it: the week that ended on a day, judged as a finding. */
export interface WeekOfUse {
  readonly id: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly evaluatedOn: string;
  readonly risk: number;
  readonly severity: Severity;
  readonly facts: ApprovalFacts;
  readonly days: readonly { readonly day: string; readonly bytesOut: number }[];
  readonly process: {
    readonly name: string;
    readonly args: readonly string[];
    readonly signer: Signer;
  };
  /** Ids of its indicators. */
  readonly indicators: readonly string[];
  /** A connection was still open when the week ended. */
  readonly open: boolean;
}

interface Row {
  readonly finding_id: string;
  readonly risk: number;
  readonly severity: Severity;
  readonly facts: string;
  readonly day: readonly string[];
  readonly bytes_out: readonly string[];
  readonly name: string;
  readonly args: readonly string[];
  readonly signer: Signer;
  readonly indicators: readonly string[];
  readonly open: number;
}

const WEEKS = `
  SELECT finding_id, risk, severity, facts, days.day AS day, days.bytes_out AS bytes_out,
         JSONExtractString(body, 'process', 'name') AS name,
         JSONExtract(body, 'process', 'args', 'Array(String)') AS args,
         JSONExtractString(body, 'process', 'signing', 'signer') AS signer,
         arrayMap(one -> one.1, JSONExtract(body, 'indicators', 'Array(Tuple(id String))')) AS indicators,
         toUInt8(JSONExtractBool(body, 'open')) AS open
  FROM evaluations
  WHERE evaluated_on = {day:Date} AND ({all:Bool} OR finding_id = {id:String})
  ORDER BY finding_id`;

/** Days that were judged, ascending. */
async function evaluatedDays(store: Store): Promise<readonly string[]> {
  const rows = await store.rows<{ day: string }>(
    'SELECT DISTINCT toString(evaluated_on) AS day FROM evaluations ORDER BY day',
  );
  return rows.map(({ day }) => day);
}

/** The evaluations of all findings, or of the one with `id`, a day at a time, by day and finding. */
export async function* loadWeeks(store: Store, id?: string): AsyncGenerator<WeekOfUse> {
  for (const day of await evaluatedDays(store)) {
    const rows = await store.rows<Row>(WEEKS, { day, all: id === undefined, id: id ?? '' });
    for (const row of rows) yield weekOf(day, row);
  }
}

function weekOf(evaluatedOn: string, row: Row): WeekOfUse {
  return {
    id: row.finding_id,
    evaluatedOn,
    risk: row.risk,
    severity: row.severity,
    facts: JSON.parse(row.facts) as ApprovalFacts,
    days: row.day.map((day, at) => ({ day, bytesOut: Number(row.bytes_out[at]) })),
    process: { name: row.name, args: row.args, signer: row.signer },
    indicators: row.indicators,
    open: row.open === 1,
  };
}
