import type { RemotePlace } from '../addresses.js';
import type { SimProcess } from '../event.js';
import { DAY, HOUR, MINUTE, SECOND } from '../machine.js';
import type { Random } from '../random.js';
import type { App, Behaviour, Target, Volume } from './app.js';
import type { Interval } from './calendar.js';
import type { FleetHost } from './host.js';

export function drawVolume(random: Random, volume: Volume): number {
  const value = random.logNormal(volume.median, volume.sigma);
  return Math.min(value, volume.max ?? volume.median * 200);
}

const REGIONS: readonly (readonly [number, string])[] = [
  [-420, 'us-west'],
  [-60, 'us-east'],
  [200, 'eu-central'],
  [400, 'ap-south'],
  [900, 'ap-northeast'],
];

export function regionOf(host: FleetHost): string {
  return REGIONS.find(([limit]) => host.host.utcOffsetMinutes <= limit)?.[1] ?? 'eu-west';
}

export function resolveTarget(host: FleetHost, random: Random, target: Target): RemotePlace {
  if (target.addresses !== undefined)
    return { name: '', ip: random.pick(target.addresses), port: target.port ?? 443 };
  const name = random
    .pick(target.names)
    .replace('{region}', regionOf(host))
    .replace('{company}', host.company.domain)
    .replace('{tenant}', host.company.tenant);
  return host.machine.named(name, target.port ?? 443);
}

/** Starts the app's processes over the calendar and lets each behave while it lives. */
export function runApp(host: FleetHost, app: App, running: Map<string, readonly SimProcess[]>): void {
  const random = host.random.child(`app ${app.id}`);
  const lives = app.life === 'boot' ? host.calendar.boots : workdays(host);
  const processes: SimProcess[] = [];
  for (const life of lives) {
    const parent = app.parent === undefined ? undefined : alive(running.get(app.parent), life.start + MINUTE);
    const start = Math.max(
      life.start + random.between(2, 90) * SECOND,
      (parent?.start ?? 0) + random.between(1, 9) * SECOND,
    );
    const process = host.machine.exec(app.program, {
      at: start,
      until: life.end - random.between(1, 20) * SECOND,
      ...(app.args === undefined ? {} : { args: [app.program.executable, ...app.args] }),
      parent,
      responsible: parent,
      ...(app.user === undefined ? {} : { user: app.user }),
    });
    processes.push(process);
    const span = { start, end: life.end - 30 * SECOND };
    for (const [index, behaviour] of app.behaviours.entries()) {
      behave(host, random.child(`behaviour ${index} ${life.start}`), process, behaviour, span);
    }
  }
  running.set(app.id, processes);
}

function alive(processes: readonly SimProcess[] | undefined, at: number): SimProcess | undefined {
  return processes?.find(
    (process) => process.start <= at + HOUR && (process.end === undefined || process.end > at),
  );
}

/** Active intervals joined to days, for apps that are opened in the morning and quit at night. */
export function workdays(host: FleetHost): Interval[] {
  const days: { start: number; end: number }[] = [];
  for (const interval of host.calendar.active) {
    const last = days.at(-1);
    if (last !== undefined && interval.start - last.end < 4 * HOUR) last.end = interval.end;
    else days.push({ ...interval });
  }
  return days;
}

export function overlap(intervals: readonly Interval[], span: Interval): Interval[] {
  return intervals
    .map(({ start, end }) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }))
    .filter(({ start, end }) => end - start > 10 * SECOND);
}

export function behave(
  host: FleetHost,
  random: Random,
  process: SimProcess,
  behaviour: Behaviour,
  span: Interval,
): void {
  const transport = behaviour.to.transport ?? 'tcp';
  const connect = (at: number, seconds: number, out: number, into: number, to?: RemotePlace): void => {
    host.machine.connect(process, {
      at,
      seconds,
      out,
      in: into,
      to: to ?? resolveTarget(host, random, behaviour.to),
      transport,
      ...(behaviour.to.interface === undefined ? {} : { interface: behaviour.to.interface }),
    });
  };
  switch (behaviour.kind) {
    case 'socket':
      for (const awake of overlap(host.calendar.awake, span)) {
        let at = awake.start + random.between(1, 120) * SECOND;
        while (at < awake.end) {
          const length = Math.min(random.logUniform(...behaviour.hours) * HOUR, awake.end - at);
          const hours = length / HOUR;
          connect(
            at,
            length / SECOND,
            900 + drawVolume(random, behaviour.out) * hours,
            3500 + drawVolume(random, behaviour.in) * hours,
          );
          at += length + random.between(1, 20) * SECOND;
        }
      }
      return;
    case 'requests':
      for (const busy of overlap(host.calendar[behaviour.when], span)) {
        const count = random.poisson(((busy.end - busy.start) / HOUR) * behaviour.perHour * host.intensity);
        for (let i = 0; i < count; i++) {
          const at = random.between(busy.start, busy.end);
          connect(
            at,
            random.logUniform(...behaviour.seconds),
            drawVolume(random, behaviour.out),
            drawVolume(random, behaviour.in),
          );
        }
      }
      return;
    case 'cadence':
      for (const awake of overlap(host.calendar.awake, span)) {
        const step = behaviour.everyMinutes * MINUTE;
        for (
          let at = awake.start + random.between(0, step);
          at < awake.end;
          at += step + random.between(-0.5, 0.5) * SECOND
        ) {
          const size = random.between(0.97, 1.03);
          connect(
            at,
            behaviour.seconds * random.between(0.8, 1.3),
            behaviour.out * size,
            behaviour.in * size,
          );
        }
      }
      return;
    case 'transfer':
      for (const busy of overlap(host.calendar[behaviour.when], span)) {
        const share = (busy.end - busy.start) / (behaviour.when === 'active' ? 8 * HOUR : DAY);
        for (let i = random.poisson(behaviour.perDay * share * host.intensity); i > 0; i--) {
          const out = drawVolume(random, behaviour.out);
          const seconds = Math.max(
            1,
            (out + drawVolume(random, behaviour.in)) / random.logUniform(...behaviour.rate),
          );
          connect(random.between(busy.start, busy.end), seconds, out, drawVolume(random, behaviour.in));
        }
      }
      return;
    case 'calls':
      for (const meeting of overlap(host.calendar.meetings, span)) {
        if (!random.child(`${meeting.start}`).chance(behaviour.share)) continue;
        const seconds = (meeting.end - meeting.start) / SECOND;
        const media = resolveTarget(host, random, behaviour.to);
        const out = random.logUniform(...behaviour.out);
        const into = random.logUniform(...behaviour.in);
        connect(meeting.start, seconds, seconds * out * 0.15, seconds * into * 0.15, media);
        connect(meeting.start + 3 * SECOND, seconds - 3, seconds * out * 0.85, seconds * into * 0.85, media);
      }
  }
}
