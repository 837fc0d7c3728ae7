export interface DetectOptions {
  /** Files, directories, glob patterns or `-`. */
  readonly paths: readonly string[];
  /** Source id for every file, instead of recognising each by content. */
  readonly source?: string | undefined;
  readonly host?: string | undefined;
  readonly timezone?: string | undefined;
  /** ISO 8601; records from here on, and before `until`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Kept stores only: judge every day again, also those nothing has changed for. */
  readonly rejudge?: boolean | undefined;
  /** Kept stores only: a frozen baseline for all days, instead of the one of each week. */
  readonly baseline?: string | undefined;
  /** When the run started, ISO 8601; the clock's time without it. */
  readonly now?: string | undefined;
  /** Told what is being done, and how far: bytes of `total` bytes read. */
  readonly progress?: ((step: string, done: number, total: number) => void) | undefined;
}

/** Told what is being done, and how far. */
export type Progress = NonNullable<DetectOptions['progress']>;
