import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { failure } from '../ground/errors.js';
import type { FormatWriter, Withheld } from './event.js';
import { FORMATS } from './formats/index.js';
import { iso, utcDay } from './incident.js';
import { inventoryYaml } from './inventory-file.js';
import type { SimApproval } from './scenarios/stage.js';
import { TRUTH_SCHEMA, type Truth, type TruthIncident } from './truth.js';
import { World, type WorldOptions } from './world.js';

/** Sources written when none are named: endpoint telemetry that carries processes, signing and flows. */
export const DEFAULT_SOURCES: readonly string[] = ['elastic-defend'];

export interface SimulateOptions extends WorldOptions {
  readonly out: string;
  readonly sources: readonly string[];
  readonly withhold: ReadonlySet<Withheld>;
  /** One directory a UTC day, `telemetry/YYYY-MM-DD/`; together the records are those of the undivided files. */
  readonly byDay?: boolean;
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Writes a simulated fleet: `OUT/telemetry/…` in real source formats, `OUT/truth.json`, and `OUT/outflow.yaml` with
 * the company's inventory. The same options give the same bytes. One host is held in memory at a time.
 */
export function simulate(options: SimulateOptions): Truth {
  const world = new World(options);
  const writers = openWriters(options.sources, world.window.end);
  const telemetry = join(options.out, 'telemetry');
  prepare(telemetry);
  const incidents: TruthIncident[] = [];
  const approvals: SimApproval[] = [];
  let done = 0;
  for (const story of world.stories()) {
    for (const slice of story.slices) {
      const directory = options.byDay === true ? join(telemetry, utcDay(slice.dayStart)) : telemetry;
      const chunks = new Map<string, string[]>();
      for (const writer of writers) {
        for (const { file, text } of writer.write(slice, { withhold: options.withhold })) {
          const known = chunks.get(file);
          if (known === undefined) chunks.set(file, [text]);
          else known.push(text);
        }
      }
      for (const [file, texts] of chunks) append(directory, file, texts.join(''));
    }
    incidents.push(...story.incidents);
    approvals.push(...story.approvals);
    options.progress?.(++done, options.hosts);
  }
  const truth: Truth = {
    schema: TRUTH_SCHEMA,
    seed: options.seed,
    hosts: options.hosts,
    days: options.days,
    intensity: options.intensity,
    window: { start: iso(world.window.start), end: iso(world.window.end) },
    sources: options.sources,
    withheld: [...options.withhold].sort(),
    organisation: { domains: world.domains },
    incidents: incidents.sort(
      (left, right) => compare(left.id, right.id) || compare(left.host.name, right.host.name),
    ),
    approvals,
    ...(world.exercise === undefined ? {} : { exercise: world.exercise.truth() }),
  };
  guarded(
    () => writeFileSync(join(options.out, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`),
    options.out,
  );
  guarded(() => writeFileSync(join(options.out, 'outflow.yaml'), inventoryYaml(truth)), options.out);
  return truth;
}

function openWriters(sources: readonly string[], end: number): FormatWriter[] {
  return sources.map((id) => {
    const format = FORMATS.find((candidate) => candidate.id === id);
    if (format === undefined) {
      throw failure('OF_USAGE.unknownFormat', {
        source: id,
        known: FORMATS.map((known) => known.id).join(', '),
      });
    }
    return format.create(end);
  });
}

function prepare(directory: string): void {
  if (existsSync(directory) && guarded(() => readdirSync(directory), directory).length > 0) {
    throw failure('OF_OUTPUT_UNWRITABLE.notEmpty', { directory });
  }
  guarded(() => mkdirSync(directory, { recursive: true }), directory);
}

function append(directory: string, file: string, text: string): void {
  const path = resolve(directory, file);
  if (!path.startsWith(resolve(directory) + sep))
    throw failure('OF_OUTPUT_UNWRITABLE.outside', { file, directory });
  guarded(() => {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, text);
  }, path);
}

function guarded<T>(action: () => T, path: string): T {
  try {
    return action();
  } catch (error) {
    throw failure('OF_OUTPUT_UNWRITABLE.failed', { path }, error);
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
