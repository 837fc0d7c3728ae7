import type { SimFlow } from './event.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Stage } from './scenarios/stage.js';
import type { TruthIncident } from './truth.js';

/** Parents that say nothing about an incident, because everything has them. */
export const COMMON_PARENTS: ReadonlySet<string> = new Set([
  '/bin/zsh',
  '/bin/sh',
  '/bin/bash',
  '/usr/bin/login',
  '/usr/bin/ditto',
  '/usr/bin/zip',
  '/usr/bin/split',
  '/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal',
  '/System/Library/CoreServices/Installer.app/Contents/MacOS/Installer',
]);

const LISTED_DESTINATIONS = 20;

/** The truth about what a scenario did on a stage; undefined when nothing of it fell into the window. */
export function describeIncident(
  scenario: Scenario,
  stage: Stage,
  withSigners = false,
): TruthIncident | undefined {
  const { flows } = stage;
  if (flows.length === 0) return undefined;
  const senders = unique(flows.map((flow) => flow.process.executable));
  const made = stage.processes
    .map((process) => process.executable)
    .filter((executable) => !COMMON_PARENTS.has(executable));
  const last = flows.reduce((latest, flow) => Math.max(latest, flow.end ?? stage.end), 0);
  const { host } = stage.fleetHost;
  const destinations = groupDestinations(flows);
  return {
    id: scenario.id,
    title: scenario.title,
    kind: scenario.kind,
    expected: scenario.kind === 'attack' ? 'found' : scenario.expected,
    difficulty: scenario.kind === 'attack' ? scenario.difficulty : null,
    needs_destination: scenario.needsDestination === true,
    host: { id: host.id, name: host.name },
    senders,
    processes: unique([...senders, ...made]),
    destinations: destinations.slice(0, LISTED_DESTINATIONS),
    destination_count: destinations.length,
    start: iso(flows.reduce((first, flow) => Math.min(first, flow.start), Infinity)),
    end: iso(last),
    bytes_out: flows.reduce((sum, flow) => sum + flow.bytesOut, 0),
    bytes_in: flows.reduce((sum, flow) => sum + flow.bytesIn, 0),
    connections: flows.length,
    techniques: scenario.techniques,
    ...(withSigners ? { signers: signersOf(flows) } : {}),
  };
}

/** Who signed the senders, ordered; code without a signature is not listed. */
function signersOf(flows: readonly SimFlow[]): NonNullable<TruthIncident['signers']> {
  const signers = new Map<string, NonNullable<TruthIncident['signers']>[number]>();
  for (const { process } of flows) {
    const { signer, signingId, teamId } = process.signing;
    if (signingId !== '')
      signers.set(`${teamId} ${signingId} ${signer}`, { signer, signing_id: signingId, team_id: teamId });
  }
  return [...signers.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, signer]) => signer);
}

function groupDestinations(flows: readonly SimFlow[]): TruthIncident['destinations'] {
  const groups = new Map<
    string,
    { name: string; ip: Set<string>; port: number; bytes_out: number; connections: number }
  >();
  for (const flow of flows) {
    const key = `${flow.remoteName === '' ? flow.remoteIp : flow.remoteName}:${flow.remotePort}`;
    const group = groups.get(key) ?? {
      name: flow.remoteName,
      ip: new Set(),
      port: flow.remotePort,
      bytes_out: 0,
      connections: 0,
    };
    group.ip.add(flow.remoteIp);
    group.bytes_out += flow.bytesOut;
    group.connections++;
    groups.set(key, group);
  }
  return [...groups.entries()]
    .sort(
      ([leftKey, left], [rightKey, right]) =>
        right.bytes_out - left.bytes_out || (leftKey < rightKey ? -1 : 1),
    )
    .map(([, group]) => ({ ...group, ip: [...group.ip].sort() }));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

/** `YYYY-MM-DD` of epoch milliseconds. */
export function utcDay(time: number): string {
  return iso(time).slice(0, 10);
}
