import { z } from 'zod';
import { DISPOSITIONS, SEVERITIES, SIGNERS } from '../../src/ground/vocabulary.js';

/**
 * The result contract as other programs read it, written down a second time and strictly: what the product adds to it
 * has to be added here as well.
 */
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const whole = z.number().int().nonnegative();
const seconds = z.number().nonnegative();
const text = z.string().min(1);
const scalar = z.union([z.number(), z.string(), z.null()]);

const destination = z.strictObject({
  name: text.nullable(),
  ip: z.array(z.union([z.ipv4(), z.ipv6()])),
  port: whole.max(65_535),
  transport: z.enum(['tcp', 'udp', 'quic', '']),
  scope: z.enum(['external', 'private', 'link_local', 'loopback', 'multicast']),
  bytes_out: whole,
  bytes_in: whole,
  connections: whole.positive(),
  fleet_hosts: whole.positive(),
});

const indicator = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:_[a-z]+)*$/),
  group: z.enum(['behaviour', 'identity', 'destination']),
  points: whole,
  observed: scalar,
  expected: scalar,
  threshold: scalar,
  text: text.regex(/\.$/),
});

const flow = z.strictObject({
  start: time,
  end: time,
  open: z.boolean(),
  destination: text,
  port: whole.max(65_535),
  transport: z.string(),
  bytes_out: whole.nullable(),
  bytes_in: whole.nullable(),
});

export const findingContract = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  analytic: z.literal('AN0082'),
  risk: whole.max(100),
  confidence: z.number().min(0).max(1),
  severity: z.enum(SEVERITIES),
  state: z.enum(['open', 'approved']),
  title: text,
  summary: text,
  host: z.strictObject({ id: text, name: text }),
  user: text.nullable(),
  process: z.strictObject({
    executable: text.nullable(),
    name: text,
    args: z.array(z.string()),
    pid: z.array(whole.positive()),
    actor: text,
    signing: z.strictObject({
      signer: z.enum(SIGNERS),
      signing_id: text.nullable(),
      team_id: text.nullable(),
      cdhash: text.nullable(),
      platform_binary: z.boolean().nullable(),
    }),
    parent: z.strictObject({ executable: text.nullable() }),
    ancestry: z.array(text),
  }),
  first_seen: time,
  last_seen: time,
  open: z.boolean(),
  bytes_out: whole,
  bytes_in: whole,
  connections: whole,
  max_duration_s: seconds,
  peak_rate_bps: whole,
  sustained_rate_bps: whole,
  destinations: z.array(destination),
  indicators: z.array(indicator).min(1),
  tunables: z.strictObject({
    ProcessSignedStatus: z.number().nonnegative(),
    DataRateThreshold: whole.positive(),
  }),
  attack: z.strictObject({
    analytic: z.literal('AN0082'),
    strategy: z.literal('DET0028'),
    technique: z.literal('T1496.002'),
    related: z.array(z.string().regex(/^T\d{4}(?:\.\d{3})?$/)),
  }),
  evidence: z.strictObject({ flows: whole, sources: z.array(text), files: z.array(text) }),
  baseline: z.strictObject({
    other_hosts: whole,
    fleet_hosts: whole,
    expected_bytes_out_day: whole.nullable(),
    observed_bytes_out_day: whole,
    version: text.nullable().optional(),
  }),
  days: z.array(z.strictObject({ day: z.iso.date(), bytes_out: whole, bytes_in: whole })),
  flows: z.array(flow).max(200),
  also: z
    .array(z.looseObject({ analytic: text, id: text }))
    .min(1)
    .optional(),
  history: z
    .strictObject({
      first_judged: z.iso.date(),
      last_judged: z.iso.date(),
      worst_judged: z.iso.date(),
      raised_on: z.iso.date().nullable(),
      disposition: z.enum(DISPOSITIONS).nullable(),
      assignee: text.nullable(),
      notes: whole,
      reopened: text.nullable(),
      approval: text.nullable(),
    })
    .optional(),
});

const sourceCount = z.strictObject({
  files: whole,
  lines: whole,
  accepted: whole,
  rejected: whole,
  processes: whole,
  flows: whole,
});

export const resultContract = z.strictObject({
  schema: z.literal('outflow.findings/1'),
  run: z.strictObject({
    started: time,
    window: z.strictObject({ start: time.nullable(), end: time.nullable() }),
    baseline: text,
    config: z.string().regex(/^[0-9a-f]{64}$/),
    version: z.string().regex(/^\d+\.\d+\.\d+/),
    cut: z.strictObject({ since: time.nullable(), until: time.nullable() }).optional(),
  }),
  input: z.strictObject({
    files: whole,
    lines: whole,
    accepted: whole,
    rejected: whole,
    hosts: whole,
    processes: whole,
    flows: whole,
    by_source: z.record(z.string(), sourceCount),
    rejects: z.record(z.string(), whole),
    skipped_files: z.array(z.strictObject({ file: text, reason: text })),
  }),
  findings: z.array(findingContract),
  coverage: z.array(
    z.strictObject({
      host: text,
      process: z.boolean(),
      signing: z.boolean(),
      bytes: z.boolean(),
      duration: z.boolean(),
      open_connections: z.boolean(),
      notes: z.array(text),
    }),
  ),
});
