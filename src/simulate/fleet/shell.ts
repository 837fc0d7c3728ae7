import type { SimProcess } from '../event.js';
import type { Random } from '../random.js';
import type { FleetHost } from './host.js';
import { LOGIN, TERMINAL, ZSH } from './programs.js';

export interface Shell {
  readonly terminal: SimProcess;
  readonly zsh: SimProcess;
}

/** Terminal > login > zsh, as a person opens it. */
export function openShell(host: FleetHost, random: Random, at: number, until: number | undefined): Shell {
  const terminal = host.machine.exec(TERMINAL, { at, until });
  const login = host.machine.exec(LOGIN, {
    at: at + 200,
    until,
    args: ['login', '-pf', host.host.user],
    parent: terminal,
    responsible: terminal,
    user: 'root',
    tty: `/dev/ttys${String(random.integer(0, 9)).padStart(3, '0')}`,
  });
  const zsh = host.machine.exec(ZSH, {
    at: at + 400,
    until,
    args: ['-zsh'],
    parent: login,
    responsible: terminal,
    tty: login.tty,
  });
  return { terminal, zsh };
}
