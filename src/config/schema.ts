import { z } from 'zod';
import { SIGNERS } from '../model/finding.js';

const bytes = z.number().int().positive();
const points = z.number().min(0).max(40);
const risk = z.number().min(1).max(100);

const rises = (steps: readonly number[]): boolean =>
  steps.every((step, index) => step > (steps[index - 1] ?? 0));

/** A domain in lower case; a leading `*.` means what a bare domain means anyway: it and everything below. */
const domain = z
  .string()
  .min(1)
  .transform((text) =>
    text
      .toLowerCase()
      .replace(/^\*\./, '')
      // A bucket counts under one name, whatever region's address it is reached by (model/sql/43-connections.sql).
      .replace(/\.s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com$/, '.s3.amazonaws.com'),
  );

const approval = z
  .strictObject({
    name: z.string().min(1),
    executable: z.string().min(1).optional(),
    signing_id: z.string().min(1).optional(),
    team_id: z.string().min(1).optional(),
    hosts: z.array(z.string().min(1)).optional(),
    destinations: z.array(domain).optional(),
    max_bytes_out_per_day: bytes.optional(),
    owner: z.string().min(1),
    reason: z.string().min(1),
    expires: z.iso.date(),
  })
  .refine((entry) => entry.executable ?? entry.signing_id ?? entry.team_id, {
    message: 'an approval names its program: executable, signing_id or team_id',
  });

/** One approved upload of the configuration. */
export type Approval = z.infer<typeof approval>;

export const configSchema = z.strictObject({
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
    relay_ratio: z.tuple([z.number().positive(), z.number()]).refine(rises, { message: 'least before most' }),
  }),
  process_signed_status: z.strictObject(
    Object.fromEntries(SIGNERS.map((signer) => [signer, points])) as Record<
      (typeof SIGNERS)[number],
      typeof points
    >,
  ),
  fleet: z.strictObject({ min_hosts: z.number().int().min(2), rare_share: z.number().positive().max(0.5) }),
  organisation: z.strictObject({ domains: z.array(domain) }),
  severity: z
    .strictObject({ critical: risk, high: risk, medium: risk, low: risk })
    .refine((s) => s.critical > s.high && s.high > s.medium && s.medium > s.low, {
      message: 'severity thresholds must fall from critical to low',
    }),
  report: z.strictObject({ min_risk: z.number().min(0).max(100) }),
  approvals: z.array(approval),
});

export type Config = z.infer<typeof configSchema>;
