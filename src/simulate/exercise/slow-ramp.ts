import type { SimProcess } from '../event.js';
import { adHoc, developerId } from '../fleet/programs.js';
import { capital, inventTeamId, inventWord } from '../invent.js';
import { DAY, HOUR, SECOND, type Program } from '../machine.js';
import type { Attack } from '../scenarios/scenario.js';
import type { Stage } from '../scenarios/stage.js';

/** Bytes a day on the first day of the ramp and at its end. */
const FIRST_DAY = [2e6, 6e6] as const;
const LAST_DAY = [400e6, 2e9] as const;

/**
 * Poisoning of a baseline: somebody who begins with what nobody looks at and sends a little more every day, so that
 * each day looks like the one before. `rampDays` from the first to the highest day, which then stays.
 */
export function slowRamp(rampDays: number): Attack {
  return {
    kind: 'attack',
    id: 'X01',
    title: 'Upload that ramps up slowly',
    difficulty: 'must',
    techniques: ['T1029', 'T1030', 'T1048'],
    uses: ['implant'],
    presence: 'any',
    campaign: (rampDays * DAY) / SECOND,
    play: (stage) => {
      const { random } = stage;
      const process = stage.exec(rampProgram(stage));
      const to = stage.rented(random.pick([443, 443, 443, 8443]), random.pick(['', 'sync', 'api']));
      const first = random.logUniform(...FIRST_DAY);
      const last = random.logUniform(...LAST_DAY);
      const geometric = random.chance(0.5);
      const connections = random.integer(3, 20);
      for (let day = 0, at = stage.start; at < stage.end - HOUR; day++, at += DAY) {
        const part = rampDays <= 1 ? 1 : Math.min(1, day / (rampDays - 1));
        const bytes = geometric ? first * (last / first) ** part : first + (last - first) * part;
        sendDay(stage, process, to, { at, bytes: bytes * random.between(0.92, 1.08), connections });
      }
    },
  };
}

/** The day's bytes while the Mac is awake; a day it sleeps through is left out. */
function sendDay(
  stage: Stage,
  process: SimProcess,
  to: ReturnType<Stage['rented']>,
  day: { readonly at: number; readonly bytes: number; readonly connections: number },
): void {
  const awake = stage.fleetHost.calendar.awake
    .map(({ start, end }) => ({
      start: Math.max(start, day.at),
      end: Math.min(end, day.at + DAY, stage.end),
    }))
    .filter(({ start, end }) => end - start > HOUR / 2);
  const length = awake.reduce((sum, { start, end }) => sum + end - start, 0);
  for (const { start, end } of awake) {
    const share = (end - start) / length;
    const connections = Math.max(1, Math.round(day.connections * share));
    stage.send({
      from: process,
      to,
      at: start,
      connections,
      seconds: Math.min(1200, (end - start) / SECOND / (connections + 1)),
      out: day.bytes * share,
      in: day.bytes * share * 0.01 + 4000,
      campaign: (end - start) / SECOND,
      jitter: 0.4,
    });
  }
}

/** Notarised code of a vendor nobody knows, or a linker-signed binary. */
function rampProgram(stage: Stage): Program {
  const { random, home } = stage;
  const word = inventWord(random);
  const name = capital(word);
  return random.chance(0.5)
    ? developerId(
        random.pick([
          `/Library/Application Support/${name}/${word}d`,
          `/Applications/${name}.app/Contents/MacOS/${name}`,
        ]),
        `com.${word}.sync`,
        inventTeamId(random),
        `${name} Ltd`,
      )
    : adHoc(
        random.pick([
          `${home}/Library/Application Support/${name}/${word}`,
          `/Users/Shared/.${word}/${word}`,
          `/usr/local/bin/${word}`,
        ]),
        word,
        random.hex(8),
      );
}
