import { inventWord } from '../invent.js';
import { HOUR, MINUTE, SECOND } from '../machine.js';
import type { Random } from '../random.js';
import { overlap, workdays } from './behave.js';
import type { FleetHost } from './host.js';
import { adHoc, copiedTo, CURL, SH } from './programs.js';

import { DEVELOPER_COMMANDS, IT_COMMANDS, ownBuild, SCIENTIST_COMMANDS } from './commands.js';
import { openShell } from './shell.js';

export function useCommandLine(host: FleetHost): void {
  const random = host.random.child('command line');
  const commands = { developer: DEVELOPER_COMMANDS, scientist: SCIENTIST_COMMANDS, it: IT_COMMANDS }[
    host.role as string
  ];
  if (commands !== undefined) {
    for (const day of workdays(host)) {
      const shell = openShell(host, random, day.start + random.between(1, 30) * MINUTE, day.end);
      for (const busy of overlap(host.calendar.active, day)) {
        const count = random.poisson(((busy.end - busy.start) / HOUR) * 2.4 * host.intensity);
        for (let i = 0; i < count; i++)
          random.weighted(commands)(
            host,
            random.child(`command ${busy.start} ${i}`),
            shell,
            random.between(busy.start + 40 * MINUTE, busy.end),
          );
      }
    }
  }
  if (host.role === 'ci') buildAllDay(host, random.child('ci'));
  manage(host, random.child('managed scripts'));
}

/** A build machine: checkouts, package downloads and caches around the clock. */
function buildAllDay(host: FleetHost, random: Random): void {
  const { start, end } = host.window;
  for (let at = start + 30 * MINUTE; at < end; at += random.logUniform(4, 90) * MINUTE) {
    const worker = host.machine.exec(
      adHoc('/Users/build/actions-runner/bin/Runner.Worker', 'Runner.Worker'),
      { at, until: at + random.logUniform(60, 1500) * SECOND },
    );
    const shell = { terminal: worker, zsh: worker };
    for (let i = random.integer(1, 4); i > 0; i--)
      random.weighted(DEVELOPER_COMMANDS.slice(0, 3))(
        host,
        random.child(`step ${at} ${i}`),
        shell,
        at + random.between(2, 50) * SECOND,
      );
    if (random.chance(0.6)) ownBuild(host, random.child(`test ${at}`), shell, at + MINUTE);
  }
}

/** Scripts that device management runs as root: downloads with curl, small reports. */
function manage(host: FleetHost, random: Random): void {
  for (const awake of host.calendar.awake) {
    for (let i = random.poisson(0.4); i > 0; i--) {
      const at = random.between(awake.start, awake.end);
      const sh = host.machine.exec(SH, {
        at,
        until: at + 40 * SECOND,
        args: ['/bin/sh', `/Library/Application Support/Managed/Scripts/${inventWord(random)}.sh`],
        user: 'root',
        script: '/Library/Application Support/Managed/Scripts/run.sh',
      });
      const site = random.pick([
        `packages.${host.company.domain}`,
        'swdist.apple.com',
        'dl.google.com',
        `downloads.${host.company.domain}`,
      ]);
      const curl = host.machine.exec(copiedTo(CURL, '/usr/bin/curl'), {
        at: at + 300,
        until: at + 5000,
        args: ['curl', '-s', '-L', '-o', '/private/tmp/package.pkg', `https://${site}/package.pkg`],
        parent: sh,
        user: 'root',
      });
      host.machine.connect(curl, {
        at: at + 400,
        seconds: random.logUniform(1, 60),
        out: random.logNormal(2e3, 0.3),
        in: random.logNormal(20e6, 1.4),
        to: host.machine.named(site),
      });
    }
  }
}
