import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Files below a directory, as paths with slashes from there, sorted. */
export function filesBelow(directory = SRC): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

export function readSource(path: string): string {
  return readFileSync(join(SRC, path), 'utf8');
}

export interface Use {
  /** What stands in the file, e.g. `../store/store.js` or `./sql/${name}.sql`. */
  readonly named: string;
  /** The file or, for an address with a part that is only known at run time, the folder below `src/`. */
  readonly path: string;
  readonly kind: 'import' | 'file';
}

/**
 * Everything a module reaches below `src/`: static imports and exports, `import()`, and what it reads through
 * `new URL(…, import.meta.url)`.
 */
export function usesOf(path: string, text: string): Use[] {
  const uses: Use[] = [];
  const add = (named: string, kind: Use['kind']): void => {
    if (!named.startsWith('.')) return;
    const target = posix.normalize(posix.join(posix.dirname(path), named));
    uses.push({ named, kind, path: kind === 'import' ? target.replace(/\.js$/, '.ts') : target });
  };
  const visit = (node: ts.Node): void => {
    const address =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (address !== undefined) add(knownPart(address), 'import');
    if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2) {
      const [named, base] = node.arguments;
      if (base!.getText() === 'import.meta.url') add(knownPart(named!), 'file');
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return uses;
}

/** Text of a literal; of a template up to the folder before its first part that is only known at run time. */
function knownPart(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text.replace(/[^/]*$/, '');
  return '';
}

/** The string and template literals of a module, without what is filled into them. */
export function textsOf(path: string, text: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('?'));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return texts;
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Whether a path below `src/` leads to something that is there. */
export function isThere(path: string): boolean {
  return existsSync(join(SRC, path));
}

/** Groups of files that reach each other in a circle, each sorted. */
export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  // Tarjan: what a file can get back to with the files still on the stack is one group with it.
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
      } else if (stack.includes(next)) {
        lowest.set(file, Math.min(lowest.get(file)!, order.get(next)!));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || (graph.get(file) ?? []).includes(file)) circles.push(group.sort());
  };
  for (const file of [...graph.keys()].sort()) if (!order.has(file)) visit(file);
  return circles;
}
