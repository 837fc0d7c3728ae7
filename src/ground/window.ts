/** The times between which records count, as the engine reads them. */
export interface Window {
  /** ISO 8601 as the engine reads it (`2026-11-24 00:00:00.000`); observations from here on. */
  readonly since: string;
  /** The same; observations before this. */
  readonly until: string;
}
