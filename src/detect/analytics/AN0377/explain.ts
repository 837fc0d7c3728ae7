import { formatBytes, formatDuration, formatPlural } from '../../../ground/units.js';
import { SIGNER_AFTER_PATH, SIGNER_IN_BRACKETS } from '../../../ground/signer-words.js';
import { baseName } from '../../../knowledge/program.js';
import type { Explanation, Judgement } from '../../analytic.js';
import type { DetectContext } from '../../indicator.js';
import { isHidden } from '../../normal.js';
import type { Destination, SubjectProcess } from '../../subject.js';
import { settingsOf } from './configuration.js';
import { isTunnelService } from './place.js';
import { isByHand, launchdSays, starterOf } from './starter.js';
import { asTunnel } from './who.js';

/** Who holds which tunnel for how long, who started it, and what to look at next. */
export function explain(judgement: Judgement, context: DetectContext): Explanation {
  const { subject, destination } = judgement;
  const process = asTunnel(subject, context)?.process ?? subject.process;
  const who = `${nameOf(process)} (${SIGNER_IN_BRACKETS[subject.signer]})`;
  const title =
    destination === undefined
      ? `${who} was told to open a tunnel; no connection seen yet`
      : `${who} held a tunnel to ${placeOf(destination)}${destination.maxDuration > 0 ? ` for ${formatDuration(destination.maxDuration)}` : ''}`;
  const sentences = [
    whoSentence(process, context),
    destination === undefined
      ? 'It was told to open a tunnel and has not connected to anything that may be one.'
      : sessionSentence(destination),
    startSentence(judgement, context),
    nextSentence(context),
  ];
  return { title, summary: sentences.filter((sentence) => sentence !== '').join(' ') };
}

function nameOf(process: SubjectProcess | undefined): string {
  return process === undefined ? 'An unknown process' : baseName(process.executable) || process.name;
}

function placeOf(destination: Destination): string {
  if (isHidden(destination)) return 'an address the telemetry hides';
  if (isTunnelService(destination)) return destination.service!.service;
  return destination.remoteName || destination.key;
}

function whoSentence(process: SubjectProcess | undefined, context: DetectContext): string {
  if (process === undefined) return '';
  const team = process.teamId === '' ? '' : ` (team ${process.teamId})`;
  const user = process.user === '' ? '' : `, run by ${process.user}`;
  return `On ${context.telemetry.hostName}: ${process.executable || process.name}, ${SIGNER_AFTER_PATH[process.signer]}${team}${user}.`;
}

function sessionSentence(destination: Destination): string {
  const name = destination.named ? destination.remoteName || destination.key : placeOf(destination);
  const lasting =
    destination.maxDuration > 0
      ? `, the longest for ${formatDuration(destination.maxDuration)}${destination.open ? ' and still open' : ''}`
      : '';
  const amount =
    destination.outKnown && destination.inKnown
      ? `; ${formatBytes(destination.bytesOut)} went out and ${formatBytes(destination.bytesIn)} came in`
      : '';
  return `It had ${formatPlural(destination.connections, 'connection')} to ${name} on ${formatPlural(destination.days, 'day')}${lasting}${amount}.`;
}

function startSentence({ subject }: Judgement, context: DetectContext): string {
  const tunnel = asTunnel(subject, context);
  if (tunnel === undefined) return 'It is no editor that is known to open tunnels.';
  const settings = settingsOf(context.config);
  const launchd = launchdSays(tunnel, settings);
  if (launchd !== undefined) return `It comes back by itself: ${launchd}.`;
  if (isByHand(tunnel.process, settings)) return 'Somebody at a screen started it.';
  const starter = starterOf(tunnel.process);
  return starter === '' ? 'Who started it is not known.' : `It was started by ${starter}.`;
}

/** The file that ATT&CK's second log source names is nowhere in this telemetry: people have to look. */
function nextSentence(context: DetectContext): string {
  const [job = ''] = settingsOf(context.config).launch_agent_paths;
  return `Ask its user whether they share this Mac; ~/.vscode-cli/code_tunnel.json${job === '' ? '' : ` and ${job}`} say under which name.`;
}
