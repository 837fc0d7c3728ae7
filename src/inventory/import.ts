import { readFileSync } from 'node:fs';
import type { Config } from '../config/schema.js';
import type { Store } from '../store/store.js';
import { failure } from '../ground/errors.js';
import { formatCount } from '../ground/units.js';
import { record, type Acting, type Done } from './act.js';
import { parseApprovals } from './approval-file.js';

/**
 * Takes over the approvals of a YAML file, all of them or none. Approvals that are not in it stay as they are.
 *
 * @throws OutflowError OF_INPUT_UNREADABLE, OF_INVENTORY_INVALID
 */
export async function importApprovals(
  store: Store,
  config: Config,
  file: string,
  acting: Acting,
): Promise<Done> {
  const approvals = parseApprovals(readFile(file), file);
  const done = await record(store, config, approvals, acting, 'import');
  const count = (...outcomes: string[]): string =>
    formatCount(done.recorded.filter(({ outcome }) => outcomes.includes(outcome)).length);
  return {
    ...done,
    said: [
      `${file}: ${count('new')} new, ${count('replaced', 'replaced_configured')} replaced, ${count('unchanged')} unchanged.`,
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
