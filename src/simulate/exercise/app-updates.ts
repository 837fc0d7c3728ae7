import type { SimFlow, SimProcess } from '../event.js';
import type { FleetHost } from '../fleet/host.js';
import { buildHash } from '../fleet/programs.js';
import { stableNumber, stableUuid } from '../formats/stable-digest.js';
import { iso } from '../incident.js';
import { DAY, HOUR, type Program, type Window } from '../machine.js';
import type { Random } from '../random.js';
import type { AppUpdate } from './exercise-truth.js';
import { restartPrograms } from './restart-process.js';

/** Share of vendors that publish a version which changes something in these weeks. */
const UPDATING_SHARE = 0.35;

/** Browsers always do: their path holds the version. */
const ALWAYS_UPDATING: ReadonlySet<string> = new Set(['EQHXZ8M8AV', 'UBF8T346G9']);

/** A version reaches the fleet over some days, as people restart their apps. */
const STAGGER = 4 * DAY;

/** Updates of vendors' apps in the middle of the exercise, and the truth about them. */
export class AppUpdates {
  private readonly updates = new Map<
    string,
    { programs: Map<string, AppUpdate['programs'][number]>; hosts: { host: string; at: string }[] }
  >();

  constructor(
    private readonly random: Random,
    private readonly window: Window,
  ) {}

  /**
   * Restarts the apps of one host as their next version. Only vendors among `known` are asked: what an incident
   * brought along has no vendor who would publish anything.
   */
  apply(host: FleetHost, known: ReadonlySet<string>): ReadonlyMap<SimFlow, SimFlow> {
    const parts = new Map<SimFlow, SimFlow>();
    for (const team of [...known].sort()) {
      const at = this.momentOf(team, host);
      if (at === undefined) continue;
      const renew = (process: SimProcess): Program | undefined =>
        process.signing.teamId === team ? this.record(team, process) : undefined;
      const split = restartPrograms(host.machine, at, renew);
      for (const [first, second] of split) parts.set(first, second);
      const update = this.updates.get(team);
      if (update !== undefined) update.hosts.push({ host: host.host.name, at: iso(at) });
    }
    return parts;
  }

  truth(): readonly AppUpdate[] {
    return [...this.updates.entries()]
      .filter(([, { hosts }]) => hosts.length > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([team_id, { programs, hosts }]) => ({
        team_id,
        programs: [...programs.values()].sort((left, right) => (left.before < right.before ? -1 : 1)),
        hosts,
      }));
  }

  /** When this host takes the team's update: while it is awake; undefined without an update. */
  private momentOf(team: string, { calendar, host, window }: FleetHost): number | undefined {
    const own = this.random.child(team);
    if (!ALWAYS_UPDATING.has(team) && !own.chance(UPDATING_SHARE)) return undefined;
    const length = this.window.end - this.window.start;
    const published = this.window.start + length * own.between(0.4, 0.65);
    const wanted = published + Math.min(STAGGER, length * 0.2) * own.child(host.name).next();
    // A system installed after that has the new version from the start.
    if (wanted <= window.start) return window.start;
    const awake = calendar.awake.find((interval) => interval.end > wanted + HOUR);
    if (awake === undefined) return undefined;
    const at = Math.round(Math.max(wanted, awake.start + 10 * 60_000));
    return at < window.end - HOUR ? at : undefined;
  }

  private record(team: string, process: SimProcess): Program {
    const next = nextVersion(process);
    const update = this.updates.get(team) ?? { programs: new Map(), hosts: [] };
    this.updates.set(team, update);
    update.programs.set(`${process.executable} ${process.signing.signingId}`, {
      signing_id: process.signing.signingId,
      before: process.executable,
      after: next.executable,
    });
    return next;
  }
}

/** The next build of a program: other hash, other version folder, everything else the same. */
export function nextVersion({ executable, signing }: Program): Program {
  const path = executable
    .replace(/\/(\d+)(?:\.\d+){2,3}(?=\/)/, (_, major: string) => {
      const digits = stableNumber(`next ${executable}`);
      return `/${Number(major) + 1}.0.${4000 + (digits % 5000)}.${digits % 90}`;
    })
    .replace(/(?<=\/SystemExtensions\/)[0-9A-F-]{36}(?=\/)/, () => stableUuid(`next ${executable}`, 'upper'));
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    executable: path,
    signing: {
      ...signing,
      cdhash: buildHash(name, signing.signingId, signing.teamId, signing.cdhash, 'next'),
    },
  };
}
