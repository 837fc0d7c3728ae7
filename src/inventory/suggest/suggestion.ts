import type { Approval } from '../../config/schema.js';
import type { Signer } from '../../ground/vocabulary.js';

/** A proposed approval: owner and reason are '' and for a person to say. */
export interface Suggestion {
  readonly approval: Approval;
  readonly evidence: SuggestionEvidence;
  /** The evidence in words; may hold untrusted text. */
  readonly text: string;
  /** Ids of the findings it would approve. */
  readonly findings: readonly string[];
}

/** Bytes a day over the hosts the approval names; days are those on which it sent there. */
export interface SuggestionEvidence {
  readonly actor: string;
  readonly signer: Signer;
  readonly hosts: number;
  readonly fleet_hosts: number;
  readonly first_day: string;
  readonly last_day: string;
  readonly destinations: readonly {
    readonly destination: string;
    readonly hosts: number;
    /** Of the host with the fewest. */
    readonly days: number;
    /** Of the host that sent most. */
    readonly median_day: number;
    readonly largest_day: number;
  }[];
  /** Largest usual day of a host over all its destinations. */
  readonly usual_day: number;
}
