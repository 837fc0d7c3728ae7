/** Exit codes of the `outflow` command; other programs rely on them (docs/contract.md). */
export const EXIT = { done: 0, findings: 1, usage: 2, input: 3, store: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** HTTP status a service answers with: what the caller can do about it decides. */
export type HttpStatus = 400 | 404 | 409 | 422 | 500 | 503;

/** One failure a user can meet. */
export interface ErrorEntry {
  readonly exit: ExitCode;
  readonly http: HttpStatus;
  /** What happened and what to do, as docs/errors.md has it. */
  readonly happened: string;
  readonly todo: string;
  /**
   * What is said: one line, or one for each case. `{name}` is filled with what is handed over, `{cause}` with the first line of
   * the cause.
   */
  readonly text: string | Readonly<Record<string, string>>;
}
