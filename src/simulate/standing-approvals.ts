import type { SimHost } from './event.js';
import type { SimApproval } from './scenarios/stage.js';

/** Approvals a host has whatever happens on it. */
export function standingApprovals({
  host,
  role,
}: {
  readonly host: SimHost;
  readonly role: string;
}): SimApproval[] {
  return role === 'ci' ? [runnerApproval(host)] : [];
}

/** Whoever runs build machines has their runner in the inventory, incident or not. */
function runnerApproval(host: SimHost): SimApproval {
  return {
    scenario: 'build runner',
    host: host.name,
    executable: '/Users/build/actions-runner/bin/Runner.Listener',
    signing_id: '',
    team_id: '',
    destination: '*',
    max_bytes_out_per_day: 60e9,
  };
}
