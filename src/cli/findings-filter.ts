import { InvalidArgumentError, Option, type Command } from 'commander';
import { FINDING_STATES, type FindingState, SEVERITIES, type Severity } from '../ground/vocabulary.js';
import type { FindingQuery } from '../service/findings.js';
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

export function queryOf(flags: FilterFlags): FindingQuery {
  const { host, actor, signer, destination, severity, since, until, state } = flags;
  return { host, actor, signer, destination, severity, since, until, ...(state && { states: state }) };
}

/** Whether any filter was given. */
export function isFiltered(flags: FilterFlags): boolean {
  return Object.values(queryOf(flags)).some((one) => one !== undefined);
}

function states(text: string, before: readonly FindingState[] = []): readonly FindingState[] {
  const given = text.split(',').map((one) => {
    const state = FINDING_STATES.find((known) => known === one.trim().toLowerCase());
    if (state === undefined) throw new InvalidArgumentError(`Allowed are ${FINDING_STATES.join(', ')}.`);
    return state;
  });
  return [...new Set([...before, ...given])];
}
