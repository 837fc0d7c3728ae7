import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { DetectResult } from '../../src/ground/finding.js';
import { simulate } from '../../src/simulate/simulate.js';

export interface FleetOptions {
  readonly seed: string;
  /** `YYYY-MM-DD`. */
  readonly start: string;
  readonly days: number;
  readonly scenarios?: readonly string[];
}

/** Three Macs: two with an endpoint agent, one that tells of itself; one directory a day. */
export class DailyFleet {
  readonly directory = mkdtempSync(join(tmpdir(), 'outflow-days-'));
  readonly telemetry = join(this.directory, 'telemetry');
  readonly days: readonly string[];

  constructor({ seed, start, days, scenarios = ['A01', 'A21', 'A30'] }: FleetOptions) {
    const whole = join(this.directory, 'whole');
    simulate({
      hosts: 3,
      days,
      seed,
      start: Date.parse(`${start}T00:00:00Z`),
      intensity: 0.03,
      scenarios,
      out: whole,
      sources: ['elastic-defend', 'eslogger', 'unified-log'],
      withhold: new Set(),
      byDay: true,
    });
    const hosts = [...new Set(list(join(whole, 'telemetry')).map((file) => hostOf(file)))].sort();
    for (const file of list(join(whole, 'telemetry'))) {
      const byAgent = hosts.indexOf(hostOf(file)) < 2;
      if (byAgent !== file.includes('.elastic.')) continue;
      // These documents name their host: one file a day lands faster than one for each.
      const to = join(this.telemetry, dirname(file), byAgent ? 'fleet.elastic.ndjson' : basename(file));
      mkdirSync(dirname(to), { recursive: true });
      appendFileSync(to, readFileSync(join(whole, 'telemetry', file)));
    }
    rmSync(whole, { recursive: true });
    this.days = readdirSync(this.telemetry).sort();
  }

  /** The directory of one day. */
  day(day: string): string {
    return join(this.telemetry, day);
  }

  /**
   * Deals the lines of all files of the given days out to new directories; a piece has the name of its file, so that findings name
   * the same evidence.
   */
  deal(days: readonly string[], to: (day: string, line: string, at: number) => string): readonly string[] {
    const root = mkdtempSync(join(this.directory, 'dealt-'));
    const pieces = new Map<string, string[]>();
    for (const day of days) {
      for (const name of readdirSync(this.day(day))) {
        const lines = readFileSync(join(this.day(day), name), 'utf8')
          .split('\n')
          .slice(0, -1);
        lines.forEach((line, at) => {
          const path = join(root, to(day, line, at), day, name);
          const piece = pieces.get(path);
          if (piece === undefined) pieces.set(path, [line]);
          else piece.push(line);
        });
      }
    }
    for (const [path, lines] of pieces) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${lines.join('\n')}\n`);
    }
    return readdirSync(root)
      .sort()
      .map((name) => join(root, name));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function list(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ndjson|jsonl)$/.test(file))
    .sort();
}

const hostOf = (file: string): string => basename(file).split('.')[0]!;

/** What must not depend on how telemetry arrived, as text. */
export function judged({ findings, coverage }: DetectResult): string {
  return JSON.stringify({ findings, coverage }, null, 1);
}
