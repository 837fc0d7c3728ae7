import { existsSync, writeFileSync } from 'node:fs';
import { Document, isMap, parseDocument } from 'yaml';
import { failure, type OutflowError } from '../ground/errors.js';
import { printable } from '../ground/printable.js';
import type { SettingChange } from './settings.js';

/** Where a proposal goes unless told otherwise. */
export const PROPOSED_FILE = 'outflow-proposed.yaml';

/**
 * Refuses a file that is there, before anything takes long.
 *
 * @throws OutflowError OF_OUTPUT_UNWRITABLE
 */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw exists(path);
}

/** A configuration file with the changes in place, the rest and its comments as they were. */
export function proposedText(
  original: string,
  changes: readonly SettingChange[],
  comment: readonly string[],
): string {
  const parsed = parseDocument(original);
  const document = isMap(parsed.contents) ? parsed : new Document({});
  for (const { setting, after } of changes) document.setIn(setting.split('.'), after);
  const head = comment.map((line) => `# ${printable(line)}`.trimEnd()).join('\n');
  return `${head}\n\n${document.toString({ lineWidth: 0 })}`;
}

/**
 * Writes a proposal; never over a file that is there, unless `force`.
 *
 * @param original text of the configuration file in force, '' without one
 * @throws OutflowError OF_OUTPUT_UNWRITABLE
 */
export function writeProposal(
  path: string,
  original: string,
  changes: readonly SettingChange[],
  comment: readonly string[],
  force: boolean,
): void {
  const text = proposedText(original, changes, comment);
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(path);
    throw failure('OF_OUTPUT_UNWRITABLE.failed', { path }, error);
  }
}

function exists(path: string): OutflowError {
  return failure('OF_OUTPUT_UNWRITABLE.exists', { path });
}
