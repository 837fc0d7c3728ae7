import { workdays } from '../fleet/behave.js';
import { copiedTo, developerId } from '../fleet/programs.js';
import { openShell } from '../fleet/shell.js';
import { inventVendor } from '../invent.js';
import { HOUR, MINUTE, SECOND, type Program } from '../machine.js';
import type { Random } from '../random.js';
import type { Benign } from '../scenarios/scenario.js';

export interface RenamedTool {
  readonly before: Program;
  readonly after: Program;
  /** Where its vendor receives the reports. */
  readonly destination: string;
  /** When the new name replaces the old one. */
  readonly at: number;
}

/** A signed command-line tool of a small vendor; half the time it is renamed, half the time it moves. */
export function inventRenamedTool(random: Random, at: number): RenamedTool {
  const vendor = inventVendor(random);
  const before = developerId(
    `/usr/local/bin/${vendor.word}`,
    `${vendor.domain.split('.').reverse().join('.')}.cli`,
    vendor.teamId,
    vendor.company,
  );
  const path = random.chance(0.5)
    ? `/usr/local/bin/${vendor.word}-cli`
    : `/opt/${vendor.word}/bin/${vendor.word}`;
  return { before, after: copiedTo(before, path), destination: `ingest.${vendor.domain}`, at };
}

/** A developer uploads test reports some times a day, before and after the tool got its new name. */
export function renamedTool(tool: RenamedTool): Benign {
  return {
    kind: 'benign',
    id: 'X11',
    title: 'Developer tool that was renamed',
    expected: 'info',
    techniques: [],
    uses: ['renamed tool'],
    presence: 'active',
    campaign: 0,
    fromTheStart: true,
    play: (stage) => {
      const { random, fleetHost } = stage;
      const daily = random.logUniform(6e6, 40e6);
      for (const day of workdays(fleetHost)) {
        const own = random.child(`day ${day.start}`);
        const shell = openShell(fleetHost, own, day.start + 5 * MINUTE, day.end);
        for (let run = own.integer(1, 4); run > 0; run--) {
          const at = own.between(day.start + 10 * MINUTE, Math.max(day.start + HOUR, day.end - 20 * MINUTE));
          if (at < stage.start) continue;
          const program = at < tool.at ? tool.before : tool.after;
          const process = stage.exec(program, {
            at,
            until: at + 5 * SECOND,
            args: [program.executable, 'report', '--upload', 'build/reports'],
            parent: shell.zsh,
            responsible: shell.terminal,
          });
          stage.connect(process, {
            at: at + 400,
            seconds: own.logUniform(5, 60),
            out: (daily / 2.5) * own.logNormal(1, 0.4),
            in: own.logNormal(6e3, 0.5),
            to: stage.named(tool.destination),
          });
        }
      }
    },
  };
}
