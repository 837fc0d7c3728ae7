import type { SimProcess } from '../event.js';
import type { Random } from '../random.js';
import { AGENT_APPS } from './apps-agents.js';
import { APPLE_APPS } from './apps-apple.js';
import { BACKGROUND_APPS } from './apps-background.js';
import { DESK_APPS } from './apps-desk.js';
import { DEVELOPER_APPS } from './apps-developer.js';
import { WORK_APPS } from './apps-work.js';
import { runApp } from './behave.js';
import { browse, makeSites } from './browsing.js';
import { useCommandLine } from './command-line.js';
import type { FleetHost } from './host.js';
import { makeTeamApps, runLongTail, runOneOffs, type TeamApp } from './long-tail.js';

const APPS = [
  ...APPLE_APPS,
  ...AGENT_APPS,
  ...BACKGROUND_APPS,
  ...WORK_APPS,
  ...DESK_APPS,
  ...DEVELOPER_APPS,
];

/** What the hosts of a fleet share beyond the company's choices. */
export interface Surroundings {
  readonly sites: readonly string[];
  readonly teamApps: readonly TeamApp[];
}

export function makeSurroundings(random: Random, hosts: number): Surroundings {
  return {
    sites: makeSites(random.child('sites')),
    teamApps: makeTeamApps(random.child('team apps'), hosts),
  };
}

/** Everything innocent that happens on one Mac. Returns the running processes by app, for scenarios to act through. */
export function populate(
  host: FleetHost,
  index: number,
  around: Surroundings,
): Map<string, readonly SimProcess[]> {
  const running = new Map<string, readonly SimProcess[]>();
  for (const app of APPS) {
    // A child comes with its parent; everything else is drawn.
    const wanted =
      app.parent === undefined
        ? host.random.child(`has ${app.id}`).chance(app.on(host))
        : running.has(app.parent);
    if (wanted) runApp(host, app, running);
  }
  browse(host, around.sites, running);
  useCommandLine(host);
  runLongTail(host, index, around.teamApps, running);
  runOneOffs(host);
  return running;
}
