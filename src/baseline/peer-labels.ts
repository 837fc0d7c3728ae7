import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { failure, firstLine } from '../ground/errors.js';
import { hostKey } from '../ground/host-name.js';

/** Groups by {@link hostKey}. */
export type PeerLabels = ReadonlyMap<string, ReadonlySet<string>>;

/** One label of a file, with the line it stands in. */
interface Label {
  readonly host: string;
  readonly group: string;
  readonly line: number;
}

/**
 * Reads a label file: YAML (`.yaml`, `.yml`) maps a group to its hosts; anything else is CSV of `host,group`, or with
 * more columns under a heading that names `host` and `group`.
 *
 * @throws OutflowError OF_CONFIG_UNREADABLE, OF_CONFIG_INVALID with file, line and reason
 */
export function readPeerLabels(path: string): PeerLabels {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw failure('OF_CONFIG_UNREADABLE.peerLabels', { file: path }, error);
  }
  return parsePeerLabels(text, path);
}

/** @throws OutflowError OF_CONFIG_INVALID with `path`, line and reason */
export function parsePeerLabels(text: string, path: string): PeerLabels {
  const plain = text.replace(/^\uFEFF/, '');
  const isYaml = ['.yaml', '.yml'].includes(extname(path).toLowerCase());
  const fail: Fail = (line, reason) => {
    throw failure('OF_CONFIG_INVALID.peerLabels', { file: path, line, reason });
  };
  const labels = new Map<string, Set<string>>();
  for (const { host, group, line } of isYaml ? yamlLabels(plain, fail) : csvLabels(plain, fail)) {
    const key = hostKey(host);
    if (key === '') fail(line, 'a label needs a host');
    if (group === '') fail(line, `${host} has no group`);
    const groups = labels.get(key);
    if (groups === undefined) labels.set(key, new Set([group]));
    else groups.add(group);
  }
  return labels;
}

type Fail = (line: number, reason: string) => never;

function csvLabels(text: string, fail: Fail): Label[] {
  const labels: Label[] = [];
  let columns: { host: number; group: number; count: number } | undefined;
  for (const [index, content] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1;
    if (content.trim() === '' || content.startsWith('#')) continue;
    const cells = csvCells(content);
    if (cells === undefined) return fail(line, 'a quote is not closed');
    if (columns === undefined) {
      columns = headingOf(cells);
      if (columns !== undefined) continue;
      columns = { host: 0, group: 1, count: 2 };
    }
    if (cells.length !== columns.count) {
      const columnsWord =
        columns.count === 2 ? '`host,group`' : `the ${columns.count} columns of the heading`;
      return fail(
        line,
        `${columnsWord} expected, ${cells.length === 1 ? 'one value' : `${cells.length} values`} found`,
      );
    }
    labels.push({ host: cells[columns.host] ?? '', group: cells[columns.group] ?? '', line });
  }
  return labels;
}

function headingOf(cells: readonly string[]): { host: number; group: number; count: number } | undefined {
  const names = cells.map((cell) => cell.toLowerCase());
  const host = names.findIndex((name) => ['host', 'hostname', 'computer name', 'device name'].includes(name));
  const group = names.findIndex((name) => ['group', 'label', 'department', 'site'].includes(name));
  return host < 0 || group < 0 ? undefined : { host, group, count: cells.length };
}

/** The values of one line, trimmed; undefined where a quote is not closed. Values hold no line breaks. */
function csvCells(line: string): string[] | undefined {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (quoted && character === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (quoted ? character === '"' : character === '"' && cell.trim() === '') {
      quoted = !quoted;
    } else if (character === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += character;
    }
  }
  return quoted ? undefined : [...cells, cell.trim()];
}

function yamlLabels(text: string, fail: Fail): Label[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (node: unknown): number => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return lines.linePos(range?.[0] ?? 0).line || 1;
  };
  const [error] = document.errors;
  if (error !== undefined) return fail(error.linePos?.[0].line ?? 1, `not valid YAML: ${firstLine(error)}`);
  const root = document.contents;
  if (root === null) return [];
  if (!isMap(root)) return fail(lineOf(root), 'a mapping of groups to hosts is expected');
  return root.items.flatMap(({ key, value }) => {
    const group = textOf(key);
    if (group === undefined) return fail(lineOf(key), 'the name of a group is expected');
    if (!isSeq(value)) return fail(lineOf(value ?? key), `${group}: a list of hosts is expected`);
    return value.items.map((item) => {
      const host = textOf(item);
      if (host === undefined) return fail(lineOf(item), `${group}: the name of a host is expected`);
      return { host, group, line: lineOf(item) };
    });
  });
}

/** A name, also one that YAML reads as a number. */
function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const { value, source } = node;
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? (source ?? String(value)) : undefined;
}
