/**
 * The error catalogue. Every failure a user can meet has one entry here, one stable code, one exit code and a
 * section in docs/errors.md (a test compares the two). A message says what happened, where, and what to do.
 */

/** Exit codes of the `outflow` command; other programs rely on them (docs/contract.md). */
export const EXIT = { done: 0, findings: 1, usage: 2, input: 3, store: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const ERRORS = {
  OF_USAGE: EXIT.usage,
  OF_CONFIG_UNREADABLE: EXIT.usage,
  OF_CONFIG_INVALID: EXIT.usage,
  OF_INVENTORY_INVALID: EXIT.usage,
  OF_INPUT_MISSING: EXIT.input,
  OF_INPUT_UNREADABLE: EXIT.input,
  OF_INPUT_UNKNOWN_FORMAT: EXIT.input,
  OF_INPUT_NO_HOST: EXIT.input,
  OF_INPUT_EMPTY: EXIT.input,
  OF_STORE_UNAVAILABLE: EXIT.store,
  OF_STORE_BUSY: EXIT.store,
  OF_STORE_NEWER: EXIT.store,
  OF_STORE_EMPTY: EXIT.store,
  OF_LEDGER_UNBALANCED: EXIT.store,
  OF_BASELINE_UNKNOWN: EXIT.usage,
  OF_BASELINE_VERSION: EXIT.usage,
  OF_BASELINE_INVALID: EXIT.usage,
  OF_FINDING_UNKNOWN: EXIT.usage,
  OF_HISTORY_BROKEN: EXIT.store,
  OF_OUTPUT_UNWRITABLE: EXIT.usage,
  OF_INTERNAL: EXIT.store,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof ERRORS;

/** A failure with a stable code. `message` is one line; `cause` keeps the engine's or the system's own words. */
export class OutflowError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutflowError';
    this.code = code;
    this.exitCode = ERRORS[code];
  }
}

/** An engine quotes whole queries in its errors. */
const MOST = 300;

/** The first line of an unknown thrown value, for embedding in a one-line message. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}
