import { readFileSync } from 'node:fs';
import type { Approval, Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { formatCount } from '../ground/units.js';
import { record, type Acting, type Done } from './act.js';
import { parseApprovals } from './approval-file.js';

/**
 * Takes over the approvals of a YAML file, all of them or none.
 *
 * @throws OutflowError OF_INPUT_UNREADABLE, OF_INVENTORY_INVALID
 */
export function importFile(store: Store, config: Config, file: string, acting: Acting): Promise<Done> {
  return importApprovals(store, config, parseApprovals(readFile(file), file), acting, file);
}

/**
 * Takes over approvals, all of them or none. Those that are not among them stay as they are.
 *
 * @param from where they come from, for people
 */
export async function importApprovals(
  store: Store,
  config: Config,
  approvals: readonly Approval[],
  acting: Acting,
  from = 'given',
): Promise<Done> {
  const done = await record(store, config, approvals, acting, 'import');
  const count = (...outcomes: string[]): string =>
    formatCount(done.recorded.filter(({ outcome }) => outcomes.includes(outcome)).length);
  return {
    ...done,
    said: [
      `${from}: ${count('new')} new, ${count('replaced', 'replaced_configured')} replaced, ${count('unchanged')} unchanged.`,
      ...done.recorded
        .filter(({ outcome }) => outcome === 'replaced_configured')
        .map(({ name }) => `"${name}" counts in place of the one of that name in the configuration.`),
    ],
  };
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw failure('OF_INPUT_UNREADABLE.approvals', { path: file }, error);
  }
}
