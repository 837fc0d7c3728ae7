import type { Terminal } from '../report/terminal.js';

/** Standard output: 120 columns where it is no terminal. Colour on a terminal only, and never against the user's wish (no-color.org). */
export function terminal(): Terminal {
  const { isTTY, columns } = process.stdout;
  return {
    width: isTTY ? columns : 120,
    color: isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
  };
}
