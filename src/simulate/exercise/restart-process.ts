import type { SimFlow, SimProcess } from '../event.js';
import { SECOND, type Machine, type Program } from '../machine.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Milliseconds between the end of the old image and the first connection of the new one. */
const PAUSE = 40;

/**
 * From `at` on, programs run as what `renew` makes of them: what is running starts again as the new image, what starts
 * later is the new image from its start. A connection held over the moment ends and is opened again, so that the bytes
 * of both parts are those of the whole. Returns the second part by the first.
 */
export function restartPrograms(
  machine: Machine,
  at: number,
  renew: (process: SimProcess) => Program | undefined,
): ReadonlyMap<SimFlow, SimFlow> {
  const successors = new Map<SimProcess, SimProcess>();
  for (const process of [...machine.processes].sort((left, right) => left.start - right.start)) {
    const program = renew(process);
    if (program === undefined) continue;
    if (process.start >= at) become(process, program);
    else if (process.end === undefined || process.end > at + SECOND) {
      successors.set(process, successorOf(machine, process, program, at, successors));
    }
  }
  for (const process of machine.processes) {
    if (process.start < at) continue;
    const mutable = process as Mutable<SimProcess>;
    if (process.parent !== undefined) mutable.parent = successors.get(process.parent) ?? process.parent;
    if (process.responsible !== undefined)
      mutable.responsible = successors.get(process.responsible) ?? process.responsible;
  }
  return moveFlows(machine, at, successors);
}

function become(process: SimProcess, program: Program): void {
  const mutable = process as Mutable<SimProcess>;
  mutable.args = process.args.map((argument) =>
    argument === process.executable ? program.executable : argument,
  );
  mutable.executable = program.executable;
  mutable.name = program.executable.slice(program.executable.lastIndexOf('/') + 1);
  mutable.signing = program.signing;
}

function successorOf(
  machine: Machine,
  process: SimProcess,
  program: Program,
  at: number,
  successors: ReadonlyMap<SimProcess, SimProcess>,
): SimProcess {
  const after = (other: SimProcess | undefined): SimProcess | undefined =>
    other === undefined ? undefined : (successors.get(other) ?? other);
  const fresh = machine.exec(program, {
    at: at + 1,
    until: process.end,
    args: process.args.map((argument) => (argument === process.executable ? program.executable : argument)),
    parent: after(process.parent),
    responsible: after(process.responsible),
    script: process.script,
    cwd: process.cwd,
    user: process.user,
    tty: process.tty,
  });
  (process as Mutable<SimProcess>).end = at;
  return fresh;
}

function moveFlows(
  machine: Machine,
  at: number,
  successors: ReadonlyMap<SimProcess, SimProcess>,
): Map<SimFlow, SimFlow> {
  const parts = new Map<SimFlow, SimFlow>();
  for (const flow of [...machine.flows]) {
    const successor = successors.get(flow.process);
    if (successor === undefined) continue;
    const mutable = flow as Mutable<SimFlow>;
    if (flow.start >= at) {
      mutable.process = successor;
      mutable.start = Math.max(flow.start, at + PAUSE);
      if (flow.end !== undefined) mutable.end = Math.max(flow.end, mutable.start + 1);
    } else if (flow.end === undefined || flow.end > at) {
      const end = flow.end ?? machine.window.end;
      const rest = end - at > PAUSE + SECOND ? (end - at) / (end - flow.start) : 0;
      const second = rest === 0 ? undefined : reopened(machine, flow, successor, at, end, rest);
      mutable.end = at;
      if (second === undefined) continue;
      mutable.bytesOut = flow.bytesOut - second.bytesOut;
      mutable.bytesIn = flow.bytesIn - second.bytesIn;
      parts.set(flow, second);
    }
  }
  return parts;
}

function reopened(
  machine: Machine,
  flow: SimFlow,
  process: SimProcess,
  at: number,
  end: number,
  share: number,
): SimFlow | undefined {
  return machine.connect(process, {
    at: at + PAUSE,
    seconds: (end - at - PAUSE) / SECOND,
    out: flow.bytesOut * share,
    in: flow.bytesIn * share,
    to: { name: flow.remoteName, ip: flow.remoteIp, port: flow.remotePort },
    transport: flow.transport,
    direction: flow.direction,
    interface: flow.interface,
  });
}
