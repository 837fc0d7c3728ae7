import { approvalSchema, type Approval } from '../config/schema.js';
import { failure } from '../ground/errors.js';
import type { ApprovalDraft } from './from-finding.js';

/** What somebody asked for on the command line. `*` as host or destination means any. */
export interface ApprovalOptions {
  readonly teamId?: string | undefined;
  readonly signingId?: string | undefined;
  readonly cdhash?: string | undefined;
  readonly executable?: string | undefined;
  readonly parent?: string | undefined;
  readonly actor?: string | undefined;
  readonly host?: readonly string[] | undefined;
  readonly group?: readonly string[] | undefined;
  readonly destination?: readonly string[] | undefined;
  readonly maxBytesPerDay?: number | undefined;
  readonly maxDuration?: number | undefined;
  readonly owner?: string | undefined;
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
  readonly expires?: string | undefined;
}

/** The option behind each key, for messages. */
const OPTIONS: Readonly<Record<string, string>> = {
  team_id: '--team-id',
  signing_id: '--signing-id',
  destinations: '--destination',
  hosts: '--host',
  groups: '--group',
  max_bytes_out_per_day: '--max-bytes-per-day',
  max_duration_seconds: '--max-duration',
};
const optionOf = (key: string): string => OPTIONS[key] ?? `--${key}`;

/**
 * An approval out of options, over what a finding showed where there is one. Options about the program take the place of
 * its binding as a whole, the others that of the single bound.
 *
 * @throws OutflowError OF_USAGE, one line naming what is missing or wrong
 */
export function buildApproval(
  name: string,
  options: ApprovalOptions,
  created: string,
  draft: ApprovalDraft = {},
): Approval {
  const missing = (['owner', 'reason', 'expires'] as const).filter((key) => (options[key] ?? '') === '');
  if (missing.length > 0) {
    throw failure('OF_USAGE.approvalLacks', {
      approval: name,
      options: missing.map(optionOf).join(', '),
    });
  }
  const { hosts, groups } = scopeOf(options, draft);
  const result = approvalSchema.safeParse(
    withoutUndefined({
      name,
      analytic: draft.analytic,
      ...programOf(options, draft),
      hosts,
      groups,
      destinations: anyOf(options.destination) ? undefined : (options.destination ?? draft.destinations),
      max_bytes_out_per_day: options.maxBytesPerDay ?? draft.max_bytes_out_per_day,
      max_duration_seconds: options.maxDuration ?? draft.max_duration_seconds,
      owner: options.owner,
      reason: options.reason,
      ticket: options.ticket,
      created,
      expires: options.expires,
    }),
  );
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue?.path[0];
  if (key === undefined) throw failure('OF_USAGE.approvalOfNothing', { approval: name });
  throw failure('OF_USAGE.approvalInvalid', {
    option: optionOf(String(key)),
    reason: issue?.message ?? 'invalid',
  });
}

function programOf(options: ApprovalOptions, draft: ApprovalDraft): Partial<Approval> {
  const { teamId, signingId, cdhash, executable, parent, actor } = options;
  const given = { team_id: teamId, signing_id: signingId, cdhash, executable, parent, actor };
  if (Object.values(given).some((value) => value !== undefined)) return given;
  return {
    team_id: draft.team_id,
    signing_id: draft.signing_id,
    cdhash: draft.cdhash,
    executable: draft.executable,
    parent: draft.parent,
    actor: draft.actor,
  };
}

function scopeOf({ host, group }: ApprovalOptions, draft: ApprovalDraft): Pick<Approval, 'hosts' | 'groups'> {
  if (anyOf(host)) return {};
  if (host === undefined && group === undefined) return { hosts: draft.hosts, groups: draft.groups };
  return { hosts: host && [...host], groups: group && [...group] };
}

const anyOf = (values: readonly string[] | undefined): boolean => values?.includes('*') === true;

function withoutUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
