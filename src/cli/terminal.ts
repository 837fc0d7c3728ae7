export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : 120;
}

/** Colour on a terminal only, and never against the user's wish (no-color.org). */
export function useColor(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}
