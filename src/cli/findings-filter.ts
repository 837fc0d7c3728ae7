import { InvalidArgumentError, Option, type Command } from 'commander';
import { FINDING_STATES, type FindingState, SEVERITIES, type Severity } from '../ground/vocabulary.js';
import type { FindingFilter } from '../triage/filter.js';
import { isoTime } from './options.js';

export interface FilterFlags {
  readonly host?: string;
  readonly actor?: string;
  readonly signer?: string;
  readonly destination?: string;
  readonly severity?: Severity;
  readonly state?: readonly FindingState[];
  readonly since?: string;
  readonly until?: string;
}

/** What is still to be done; what was settled is asked for by its state. */
const QUEUE: readonly FindingState[] = ['open', 'acknowledged', 'escalated'];

/** Adds the filters that say which findings are meant. */
export function addFilters(command: Command): Command {
  return command
    .option('--host <name>', 'only on this host: name or id')
    .option('--actor <text>', 'only this actor, process name or path; * stands for anything')
    .option('--signer <text>', 'only this signer class, Team ID or signing id')
    .option('--destination <place>', 'only to this domain and all below it, or to this address')
    .addOption(new Option('--severity <severity>', 'only from here upwards').choices(SEVERITIES))
    .option(
      '--state <state>',
      'only in this state; several separated by commas (default: open,acknowledged,escalated)',
      states,
    )
    .option('--since <time>', 'only those active at or after this time (ISO 8601)', isoTime)
    .option('--until <time>', 'only those active before this time (ISO 8601)', isoTime);
}

export function filterOf(flags: FilterFlags, without: readonly FindingState[] = QUEUE): FindingFilter {
  const { host, actor, signer, destination, severity, since, until } = flags;
  return { states: flags.state ?? without, host, actor, signer, destination, severity, since, until };
}

/** Whether any filter was given. */
export function isFiltered(flags: FilterFlags): boolean {
  const { host, actor, signer, destination, severity, state, since, until } = flags;
  return [host, actor, signer, destination, severity, state, since, until].some((one) => one !== undefined);
}

function states(text: string, before: readonly FindingState[] = []): readonly FindingState[] {
  const given = text.split(',').map((one) => {
    const state = FINDING_STATES.find((known) => known === one.trim().toLowerCase());
    if (state === undefined) throw new InvalidArgumentError(`Allowed are ${FINDING_STATES.join(', ')}.`);
    return state;
  });
  return [...new Set([...before, ...given])];
}
