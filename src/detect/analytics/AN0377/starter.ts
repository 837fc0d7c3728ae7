import { baseName } from '../../../knowledge/program.js';
import type { SubjectProcess } from '../../subject.js';
import type { Settings } from './configuration.js';
import type { Tunnel } from './command.js';

/** Who started a process, shells and what only passes a session on looked through; '' when nobody says. */
export function starterOf({ ancestors, parentExecutable }: SubjectProcess): string {
  const nearest = ancestors.find(({ shell }) => !shell);
  if (nearest !== undefined) return nearest.executable;
  return ancestors.length > 0 ? '' : parentExecutable;
}

/** Somebody at a screen: a terminal is attached, or a program of `parents` started it. */
export function isByHand(process: SubjectProcess, { parents }: Settings): boolean {
  if (process.session === 'terminal') return true;
  const name = baseName(starterOf(process)).toLowerCase();
  return parents.some((parent) => parent.toLowerCase() === name);
}

/** What says that launchd brings the tunnel back; undefined when nothing does. */
export function launchdSays({ process, ide, command }: Tunnel, settings: Settings): string | undefined {
  if (command?.service === true) return `its command line makes it a service (${command.flag} service)`;
  const job = [process.executable, ...process.args].find((path) =>
    settings.launch_agent_paths.some((place) => liesUnder(path, place)),
  );
  if (job !== undefined) return `${job} is a job of launchd`;
  // launchd also starts applications that people open: an editor's own window is nobody's job.
  if (
    process.session === 'terminal' ||
    (!ide.dedicated && process.executable.includes('.app/Contents/MacOS/'))
  )
    return undefined;
  return starterOf(process) === '/sbin/launchd' ? 'launchd started it and nobody at a screen' : undefined;
}

/** `~` stands for anybody's home folder. Without case, as the default macOS file system compares. */
function liesUnder(path: string, place: string): boolean {
  const folded = path.toLowerCase();
  const wanted = place.toLowerCase();
  const below = (start: string): boolean => folded === start || folded.startsWith(`${start}/`);
  if (!wanted.startsWith('~/')) return below(wanted);
  const home = /^(?:\/users\/[^/]+|\/var\/root)/.exec(folded)?.[0];
  return home !== undefined && below(home + wanted.slice(1));
}
