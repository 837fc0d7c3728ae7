/** What text is laid out for. */
export interface Terminal {
  /** In columns. */
  readonly width: number;
  /** Whether to use SGR colours. */
  readonly color: boolean;
}
