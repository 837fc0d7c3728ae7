import type { z } from 'zod';
import type { Config } from '../config/schema.js';
import type { SqlParams } from '../store/store.js';
import type { DetectContext, Indicator, Unit } from './indicator.js';
import type { SubjectLoader } from './load-subjects.js';
import type { Scored } from './score.js';
import type { Destination, Subject } from './subject.js';

/** The ATT&CK objects an analytic implements, as the release it was taken from has them. */
export interface AttackFacts {
  readonly analytic: string;
  readonly name: string;
  /** Of the analytic, and the release it comes from. */
  readonly version: string;
  readonly release: string;
  readonly strategy: string;
  readonly technique: string;
  readonly tactics: readonly string[];
  readonly log_sources: readonly { readonly name: string; readonly channel: string }[];
  readonly mutable_elements: readonly string[];
  readonly url: string;
}

/** What an analytic makes of a subject. */
export interface Judgement extends Scored {
  readonly analytic: string;
  readonly subject: Subject;
  /** The destination the subject looks worst at; undefined for an exec without traffic. */
  readonly destination: Destination | undefined;
  /** A program that is reported when it starts, and has sent nothing worth a finding yet. */
  readonly execOnly: boolean;
  /** Other destinations that would be a finding of at least `low` if they were all the subject had. */
  readonly elsewhere: readonly Destination[];
}

/** A judgement in words. May hold untrusted text: escape it where shown. */
export interface Explanation {
  /** One line for a list. */
  readonly title: string;
  readonly summary: string;
}

/**
 * One ATT&CK analytic. Each lives in `detect/analytics/<id>/`, which exports one of these; analytics/registry.ts lists
 * them. Shared beneath: run tables, subjects, scoring, evidence, confidence.
 */
export interface Analytic {
  readonly id: string;
  readonly attack: AttackFacts;
  /**
   * Which subjects are loaded at all: a SELECT of (host_id, actor_id) over the tables of a run, `{run:Identifier}`. It
   * saves work and decides nothing.
   */
  readonly candidates: { readonly sql: string; readonly params: (config: Config) => SqlParams };
  /** Loads candidates as subjects; analytics with the same loader share what it loads. */
  readonly loadSubjects: SubjectLoader;
  readonly indicators: readonly Indicator[];
  /** It is about amounts: what is steady for weeks may be proposed for approval. */
  readonly excusedByHabit: boolean;
  /** Pure; undefined when it is no finding. */
  readonly judge: (subject: Subject, context: DetectContext) => Judgement | undefined;
  readonly explain: (judgement: Judgement, context: DetectContext) => Explanation;
  /** ATT&CK's mutable elements as they were when it was judged, by their ATT&CK names. */
  readonly tunables: (subject: Subject, config: Config) => Readonly<Record<string, number | string>>;
  /** In which unit each of them is shown. */
  readonly tunableUnits: Readonly<Record<string, Unit>>;
  /** Section `analytics.<id>` of the configuration, with its defaults; undefined for none. */
  readonly configuration?: z.ZodType;
}
