import { z } from 'zod';
import { SIGNERS } from '../ground/vocabulary.js';
import { foldBucketHost } from '../knowledge/bucket-host.js';

const bytes = z.number().int().positive();
const points = z.number().min(0).max(40);
const retained = z.number().int().min(1).max(36_500);
const risk = z.number().min(1).max(100);

const rises = (steps: readonly number[]): boolean =>
  steps.every((step, index) => step > (steps[index - 1] ?? 0));

/** A domain in lower case, as destinations are keyed; a leading `*.` means what a bare domain means anyway. */
const domain = z
  .string()
  .min(1)
  .transform((text) => foldBucketHost(text.toLowerCase().replace(/^\*\./, '')));

/** Hexadecimal, as code signing tools print it. */
const cdhash = z
  .string()
  .regex(/^[0-9a-f]{40,64}$/i, { message: 'a cdhash is 40 to 64 hexadecimal digits' })
  .transform((text) => text.toLowerCase());

/** An approval as people write it, in the configuration or in a file of its own (docs/configuration.md#approvals). */
export const approvalSchema = z
  .strictObject({
    name: z.string().min(1),
    analytic: z
      .string()
      .regex(/^AN\d{4}$/, { message: 'an ATT&CK analytic, such as AN0082' })
      .optional(),
    executable: z.string().min(1).optional(),
    signing_id: z.string().min(1).optional(),
    team_id: z.string().min(1).optional(),
    cdhash: cdhash.optional(),
    parent: z.string().min(1).optional(),
    actor: z.string().min(1).optional(),
    hosts: z.array(z.string().min(1)).optional(),
    groups: z.array(z.string().min(1)).optional(),
    destinations: z.array(domain).optional(),
    max_bytes_out_per_day: bytes.optional(),
    max_duration_seconds: z.number().int().positive().optional(),
    owner: z.string().min(1),
    reason: z.string().min(1),
    ticket: z.string().min(1).optional(),
    created: z.iso.date().optional(),
    expires: z.iso.date(),
    revoked: z.iso.date().optional(),
  })
  .refine((entry) => entry.executable ?? entry.signing_id ?? entry.team_id ?? entry.cdhash, {
    message: 'an approval names its program: executable, signing_id, team_id or cdhash',
  });

/** One approved upload. */
export type Approval = z.infer<typeof approvalSchema>;

/** What other rooms hand in: the schema knows none of their names itself. */
export interface Known {
  /** Ids of all indicators. */
  readonly indicators: readonly string[];
  /** What analytics have to configure of their own, by their ids; each fills in its defaults. */
  readonly analytics: Readonly<Record<string, z.ZodType>>;
}

/** Multipliers of indicators' points, by id; in the order of the ids, so that equal ones are equal text. */
const indicatorWeights = ({ indicators }: Known) =>
  z
    .record(z.string(), z.number().min(0).max(3))
    .superRefine((weights, context) => {
      for (const id of Object.keys(weights)) {
        if (indicators.includes(id)) continue;
        context.addIssue({
          code: 'custom',
          path: [id],
          message: `there is no such indicator; there are ${indicators.join(', ')}`,
        });
      }
    })
    .transform((weights) => Object.fromEntries(Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1))));

export const configSchema = (known: Known) =>
  z.strictObject({
    detection: z.strictObject({
      data_rate_threshold: bytes,
      volume_day_bytes: bytes,
      tool_volume_day_bytes: bytes,
      volume_over_others: z.number().min(1),
      upload_ratio: z.number().min(1),
      long_lived_hours: z
        .tuple([z.number().positive(), z.number(), z.number(), z.number()])
        .refine(rises, { message: 'the four steps must rise' }),
      chunked_connections: z.number().int().min(2),
      slow_drip_hours: z.number().int().min(1).max(24),
      relay_day_bytes: bytes,
      relay_peers: z.number().int().min(2),
      relay_ratio: z
        .tuple([z.number().positive(), z.number()])
        .refine(rises, { message: 'least before most' }),
    }),
    process_signed_status: z.strictObject(
      Object.fromEntries(SIGNERS.map((signer) => [signer, points])) as Record<
        (typeof SIGNERS)[number],
        typeof points
      >,
    ),
    indicators: z.strictObject({ weights: indicatorWeights(known) }),
    analytics: z.strictObject(known.analytics).prefault({}),
    fleet: z.strictObject({ min_hosts: z.number().int().min(2), rare_share: z.number().positive().max(0.5) }),
    baseline: z.strictObject({
      learn_days: z.number().int().min(7).max(90),
      min_days: z.number().int().min(1).max(90),
      shrink_days: z.number().int().min(0).max(90),
    }),
    peers: z.strictObject({
      labels: z.string().min(1).nullable(),
      groups: z.array(z.strictObject({ name: z.string().min(1), hosts: z.array(z.string().min(1)) })),
      discover: z.boolean(),
    }),
    organisation: z.strictObject({ domains: z.array(domain) }),
    retention: z.strictObject({
      raw_days: retained,
      observation_days: retained,
      rollup_days: retained,
      finding_days: retained,
    }),
    severity: z
      .strictObject({ critical: risk, high: risk, medium: risk, low: risk })
      .refine((s) => s.critical > s.high && s.high > s.medium && s.medium > s.low, {
        message: 'severity thresholds must fall from critical to low',
      }),
    report: z.strictObject({ min_risk: z.number().min(0).max(100) }),
    approvals: z.array(approvalSchema),
  });

export type Config = z.infer<ReturnType<typeof configSchema>>;
