/** One step of the schema. Each room owns its tables, and so its steps; several rooms may have a part in one version. */
export interface Migration {
  /** Versions count up over all rooms and are never used again. */
  readonly version: number;
  /** As written into `schema_versions`. */
  readonly name: string;
  /** Statements, each `IF NOT EXISTS` or otherwise harmless when run again. */
  readonly file: URL;
  /** For stores that remember only; a temporary store does without. */
  readonly kept: boolean;
}
