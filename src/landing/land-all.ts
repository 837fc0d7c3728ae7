import { failure } from '../ground/errors.js';
import type { InputPath } from './discover.js';
import { landFile, type Landed, type LandOptions } from './land-file.js';
import type { Store } from '../store/store.js';

export interface LandedAll {
  readonly input: LandedInput;
  /** Files whose content was in the store already. */
  readonly known: number;
  /** Numbers of the tries that count. */
  readonly attempts: readonly string[];
}

/** What was read, in the words of the contract's `input`. */
export interface LandedInput {
  readonly files: number;
  readonly lines: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly by_source: Record<string, SourceCount>;
  readonly skipped_files: readonly { readonly file: string; readonly reason: string }[];
}

export interface SourceCount {
  files: number;
  lines: number;
  accepted: number;
  rejected: number;
  processes: number;
  flows: number;
}

/**
 * Lands files one after another.
 *
 * @throws OutflowError OF_INPUT_EMPTY or OF_INPUT_UNKNOWN_FORMAT when none of them is telemetry, and those of landFile
 */
export async function landAll(
  store: Store,
  files: readonly InputPath[],
  options: LandOptions & { readonly paths: readonly string[] },
  progress: (step: string, done: number, total: number) => void,
): Promise<LandedAll> {
  if (files.length === 0) {
    throw failure('OF_INPUT_EMPTY.noFiles', { paths: options.paths.join(', ') });
  }
  const landed: Landed[] = [];
  const skipped: { file: string; reason: string }[] = [];
  for (const [index, file] of files.entries()) {
    progress(`reading ${file.shown}`, index, files.length);
    const result = await landFile(store, file, options);
    if ('reason' in result) {
      skipped.push(result);
      continue;
    }
    landed.push(result);
    if (result.truncated) skipped.push({ file: result.file, reason: 'read_until_damage' });
  }
  if (landed.length === 0) {
    const [first] = skipped;
    throw failure(first?.reason === 'empty' ? 'OF_INPUT_EMPTY.none' : 'OF_INPUT_UNKNOWN_FORMAT.none', {
      paths: options.paths.join(', '),
      count: files.length,
      file: first?.file ?? '',
      reason: first?.reason ?? '',
    });
  }
  return {
    input: countLanded(landed, skipped),
    known: landed.filter((file) => file.known).length,
    attempts: landed.map((file) => file.attempt),
  };
}

function countLanded(landed: readonly Landed[], skipped: LandedInput['skipped_files']): LandedInput {
  const by_source: Record<string, SourceCount> = {};
  for (const file of landed) {
    const count = (by_source[file.source] ??= emptyCount());
    count.files += 1;
    count.lines += file.lines;
    count.accepted += file.accepted;
    count.rejected += file.rejected;
  }
  const sum = (key: 'lines' | 'accepted' | 'rejected'): number =>
    landed.reduce((all, file) => all + file[key], 0);
  return {
    files: landed.length,
    lines: sum('lines'),
    accepted: sum('accepted'),
    rejected: sum('rejected'),
    by_source,
    skipped_files: skipped,
  };
}

export function emptyCount(): SourceCount {
  return { files: 0, lines: 0, accepted: 0, rejected: 0, processes: 0, flows: 0 };
}
