import type { TestProject } from 'vitest/node';
import { startClickHouse, type ClickHouseServer } from './clickhouse-server.js';
import { SERVER_SUITE } from './server-suite.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Base URL of the test server; '' when this machine cannot have one, undefined without this setup. */
    clickhouseUrl: string | undefined;
  }
}

let server: ClickHouseServer | undefined;
let missing: string | undefined;
let countSkipped = (): number => 0;

/** One ClickHouse server for all test files of a run. */
export async function setup(project: TestProject): Promise<void> {
  const started = await startClickHouse();
  if (typeof started === 'string') {
    missing = started;
    countSkipped = () => serverTests(project);
    project.provide('clickhouseUrl', '');
  } else {
    server = started;
    project.provide('clickhouseUrl', started.url);
  }
}

export async function teardown(): Promise<void> {
  await server?.stop();
  if (missing !== undefined) {
    process.stderr.write(`Skipped ${countSkipped()} tests against a ClickHouse server: ${missing}.\n`);
  }
}

function serverTests(project: TestProject): number {
  let count = 0;
  for (const module of project.vitest.state.getTestModules()) {
    for (const suite of module.children.allSuites()) {
      if (suite.name.endsWith(SERVER_SUITE)) count += [...suite.children.allTests()].length;
    }
  }
  return count;
}
