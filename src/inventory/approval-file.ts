import { Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { approvalSchema, type Approval } from '../config/schema.js';
import { failure, firstLine, type OutflowError } from '../ground/errors.js';
import { printable } from '../ground/printable.js';

/** The order in which a person reads an approval. */
const KEYS: readonly (keyof Approval)[] = [
  'name',
  'analytic',
  'team_id',
  'signing_id',
  'cdhash',
  'executable',
  'parent',
  'actor',
  'hosts',
  'groups',
  'destinations',
  'max_bytes_out_per_day',
  'max_duration_seconds',
  'owner',
  'reason',
  'ticket',
  'created',
  'expires',
  'revoked',
];

type Parsed = ReturnType<typeof parseDocument>;

interface Flaw {
  readonly line: number;
  readonly reason: string;
}

/**
 * Approvals of a YAML file: a list, or a mapping with `approvals:`. All of them or none.
 *
 * @param file as shown in messages
 * @throws OutflowError OF_INVENTORY_INVALID, naming file, line and reason
 */
export function parseApprovals(text: string, file: string): readonly Approval[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    throw invalid(file, [{ line: Math.max(1, line), reason: `not valid YAML: ${firstLine(broken)}` }]);
  }
  const lineAt = (path: readonly PropertyKey[]): number =>
    Math.max(1, lines.linePos(offsetOf(document, path)).line);
  const { items, path } = listOf(document, file, lineAt);
  const flaws: Flaw[] = [];
  const approvals = items.flatMap((item, index): Approval[] => {
    const parsed = approvalSchema.safeParse(item);
    if (parsed.success) return [parsed.data];
    for (const issue of parsed.error.issues) {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const at = issue.path.map(String).join('.');
      flaws.push({
        line: lineAt([...path, index, ...issue.path, ...keys]),
        reason: `${nameOf(item, index)}: ${at === '' ? '' : `${at}: `}${issue.message}`,
      });
    }
    return [];
  });
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const name = (item as { name?: unknown } | null)?.name;
    if (typeof name !== 'string') continue;
    if (seen.has(name)) {
      flaws.push({
        line: lineAt([...path, index, 'name']),
        reason: `"${name}" is there twice: names are unique`,
      });
    }
    seen.add(name);
  }
  if (flaws.length > 0) throw invalid(file, flaws);
  return approvals;
}

/** Approvals as YAML that {@link parseApprovals} reads back to the same. */
export function printApprovals(approvals: readonly Partial<Approval>[], comment?: string): string {
  const document = new Document({ approvals: approvals.map(inOrder) });
  if (comment !== undefined) document.commentBefore = comment;
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && printable(node.value) !== node.value) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 }).replace(INVISIBLE, escapeInvisible);
}

// What a terminal would obey or hide; only double-quoted text holds it, where YAML reads escapes.
const INVISIBLE = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

function escapeInvisible(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

function inOrder(approval: Partial<Approval>): Record<string, unknown> {
  return Object.fromEntries(
    KEYS.filter((key) => approval[key] !== undefined).map((key) => [key, approval[key]]),
  );
}

/** Where what `path` leads to begins, or the nearest thing around it that is there. */
function offsetOf(document: Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key));
      if (pair === undefined) break;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function listOf(
  document: Parsed,
  file: string,
  lineAt: (path: readonly PropertyKey[]) => number,
): { items: unknown[]; path: readonly string[] } {
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that lead nowhere, or multiply beyond reason.
    throw invalid(file, [{ line: 1, reason: `not valid YAML: ${firstLine(error)}` }]);
  }
  if (Array.isArray(value)) return { items: value, path: [] };
  if (typeof value === 'object' && value !== null && 'approvals' in value) {
    const { approvals, ...rest } = value;
    const [other] = Object.keys(rest);
    if (other !== undefined) {
      throw invalid(file, [
        {
          line: lineAt([other]),
          reason: `"${other}" is no approval: only a list or a mapping with approvals can be imported`,
        },
      ]);
    }
    if (Array.isArray(approvals)) return { items: approvals, path: ['approvals'] };
    if (approvals === null) return { items: [], path: ['approvals'] };
  }
  throw invalid(file, [{ line: 1, reason: 'a list of approvals, or a mapping with approvals, is expected' }]);
}

const nameOf = (item: unknown, index: number): string => {
  const name = typeof item === 'object' && item !== null ? (item as { name?: unknown }).name : undefined;
  return typeof name === 'string' && name !== '' ? `approval "${name}"` : `approval ${index + 1}`;
};

function invalid(file: string, flaws: readonly Flaw[]): OutflowError {
  const [first] = [...flaws].sort((a, b) => a.line - b.line);
  const more = flaws.length > 1 ? ` (${flaws.length - 1} more)` : '';
  const reason = (first?.reason ?? 'invalid').replace(/\.$/, '');
  return failure('OF_INVENTORY_INVALID', { file, line: first?.line ?? 1, reason: reason + more });
}
