import { z } from 'zod';
import { DISPOSITIONS, SEVERITIES, SIGNERS } from '../ground/vocabulary.js';

/**
 * What decisions on findings keep in their `detail`. `seen` is what stood there when somebody decided, so that the
 * history can be read without the findings; `closed` is what a later finding is compared with.
 */

const day = z.iso.date();

const seen = z.object({
  /** Absent in decisions of before there were several. */
  analytic: z.string().optional(),
  title: z.string(),
  risk: z.number(),
  severity: z.enum(SEVERITIES),
  host: z.object({ id: z.string(), name: z.string() }),
  process: z.object({
    executable: z.string().nullable(),
    name: z.string(),
    actor: z.string(),
    signer: z.enum(SIGNERS),
  }),
  first_seen: z.string(),
  last_seen: z.string(),
  first_judged: day,
  last_judged: day,
  worst_judged: day,
  raised_on: day.nullable(),
});

/** A finding in short, as somebody saw it. */
export type SeenFinding = z.infer<typeof seen>;

const closed = z.object({
  /** Last day that had been judged. */
  evaluated_on: day,
  last_seen: z.string(),
  risk: z.number(),
  severity: z.enum(SEVERITIES),
  /** Most bytes out on one UTC day. */
  max_day_bytes: z.number(),
  /** Keys of the destinations it was judged at, sorted. */
  places: z.array(z.string()),
  /** Ids of its behaviour indicators, sorted. */
  behaviours: z.array(z.string()),
});

/** Everything a finding had shown when it was closed, over all its evaluations. */
export type ClosedFinding = z.infer<typeof closed>;

/** Lenient: what an earlier or later version wrote otherwise counts as not said. */
const detail = z.object({
  /** Why: of all actions but notes. */
  reason: z.string().catch(''),
  /** Of notes. */
  note: z.string().catch(''),
  /** Of assignments; null for nobody. */
  to: z.string().nullable().catch(null),
  /** Of closings. */
  disposition: z.enum(DISPOSITIONS).nullable().catch(null),
  seen: seen.nullable().catch(null),
  closed: closed.nullable().catch(null),
});

export type FindingDetail = z.infer<typeof detail>;

export function findingDetail(value: unknown): FindingDetail {
  return detail.parse(typeof value === 'object' && value !== null ? value : {});
}
