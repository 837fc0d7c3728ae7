import type { Behaviour } from '../fleet/app.js';
import { behave, overlap } from '../fleet/behave.js';
import { developerId } from '../fleet/programs.js';
import { inventVendor } from '../invent.js';
import { MINUTE, type Program } from '../machine.js';
import type { Random } from '../random.js';
import type { Benign } from '../scenarios/scenario.js';

export interface NewAgent {
  readonly program: Program;
  readonly behaviours: readonly Behaviour[];
}

/** The agent a company buys: management, detection or backup, of a vendor made up from the seed. */
export function inventAgent(random: Random): NewAgent {
  const vendor = inventVendor(random);
  const purpose = random.pick(['management', 'detection', 'backup'] as const);
  const program = developerId(
    `/Library/${vendor.word}/${vendor.word}-agent.app/Contents/MacOS/${vendor.word}-agent`,
    `${vendor.domain.split('.').reverse().join('.')}.agent`,
    vendor.teamId,
    vendor.company,
  );
  const to = { names: [`gw.${vendor.domain}`] };
  const report: Behaviour = {
    kind: 'cadence',
    to,
    everyMinutes: random.pick([15, 30, 60]),
    out: random.logUniform(20e3, 120e3),
    in: random.logUniform(4e3, 40e3),
    seconds: random.between(2, 20),
  };
  const behaviours: Record<typeof purpose, Behaviour[]> = {
    management: [report],
    detection: [
      report,
      {
        kind: 'socket',
        to,
        hours: [4, 40],
        out: { median: 800e3, sigma: 0.5 },
        in: { median: 90e3, sigma: 0.5 },
      },
    ],
    backup: [
      report,
      {
        kind: 'transfer',
        to,
        perDay: 4,
        out: { median: random.logUniform(8e6, 40e6), sigma: 0.9, max: 900e6 },
        in: { median: 60e3, sigma: 0.5 },
        rate: [1e6, 6e6],
        when: 'awake',
      },
    ],
  };
  return { program, behaviours: behaviours[purpose] };
}

/** The agent on one Mac, from its installation on. */
export function agentRollout(agent: NewAgent): Benign {
  return {
    kind: 'benign',
    id: 'X12',
    title: 'New agent rolled out over some days',
    expected: 'info',
    techniques: [],
    uses: ['new agent'],
    presence: 'any',
    campaign: 0,
    play: (stage) => {
      const { fleetHost, random } = stage;
      const lives = overlap(fleetHost.calendar.boots, { start: stage.start, end: stage.end });
      const before = fleetHost.machine.flows.length;
      for (const life of lives) {
        const process = stage.exec(agent.program, { at: life.start + MINUTE, until: life.end, user: 'root' });
        for (const [index, behaviour] of agent.behaviours.entries())
          behave(fleetHost, random.child(`${index} ${life.start}`), process, behaviour, {
            start: process.start,
            end: life.end,
          });
      }
      stage.flows.push(...fleetHost.machine.flows.slice(before));
    },
  };
}
