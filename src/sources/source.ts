/**
 * A source is a telemetry format with an adapter. Each lives in `sources/<id>/` with an `index.ts` that exports
 * `source: Source`, the SQL that turns its lines into rows of `landing`, and a README; registry.ts lists it.
 */

/** The decompressed beginning of a file: enough to recognise its format by content. */
export interface FileHead {
  /** Base name, for messages only: formats are recognised by content. */
  readonly name: string;
  /**
   * Complete lines of the first 256 KiB, or of up to 16 MiB where those hold fewer than 20 (the last one cut off unless
   * the file ended), without line ends.
   */
  readonly lines: readonly string[];
}

export interface Recognised {
  /** Which shape of the format this is; the adapter's own word, e.g. `ndjson` or `console`. */
  readonly variant: string;
}

/** What an adapter may ask about the file before it lands. */
export interface LandingContext {
  readonly variant: string;
  /** The file's path, or `-`. */
  readonly path: string;
  readonly head: FileHead;
  /** Host for sources that name none: `--host`, else the file name up to its first dot. */
  readonly host: string;
  /** Calendar day (`YYYY-MM-DD`) for sources that log a time of day only: from the file name, else its mtime. */
  readonly date: string;
  /** IANA zone for sources that log local time without an offset. */
  readonly timezone: string;
  /** Every line of the file, decompressed and streamed. For small formats only: it passes through JavaScript. */
  readonly readLines: () => AsyncIterable<string>;
}

export interface LandingPlan {
  /**
   * A SELECT whose columns are named after columns of `landing` (any order; missing ones take their default).
   * It reads `FROM {lines}`, exactly once; that table has one column `line String`, in file order when
   * `ordered` is set.
   */
  readonly sql: string;
  /** Bound parameters, used in the SQL as `{name:Type}`. `attempt` and `source` are added by the landing step. */
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** The SELECT relies on the order of lines (window functions over multi-line records): one thread reads. */
  readonly ordered?: boolean;
  /**
   * How to read the file when the SELECT, made for what is usual, gives a row of this reason: the whole file is landed
   * again by that plan, and nothing of the first try counts.
   */
  readonly otherwise?: { readonly reason: string; readonly plan: LandingPlan };
}

/** What the source carries, for coverage; `true` means every conforming record can carry it. */
export interface Carries {
  readonly process: boolean;
  readonly signing: boolean;
  readonly bytes: boolean;
  readonly duration: boolean;
  readonly open_connections: boolean;
}

export interface Source {
  /** Folder name, and the value of `--source`. */
  readonly id: string;
  readonly title: string;
  readonly carries: Carries;
  /** The rows name their own host; when false, the file name or `--host` gives it. */
  readonly namesHost: boolean;
  /** A connection's key (`flow_id`) is never used again for another: of all its counts, the largest is its total. */
  readonly keysLast?: boolean;
  readonly recognise: (head: FileHead) => Recognised | undefined;
  readonly plan: (context: LandingContext) => Promise<LandingPlan> | LandingPlan;
}
