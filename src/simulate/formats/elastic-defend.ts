/**
 * Elastic Defend on macOS: process documents (`fork`, `exec`, `end`) and network documents, one NDJSON file per host.
 * The installed agent version decides the shape, as in a fleet that is half way through an upgrade:
 * before 8.18 attempt and disconnect are separate documents with a full `host`; from 8.18 short connections are merged
 * into one document whose `event.action` and `event.type` hold both values, and `host` is cut down. Network
 * deduplication is switched off in this fleet's policy, as Outflow's set-up notes ask for.
 */
import type { FormatOptions, FormatWriter, SimFlow, SimHost, SimProcess, SimSigning } from '../event.js';
import { momentsOf } from './moment.js';
import { ancestorsOf, parentOf } from './process-lineage.js';
import { stableHex, stableNumber, stablePick, stableUuid } from './stable-digest.js';
import { isoTime, nanosecondsInMillisecond, type Phase } from './timestamp.js';

/**
 * Merging holds the attempt back until the disconnect, so only connections this short (ms) can be merged; longer ones
 * keep two documents. Elastic does not publish the window: inferred.
 */
export const MERGE_WINDOW = 30_000;

interface Agent {
  readonly id: string;
  readonly version: string;
  /** 8.18 and later: merged network documents, trimmed host. */
  readonly trimmed: boolean;
}

function agentOf(host: SimHost): Agent {
  const version = stablePick(`elastic ${host.name}`, ['8.15.5', '8.17.4', '8.19.2', '9.1.3']);
  return {
    id: stableUuid(`elastic agent ${host.id}`, 'lower'),
    version,
    trimmed: version === '8.19.2' || version === '9.1.3',
  };
}

function hostFields(host: SimHost, agent: Agent): object {
  const release = stablePick(`macos ${host.name}`, ['15.6.1', '26.0.1', '26.1']);
  if (agent.trimmed) {
    return {
      architecture: 'arm64',
      hostname: host.name,
      id: host.id,
      name: host.name,
      os: { type: 'macos' },
    };
  }
  return {
    architecture: 'arm64',
    hostname: host.name,
    id: host.id,
    ip: [host.ip, host.ip6, '127.0.0.1', '::1'],
    name: host.name,
    os: {
      Ext: { variant: 'macOS' },
      family: 'macos',
      full: `macOS ${release}`,
      name: 'macOS',
      platform: 'macos',
      type: 'macos',
      version: release,
    },
  };
}

/** The texts of the Security framework for each outcome of a signature check. */
function codeSignature(signing: SimSigning): object | undefined {
  switch (signing.signer) {
    case 'unknown':
      return undefined;
    case 'unsigned':
      return { exists: false };
    case 'ad_hoc':
      return {
        exists: true,
        signing_id: signing.signingId,
        status: 'code failed to satisfy specified code requirement(s)',
        trusted: false,
      };
    default: {
      const trusted = signing.signer !== 'invalid';
      return {
        exists: true,
        signing_id: signing.signingId === '' ? undefined : signing.signingId,
        status: trusted ? 'No error.' : 'invalid signature (code or signature have been modified)',
        subject_name: signing.subject === '' ? undefined : signing.subject,
        team_id: signing.teamId === '' ? undefined : signing.teamId,
        trusted,
      };
    }
  }
}

/** The identity of the image, not of the file's bytes: enough to be stable across hosts and to change with an update. */
function imageHash(process: SimProcess): object {
  const image = stableHex(`image ${process.executable} ${process.signing.cdhash}`);
  return { sha1: stableHex(`sha1 ${image}`).slice(0, 40), sha256: image };
}

function userFields(process: SimProcess): object {
  const group = process.uid === 0 ? { id: '0', name: 'wheel' } : { id: '20', name: 'staff' };
  const user = { id: String(process.uid), name: process.user };
  return { group, user: { Ext: { real: user }, ...user } };
}

class ElasticDefendWriter implements FormatWriter {
  readonly id = 'elastic-defend';
  readonly #agents = new Map<string, Agent>();
  readonly #hosts = new Map<string, object>();
  readonly #entities = new WeakMap<SimProcess, string>();
  readonly #sequence = new Map<string, number>();

  *write(
    slice: Parameters<FormatWriter['write']>[0],
    options: FormatOptions,
  ): Iterable<{ file: string; text: string }> {
    const { host } = slice;
    const agent = this.#agentOf(host);
    const lines: string[] = [];
    for (const moment of momentsOf(slice)) {
      const shown = slice.clock?.(moment.at) ?? moment.at;
      switch (moment.kind) {
        case 'start':
          lines.push(
            this.#processDocument(moment.process, 'fork', shown, options),
            this.#processDocument(moment.process, 'exec', shown, options),
          );
          break;
        case 'exit':
          lines.push(this.#processDocument(moment.process, 'end', shown, options));
          break;
        case 'open':
          if (!(agent.trimmed && isMergeable(moment.flow))) {
            lines.push(this.#networkDocument(moment.flow, 'attempt', shown, options));
          }
          break;
        case 'close': {
          const part = agent.trimmed && isMergeable(moment.flow) ? 'merged' : 'disconnect';
          lines.push(this.#networkDocument(moment.flow, part, shown, options));
        }
      }
    }
    if (lines.length > 0) yield { file: `${host.name}.elastic.ndjson`, text: `${lines.join('\n')}\n` };
  }

  #agentOf(host: SimHost): Agent {
    let agent = this.#agents.get(host.id);
    if (agent === undefined) {
      agent = agentOf(host);
      this.#agents.set(host.id, agent);
      this.#hosts.set(host.id, hostFields(host, agent));
    }
    return agent;
  }

  /** Opaque to readers: base64 over agent, pid and start. */
  #entityId(process: SimProcess): string {
    let entity = this.#entities.get(process);
    if (entity === undefined) {
      const { id } = this.#agentOf(process.host);
      entity = base64Digest(`${id}-${process.pid}-${process.start}.${process.pidversion}`, 16);
      this.#entities.set(process, entity);
    }
    return entity;
  }

  #ancestry(process: SimProcess): string[] {
    return ancestorsOf(process).map((ancestor) => this.#entityId(ancestor));
  }

  #document(
    process: SimProcess,
    dataset: 'process' | 'network',
    event: { readonly action: unknown; readonly type: readonly string[]; readonly outcome?: string },
    at: number,
    phase: Phase,
    body: Record<string, unknown>,
  ): string {
    const { host } = process;
    const agent = this.#agentOf(host);
    const sequence = (this.#sequence.get(host.id) ?? 0) + 1;
    this.#sequence.set(host.id, sequence);
    const id = base64Digest(`event ${host.id} ${sequence}`, 12);
    const time = isoTime(at, 7, nanosecondsInMillisecond(phase, stableNumber(id)));
    return JSON.stringify({
      '@timestamp': time,
      agent: { id: agent.id, type: 'endpoint', version: agent.version },
      data_stream: { dataset: `endpoint.events.${dataset}`, namespace: 'default', type: 'logs' },
      ecs: { version: '8.10.0' },
      elastic: { agent: { id: agent.id } },
      event: {
        action: event.action,
        category: [dataset],
        created: time,
        dataset: `endpoint.events.${dataset}`,
        id,
        kind: 'event',
        module: 'endpoint',
        outcome: event.outcome ?? 'unknown',
        sequence,
        type: event.type,
      },
      host: this.#hosts.get(host.id),
      message: `Endpoint ${dataset} event`,
      ...body,
      ...userFields(process),
    });
  }

  #processDocument(
    process: SimProcess,
    action: 'fork' | 'exec' | 'end',
    at: number,
    { withhold }: FormatOptions,
  ): string {
    // fork happens before the new image is loaded: the child still is its parent's image.
    const image = action === 'fork' ? parentOf(process) : process;
    const { args, executable } = image;
    const withParent = !withhold.has('parent');
    const withArgs = !withhold.has('args');
    const { responsible } = process;
    const phase = action === 'fork' ? 'fork' : action === 'exec' ? 'start' : 'exit';
    return this.#document(
      process,
      'process',
      { action, type: [action === 'end' ? 'end' : 'start'], outcome: 'success' },
      at,
      phase,
      {
        process: {
          Ext: withParent
            ? {
                ancestry: this.#ancestry(process),
                effective_parent:
                  responsible === undefined
                    ? undefined
                    : {
                        entity_id: this.#entityId(responsible),
                        executable: responsible.executable,
                        name: responsible.name,
                        pid: responsible.pid,
                      },
              }
            : undefined,
          args: withArgs ? args : undefined,
          args_count: withArgs ? args.length : undefined,
          code_signature: withhold.has('signing') ? undefined : codeSignature(image.signing),
          command_line: withArgs ? args.join(' ') : undefined,
          entity_id: this.#entityId(process),
          executable,
          exit_code: action === 'end' ? 0 : undefined,
          hash: imageHash(image),
          name: image.name,
          parent: withParent ? this.#parentFields(process, withArgs) : undefined,
          pid: process.pid,
          working_directory: action === 'fork' || process.cwd === '' ? undefined : process.cwd,
        },
      },
    );
  }

  #parentFields(process: SimProcess, withArgs: boolean): object {
    const parent = parentOf(process);
    return {
      command_line: withArgs ? parent.args.join(' ') : undefined,
      entity_id: this.#entityId(parent),
      executable: parent.executable,
      name: parent.name,
      pid: parent.pid,
    };
  }

  #networkDocument(
    flow: SimFlow,
    part: 'attempt' | 'disconnect' | 'merged',
    at: number,
    { withhold }: FormatOptions,
  ): string {
    const { process } = flow;
    const withBytes = part !== 'attempt';
    const withAddress = !withhold.has('address');
    const withArgs = !withhold.has('args');
    const local = {
      address: withAddress ? flow.localIp : undefined,
      bytes: withBytes ? flow.bytesOut : undefined,
      ip: withAddress ? flow.localIp : undefined,
      port: flow.localPort,
    };
    const remote = {
      address: withAddress ? flow.remoteIp : undefined,
      bytes: withBytes ? flow.bytesIn : undefined,
      domain: withhold.has('domain') || flow.remoteName === '' ? undefined : flow.remoteName,
      ip: withAddress ? flow.remoteIp : undefined,
      port: flow.remotePort,
    };
    // ECS: the source is who opened the connection, whichever side the Mac is on.
    const [source, destination] = flow.direction === 'egress' ? [local, remote] : [remote, local];
    const event = {
      attempt: { action: 'connection_attempted', type: ['start'] },
      disconnect: { action: 'disconnect_received', type: ['end'] },
      merged: { action: ['connection_attempted', 'disconnect_received'], type: ['start', 'end'] },
    }[part];
    return this.#document(process, 'network', event, at, part === 'attempt' ? 'open' : 'close', {
      destination,
      network: {
        direction: flow.direction,
        transport: flow.transport === 'tcp' ? 'tcp' : 'udp',
        type: flow.remoteIp.includes(':') ? 'ipv6' : 'ipv4',
      },
      process: {
        Ext: withhold.has('parent') ? undefined : { ancestry: this.#ancestry(process) },
        code_signature: withhold.has('signing') ? undefined : codeSignature(process.signing),
        command_line: withArgs ? process.args.join(' ') : undefined,
        entity_id: this.#entityId(process),
        executable: process.executable,
        name: process.name,
        parent: withhold.has('parent') ? undefined : { entity_id: this.#entityId(parentOf(process)) },
        pid: process.pid,
      },
      source,
    });
  }
}

function isMergeable(flow: SimFlow): boolean {
  return flow.end !== undefined && flow.end - flow.start < MERGE_WINDOW;
}

function base64Digest(text: string, bytes: number): string {
  return Buffer.from(stableHex(text).slice(0, bytes * 2), 'hex').toString('base64');
}

export function createElasticDefendWriter(): FormatWriter {
  return new ElasticDefendWriter();
}
