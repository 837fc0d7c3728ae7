/** How wide standard output is, and whether it takes colour. */
export interface Terminal {
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
}

/** Colour on a terminal only, and never against the user's wish (no-color.org). */
export function terminal(): Terminal {
  const { isTTY, columns } = process.stdout;
  return {
    width: isTTY ? columns : 120,
    color: isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
  };
}
