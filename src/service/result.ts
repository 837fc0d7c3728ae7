import { readFileSync } from 'node:fs';
import { configHash } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { FINDINGS_SCHEMA, type DetectResult, type Finding } from '../ground/finding.js';
import type { JudgedRecords } from './judged.js';
import type { AskedWindow } from './window.js';

/** The order of findings in every output: worst first, equal ones by id. */
export function byRisk(a: Finding, b: Finding): number {
  return b.risk - a.risk || (a.id < b.id ? -1 : 1);
}

/** Version of this program. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

/** The result contract, put together; findings in the order of every output. */
export function resultOf(of: {
  readonly judged: JudgedRecords;
  readonly config: Config;
  readonly input: DetectResult['input'];
  readonly findings: readonly Finding[];
  readonly cut: AskedWindow['cut'];
  /** ISO 8601; the clock's time without it. */
  readonly started: string | undefined;
}): DetectResult {
  const { judged, config, input, findings, cut, started } = of;
  return {
    schema: FINDINGS_SCHEMA,
    run: {
      started: started ?? new Date().toISOString(),
      window: judged.window,
      ...(cut === undefined ? {} : { cut }),
      baseline: judged.baseline,
      config: configHash(config),
      version: version(),
    },
    input,
    findings: [...findings].sort(byRisk),
    coverage: judged.coverage,
  };
}
