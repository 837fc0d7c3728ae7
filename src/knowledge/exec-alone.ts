import { type ToolCategory, toolData, type ToolEntry } from './tool-data.js';
import { isTool } from './tool-traits.js';

const entries = toolData().tools.filter((entry) => mattersOnExec(entry.category));

function collect(values: (entry: ToolEntry) => readonly string[]): readonly string[] {
  return Object.freeze([...new Set(entries.flatMap(values))].sort());
}

/** True when the start of a tool of this category matters without any traffic. */
export function mattersOnExec(category: ToolCategory): boolean {
  return isTool(category, 'exec_alone');
}

/** Lower-case base names; those that need arguments to be told from innocent programs are included. */
export const EXEC_ALONE_NAMES = collect((entry) => [
  ...entry.names,
  ...entry.argv.flatMap((rule) => rule.names),
]);

/** Lower-case signing ids. */
export const EXEC_ALONE_SIGNING_IDS = collect((entry) => entry.signing_ids);

/** Beginnings of lower-case signing ids. */
export const EXEC_ALONE_SIGNING_PREFIXES = collect((entry) => entry.signing_prefixes);

/** Team IDs that sign nothing else. */
export const EXEC_ALONE_TEAM_IDS = collect((entry) => (entry.team_exclusive ? entry.team_ids : []));

/** Parts of lower-case paths. */
export const EXEC_ALONE_PATHS = collect((entry) => entry.paths);

/** Patterns over lower-case paths (RE2 syntax, as ClickHouse's `match` takes). */
export const EXEC_ALONE_PATH_PATTERNS = collect((entry) => entry.path_patterns);

/**
 * Arguments of which a program under any other name has at least one, exactly, when it matches by arguments alone.
 * All gates let through more than matters: what passes them goes to `matchTool`.
 */
export const EXEC_ALONE_ARGUMENTS = collect((entry) =>
  entry.argv
    .filter((rule) => rule.names.length === 0)
    .flatMap((rule) => (rule.first === undefined ? rule.tokens : [rule.first])),
);
