import type { Signer } from '../model/finding.js';
import { formatBytes, formatCount, formatDuration, formatPlural } from '../report/units.js';
import type { DetectContext } from './indicator.js';
import type { Judgement } from './judge.js';
import { isHidden } from './normal.js';
import type { Destination, Subject } from './subject.js';

const SIGNER_WORDS: Readonly<Record<Signer, string>> = {
  apple_platform: 'Apple',
  apple: 'Apple',
  app_store: 'App Store',
  developer_id: 'Developer ID',
  development: 'development certificate',
  ad_hoc: 'ad hoc',
  unsigned: 'unsigned',
  invalid: 'broken signature',
  unknown: 'signer unknown',
};

/** What it is called in a sentence. */
export function nameOf(subject: Subject): string {
  if (subject.process === undefined) return 'An unknown process';
  const base = subject.process.executable.split('/').at(-1) ?? '';
  return base !== '' ? base : subject.process.name;
}

export function describeDestination(destination: Destination): string {
  if (isHidden(destination)) return `an address the telemetry hides, port ${destination.port}`;
  const name = destination.remoteName !== '' && destination.named ? destination.remoteName : '';
  if (name !== '') return name;
  return destination.ips.length === 1 ? destination.ips[0]! : destination.key;
}

/** One line for a list: who, signed by whom, did what, to where. */
export function titleOf({ subject, destination, execOnly, indicators }: Judgement): string {
  const who = `${nameOf(subject)}${subject.process === undefined ? '' : ` (${SIGNER_WORDS[subject.signer]})`}`;
  if (execOnly || destination === undefined) return `${who} was started; it has sent nothing yet`;
  if (indicators.some(({ id }) => id === 'relay_symmetry')) {
    return `${who} passed on ${formatBytes(subject.bytesOut)} for ${formatCount(subject.peersDay)} addresses a day`;
  }
  const others = subject.destinationCount > 1 && destination.bytesOut < subject.bytesOut * 0.5;
  if (!subject.outKnown) {
    return `${who} held a connection to ${describeDestination(destination)} for ${formatDuration(destination.maxDuration)}; bytes unknown`;
  }
  return others
    ? `${who} sent ${formatBytes(subject.bytesOut)} to ${formatPlural(subject.destinationCount, 'destination')}, ${describeDestination(destination)} among them`
    : `${who} sent ${formatBytes(destination.bytesOut)} to ${describeDestination(destination)}`;
}

/** The facts in order of what an analyst asks: who started it, where to, how much, how long, what is normal, why not. */
export function summaryOf(judgement: Judgement, context: DetectContext): string {
  const { subject, destination } = judgement;
  const sentences = [whoSentence(subject, context)];
  if (destination !== undefined)
    sentences.push(whatSentence(subject, destination), normalSentence(subject, context));
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
  return `On ${host}, ${process.executable || process.name}${times}${by}, signer ${SIGNER_WORDS[subject.signer]}${
    process.teamId === '' ? '' : ` (team ${process.teamId})`
  }.`;
}

function whatSentence(subject: Subject, destination: Destination): string {
  const out = subject.outKnown
    ? `${formatBytes(destination.bytesOut)} out and ${destination.inKnown ? formatBytes(destination.bytesIn) : 'an unknown amount'} in`
    : 'An unknown amount';
  const open = destination.open ? ', still open' : '';
  return `${out}, ${describeDestination(destination)}, over ${formatPlural(destination.connections, 'connection')} (longest ${formatDuration(
    destination.maxDuration,
  )}${open}) on ${formatPlural(destination.days, 'day')}.`;
}

function normalSentence(subject: Subject, context: DetectContext): string {
  if (subject.process === undefined) return '';
  const others = subject.actorHosts - 1;
  if (context.fleetHosts < context.config.fleet.min_hosts) {
    return `With ${formatPlural(context.fleetHosts, 'host')}, what is normal here cannot be said.`;
  }
  if (others === 0) return `Normal here: no other of ${formatCount(context.fleetHosts)} hosts runs it.`;
  const maxima = subject.otherDayMaxima;
  const typical = maxima[Math.floor(maxima.length / 2)];
  return typical === undefined
    ? `Normal here: ${formatPlural(others, 'other host')} with it, none of which sends anything.`
    : `Normal here: on ${formatPlural(others, 'other host')}, half of them never exceed ${formatBytes(typical)} a day.`;
}
