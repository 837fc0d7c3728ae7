import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Files below a directory of the repository, as paths from its root with slashes, sorted. */
export function filesBelow(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .sort();
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function isThere(path: string): boolean {
  return existsSync(join(ROOT, path));
}

export interface Use {
  /** What stands in the module: `../store/store.js`, `zod`, `./sql/${name}.sql`. */
  readonly named: string;
  /**
   * The file from the root, or its folder where the rest is only known at run time; undefined for a package.
   */
  readonly path: string | undefined;
  /** `type`: gone once compiled. `file`: read or run through `new URL(…, import.meta.url)`. */
  readonly kind: 'import' | 'type' | 'file';
}

/** `import` and `export … from` at the beginning of a line, as the formatter writes them. */
const STATIC = /^(?:import|export)(\s+type\b)?(?:[^'";]*?\sfrom)?\s*'([^']+)'/gm;
const DYNAMIC = /(\btypeof\s+)?\bimport\(\s*'([^']+)'/g;
const ADDRESS = /\bnew URL\(\s*['"`]([^'"`]+)['"`],\s*import\.meta\.url/g;

/**
 * Everything a module reaches: static imports and exports, `import()` of a literal, and what it names through
 * `new URL(…, import.meta.url)`.
 */
export function usesOf(path: string, text: string): Use[] {
  const use = (named: string, kind: Use['kind']): Use => {
    const known = named.includes('${') ? named.slice(0, named.indexOf('${')).replace(/[^/]*$/, '') : named;
    const relative = kind === 'file' || known.startsWith('.');
    const target = posix.normalize(posix.join(posix.dirname(path), known));
    const compiled = kind !== 'file' || known.endsWith('.js');
    return {
      named,
      kind,
      path: !relative ? undefined : compiled && !isBuilt(target) ? target.replace(/\.js$/, '.ts') : target,
    };
  };
  return [
    ...[...text.matchAll(STATIC)].map(([, type, named]) =>
      use(named!, type === undefined ? 'import' : 'type'),
    ),
    ...[...text.matchAll(DYNAMIC)].map(([, type, named]) =>
      use(named!, type === undefined ? 'import' : 'type'),
    ),
    ...[...text.matchAll(ADDRESS)].map(([, named]) => use(named!, 'file')),
  ];
}

/** Below the folder that `npm run build` writes. */
export function isBuilt(path: string): boolean {
  return path.startsWith('dist/');
}
