import { stringify } from 'yaml';
import { DAY } from './machine.js';
import type { Truth } from './truth.js';

type Section = Readonly<Record<string, unknown>>;

/**
 * The configuration a deployer of the simulated company would have: its own domains, and an approval for each benign
 * case that is handled by one. `base` is laid underneath (a parsed configuration file).
 */
export function inventoryOf(truth: Truth, base: Section = {}): Section {
  const organisation = section(base['organisation']);
  return {
    ...base,
    organisation: {
      ...organisation,
      domains: [...list(organisation['domains']), ...truth.organisation.domains],
    },
    approvals: [...list(base['approvals']), ...approvalsOf(truth)],
  };
}

export function inventoryYaml(truth: Truth, base?: Section): string {
  return `# Own domains and approved uploads of the simulated company (docs/simulate.md).\n${stringify(inventoryOf(truth, base))}`;
}

function approvalsOf(truth: Truth): Section[] {
  // Expiry is compared with the time of the activity, so it follows the simulated window.
  const expires = new Date(Date.parse(truth.window.end) + 365 * DAY).toISOString().slice(0, 10);
  return truth.approvals.map((approval) => ({
    name: `${approval.scenario} on ${approval.host}`,
    executable: approval.executable,
    ...(approval.signing_id === '' ? {} : { signing_id: approval.signing_id }),
    ...(approval.team_id === '' ? {} : { team_id: approval.team_id }),
    hosts: [approval.host],
    // A domain covers what is below it; without destinations, all are covered.
    ...(approval.destination === '*'
      ? {}
      : { destinations: [approval.destination.replace(/^\*\./, ''), ...(approval.addresses ?? [])] }),
    max_bytes_out_per_day: approval.max_bytes_out_per_day,
    owner: 'simulation',
    reason: truth.incidents.find((incident) => incident.id === approval.scenario)?.title ?? approval.scenario,
    expires: approval.expires ?? expires,
  }));
}

function section(value: unknown): Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Section) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
