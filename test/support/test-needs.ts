import { filesBelow, isBuilt, isThere, textOf, usesOf } from './module-uses.js';

/**
 * What a test file has to have, each with all before it: nothing; a SQL engine, in this process or on the test server;
 * the built command.
 */
export type Need = 'nothing' | 'engine' | 'command';

/** Starts the test server, which comes out of a library and so names no package. */
const SERVER = 'test/support/clickhouse-server.ts';

/** Packages with which an engine is opened. */
const ENGINES = /^(?:chdb|@clickhouse\/client)(?:\/|$)/;

/** All test files by what they need: read off the modules that they reach, so that nobody has to say it. */
export function testsByNeed(): Readonly<Record<Need, readonly string[]>> {
  const needs: Record<Need, string[]> = { nothing: [], engine: [], command: [] };
  const links = new Map<string, Links>();
  for (const test of filesBelow('test').filter((path) => path.endsWith('.test.ts'))) {
    needs[needOf(test, links)].push(test);
  }
  return needs;
}

/** What a module reaches itself. */
interface Links {
  readonly modules: readonly string[];
  readonly need: Need;
}

function needOf(test: string, links: Map<string, Links>): Need {
  const reached = new Set([test]);
  let need: Need = 'nothing';
  for (const path of reached) {
    let own = links.get(path);
    if (own === undefined) links.set(path, (own = linksOf(path)));
    if (own.need === 'command') return 'command';
    if (own.need === 'engine') need = 'engine';
    for (const module of own.modules) reached.add(module);
  }
  return need;
}

function linksOf(path: string): Links {
  const uses = usesOf(path, textOf(path)).filter((use) => use.kind !== 'type');
  return {
    modules: uses.flatMap((use) => (use.path?.endsWith('.ts') && isThere(use.path) ? [use.path] : [])),
    need: uses.some((use) => use.path !== undefined && isBuilt(use.path))
      ? 'command'
      : path === SERVER || uses.some((use) => use.path === undefined && ENGINES.test(use.named))
        ? 'engine'
        : 'nothing',
  };
}
