import type { Approval, Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { formatBytes, formatPlural } from '../ground/units.js';
import { findIds } from '../triage/find-ids.js';
import { buildApproval, type ApprovalOptions } from './build-approval.js';
import { boundsText, destinationsText, hostsText, programText } from '../approvals/describe.js';
import { draftFromFinding } from './from-finding.js';
import { loadWeeks, type WeekOfUse } from './load-weeks.js';
import { lastDay } from '../approvals/narrowness.js';
import { recordApprovals, recordRevocation, type Recorded } from './record.js';
import { resolveInventory } from '../approvals/resolve.js';
import { dayOf, reviewStore } from './review-store.js';
import type { Reviewed } from './review.js';

export interface Acting {
  readonly by: string;
  /** When it is decided, ISO 8601. */
  readonly at: string;
  /** Day from which use and expiry are counted, ISO 8601; without it the newest with records. */
  readonly asOf?: string | undefined;
}

/** What was done: in words, and for programs. */
export interface Done {
  readonly said: readonly string[];
  readonly warnings: readonly string[];
  readonly recorded: readonly Recorded[];
  /** What the approvals hide from now on, findings of before included. */
  readonly approvals: readonly Reviewed[];
}

/**
 * Approves by options, or what a finding showed.
 *
 * @throws OutflowError OF_USAGE for what is missing or wrong, OF_FINDING_UNKNOWN
 */
export async function approve(
  store: Store,
  config: Config,
  asked: { readonly name: string; readonly finding?: string | undefined; readonly options: ApprovalOptions },
  acting: Acting,
): Promise<Done> {
  const { name, finding, options } = asked;
  const created = acting.at.slice(0, 10);
  const [id] = finding === undefined ? [] : await findIds(store, [finding]);
  const draft = id === undefined ? {} : draftFromFinding(await weeksOf(store, id));
  const approval = buildApproval(name, options, created, draft);
  return record(store, config, [approval], acting, id === undefined ? 'options' : 'finding', id);
}

/** Puts approvals into the store and says what they hide now. */
export async function record(
  store: Store,
  config: Config,
  approvals: readonly Approval[],
  acting: Acting,
  source: string,
  finding?: string,
): Promise<Done> {
  const inventory = await resolveInventory(store, config);
  const { by, at } = acting;
  const recorded = await recordApprovals(store, approvals, inventory, { by, at, source, finding });
  const { reviewed } = await reviewStore(store, config, acting);
  const today = await dayOf(store, acting);
  const names = new Set(approvals.map(({ name }) => name));
  const hidden = reviewed.filter(({ name }) => names.has(name));
  return {
    said: hidden.flatMap((one) => [
      `${OUTCOMES[recorded.find(({ name }) => name === one.name)?.outcome ?? 'new']} "${one.name}": ${sentenceOf(one.approval)}`,
      effectOf(one),
    ]),
    warnings: approvals
      .filter((approval) => lastDay(approval) < today)
      .map(
        (approval) =>
          `warning: "${approval.name}" has ended on ${lastDay(approval)}: it approves nothing after that day.`,
      ),
    recorded,
    approvals: hidden,
  };
}

const OUTCOMES: Readonly<Record<Recorded['outcome'], string>> = {
  new: 'Approved',
  replaced: 'Approved, in place of the one of that name,',
  replaced_configured: 'Approved, in place of the one of that name in the configuration,',
  unchanged: 'Already approved',
};

function sentenceOf(approval: Approval): string {
  return `${programText(approval)}, on ${hostsText(approval)}, to ${destinationsText(approval)}, ${boundsText(approval)}, until ${lastDay(approval)}.`;
}

function effectOf({ hides, remarks }: Reviewed): string {
  const beyond = remarks.find(({ kind }) => kind === 'exceeded');
  const covered = `It approves ${formatPlural(hides.findings, 'finding')} with ${formatBytes(hides.bytes_out)} out so far.`;
  return beyond === undefined ? covered : `${covered} ${beyond.text}`;
}

/**
 * Takes an approval back.
 *
 * @throws OutflowError OF_USAGE where there is none of that name
 */
export async function revoke(
  store: Store,
  config: Config,
  asked: { readonly name: string; readonly on?: string | undefined; readonly reason: string },
  acting: Acting,
): Promise<Done> {
  const { name, reason } = asked;
  const own = (await resolveInventory(store, config)).filter(({ approval }) => approval.name === name);
  const [first] = own;
  if (first === undefined) {
    throw failure('OF_USAGE.approvalUnknown', { approval: name });
  }
  const on = asked.on ?? acting.at.slice(0, 10);
  await recordRevocation(store, name, on, reason, acting);
  const end = lastDay(first.approval);
  return {
    said: [
      `Revoked "${name}": its last day is ${on < end ? on : end}. What it approved until then stays approved.`,
    ],
    warnings:
      end < on ? [`warning: "${name}" had ended on ${end} already: revoking it changes nothing.`] : [],
    recorded: [],
    approvals: (await reviewStore(store, config, acting)).reviewed.filter((one) => one.name === name),
  };
}

async function weeksOf(store: Store, finding: string): Promise<readonly WeekOfUse[]> {
  const weeks: WeekOfUse[] = [];
  for await (const week of loadWeeks(store, finding)) weeks.push(week);
  // Also where only decisions are left of it.
  if (weeks.every(({ facts }) => facts.execOnly || facts.places.length === 0)) {
    throw failure('OF_USAGE.findingSentNothing', { finding });
  }
  return weeks;
}
