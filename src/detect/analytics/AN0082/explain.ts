import { interpreterScript } from '../../../knowledge/interpreter-script.js';
import { SIGNER_AFTER_PATH, SIGNER_IN_BRACKETS } from '../../../ground/signer-words.js';
import { formatBytes, formatCount, formatDuration, formatPlural } from '../../../ground/units.js';
import type { DetectContext } from '../../indicator.js';
import type { Judgement } from '../../analytic.js';
import { isHidden } from '../../normal.js';
import type { Destination, Subject } from '../../subject.js';

/** What it is called in a sentence: for an interpreter with its script, because "python3" alone is nobody. */
export function nameOf(subject: Subject): string {
  const { process } = subject;
  if (process === undefined) return 'An unknown process';
  const name = lastPart(process.executable) || process.name;
  const script = lastPart(scriptOf(subject));
  return script === '' ? name : `${name} running ${script}`;
}

export function describeDestination(destination: Destination): string {
  if (isHidden(destination)) {
    return `an address the telemetry hides${destination.port === 0 ? '' : ` (port ${destination.port})`}`;
  }
  const name = destination.remoteName !== '' && destination.named ? destination.remoteName : '';
  if (name !== '') return name;
  return destination.ips.length === 1 && !destination.named ? destination.ips[0]! : destination.key;
}

/** One line for a list: who, signed by whom, did what, to where. */
export function titleOf({ subject, destination, execOnly, indicators }: Judgement): string {
  const who = `${nameOf(subject)}${subject.process === undefined ? '' : ` (${SIGNER_IN_BRACKETS[subject.signer]})`}`;
  if (execOnly || destination === undefined) return `${who} was started; ${sentSoFar(subject)}`;
  if (indicators.some(({ id }) => id === 'relay_symmetry')) {
    return `${who} passed on ${formatBytes(subject.bytesOut)}, to and from up to ${formatCount(subject.peersDay)} addresses a day`;
  }
  if (!destination.outKnown) {
    const held = destination.maxDuration > 0 ? ` for ${formatDuration(destination.maxDuration)}` : '';
    return `${who} was connected to ${describeDestination(destination)}${held}; bytes unknown`;
  }
  const others = subject.destinationCount > 1 && destination.bytesOut < subject.bytesOut * 0.5;
  return others
    ? `${who} sent ${formatBytes(subject.bytesOut)} to ${formatPlural(subject.destinationCount, 'destination')}, among them ${describeDestination(destination)}`
    : `${who} sent ${formatBytes(destination.bytesOut)} to ${describeDestination(destination)}`;
}

/** The facts in order of what an analyst asks: who started it, where to, how much, how long, what is normal, why not. */
export function summaryOf(judgement: Judgement, context: DetectContext): string {
  const { subject, destination } = judgement;
  const sentences = [whoSentence(subject, context)];
  if (destination === undefined) sentences.push(startSentence(subject));
  else sentences.push(whatSentence(subject, destination), normalSentence(subject, context));
  if (subject.uploader?.delegate === true || subject.uploader?.carrier === true) {
    sentences.push(
      `${subject.uploader.name} sends on behalf of other programs: look for who asked it to before judging it.`,
    );
  }
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function whoSentence(subject: Subject, context: DetectContext): string {
  const host = context.telemetry.hostName;
  const { process } = subject;
  if (process === undefined) {
    return `Seen on the network only: which process on ${host} sent this is unknown.`;
  }
  const parent = process.ancestors[0]?.executable ?? process.parentExecutable;
  const by = parent === '' ? '' : `, started by ${parent}`;
  const times =
    subject.processCount > 1 ? ` (${formatPlural(subject.processCount, 'process', 'processes')})` : '';
  const script = scriptOf(subject);
  const running = script === '' ? '' : ` running ${script}`;
  const team = process.teamId === '' ? '' : ` (team ${process.teamId})`;
  return `On ${host}: ${process.executable || process.name}${running}${times}, ${SIGNER_AFTER_PATH[subject.signer]}${team}${by}.`;
}

/** A program whose start alone is reported: why it is here at all. */
function startSentence(subject: Subject): string {
  const because =
    subject.tool === undefined ? '' : `, but ${subject.tool.family} is reported whenever it starts`;
  return `So far ${sentSoFar(subject)}${because}.`;
}

function sentSoFar(subject: Subject): string {
  if (subject.connections === 0) return 'it has sent nothing';
  if (!subject.outKnown) return 'its connections show nothing unusual';
  return `it sent ${formatBytes(subject.bytesOut)}, nothing unusual`;
}

function whatSentence(subject: Subject, destination: Destination): string {
  const place = describeDestination(destination);
  const received = destination.inKnown ? formatBytes(destination.bytesIn) : 'an unknown amount';
  const what = destination.outKnown
    ? `Sent ${formatBytes(destination.bytesOut)} to ${place} and received ${received}`
    : `Sent an unknown amount to ${place}`;
  const one = destination.connections === 1;
  const length =
    destination.maxDuration > 0
      ? `, ${one ? 'lasting' : 'the longest lasting'} ${formatDuration(destination.maxDuration)}`
      : '';
  const open = destination.open ? (one ? ', still open' : ', at least one still open') : '';
  const over = `over ${formatPlural(destination.connections, 'connection')} on ${formatPlural(destination.days, 'day')}`;
  const all =
    subject.destinationCount > 1 && subject.outKnown
      ? ` In all it sent ${formatBytes(subject.bytesOut)} to ${formatPlural(subject.destinationCount, 'destination')}.`
      : '';
  return `${what}, ${over}${length}${open}.${all}`;
}

function normalSentence(subject: Subject, context: DetectContext): string {
  if (subject.process === undefined) return '';
  const others = subject.actorHosts - 1;
  if (context.fleetHosts < context.config.fleet.min_hosts) {
    return `With ${formatPlural(context.fleetHosts, 'host')} to compare, what is normal here cannot be said.`;
  }
  const way = subject.role === undefined ? 'it' : 'it this way';
  if (others <= 0)
    return `Normal here: none of the other ${formatCount(context.fleetHosts - 1)} hosts runs ${way}.`;
  const run = `${formatPlural(others, 'other host')} ${others === 1 ? 'runs' : 'run'} ${way}`;
  const maxima = subject.otherDayMaxima;
  const typical = maxima[Math.floor(maxima.length / 2)];
  return typical === undefined
    ? `Normal here: ${run}${others === 1 ? ' and sends nothing with it' : '; none of them sends anything with it'}.`
    : `Normal here: ${run}; the largest day there is ${maxima.length === 1 ? '' : 'typically '}${formatBytes(typical)}.`;
}

/** What an interpreter runs; '' for other programs and for code given on the command line. */
function scriptOf({ process, role }: Subject): string {
  if (process === undefined || (role !== 'interpreter' && role !== 'shell')) return '';
  const script = process.script !== '' ? process.script : interpreterScript(process.args);
  return script === undefined || script === '-c' ? '' : script;
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? '';
}
