import { readBaselineFile } from '../baseline/baseline-file.js';
import { driftBetween, type Drift } from '../baseline/drift.js';
import type { Exclusion } from '../baseline/exclusion.js';
import { exportLines } from '../baseline/export.js';
import { readHabits, type ActorHabits } from '../baseline/habits.js';
import { importLines } from '../baseline/import.js';
import { listVersions, readVersion } from '../baseline/version-store.js';
import type { BaselineVersion } from '../baseline/version.js';
import { appendDecision } from '../decisions/decisions.js';
import { freezeBaseline, type FreezeRequest } from '../detect/baselines.js';
import { failure } from '../ground/errors.js';
import type { Store } from '../store/store.js';
import { readCitations, type Citations } from '../triage/citations.js';
import type { Session } from './session.js';

/** A frozen version and what was judged by it. */
export type ListedBaseline = Omit<BaselineVersion, 'settings' | 'excluded'> & {
  readonly settings: unknown;
  readonly excluded: unknown;
  readonly cited_by: Citations;
};

export interface BaselineList {
  /** In the order in which they apply. */
  readonly baselines: readonly ListedBaseline[];
}

export interface BuiltBaseline {
  readonly version: string;
  /** What was not learned, because it was a finding. */
  readonly excluded: readonly Exclusion[];
}

/** What is usual for actors under a version. */
export interface BaselineHabits {
  readonly version: string;
  readonly actors: readonly ActorHabits[];
  /** Actors with that name altogether. */
  readonly found: number;
  readonly cited_by: Citations;
}

export interface BaselineService {
  /**
   * Freezes what is normal now.
   *
   * @throws OutflowError OF_USAGE where there are no days to learn from
   */
  readonly build: (request?: Partial<Omit<FreezeRequest, 'now'>>) => Promise<BuiltBaseline>;
  readonly list: () => Promise<BaselineList>;
  /**
   * What is usual for an actor.
   *
   * @param actor part of its name, in any letter case
   * @param options `baseline`: id or name, the latest without it; `host`: only this one, by id or name
   * @throws OutflowError OF_BASELINE_UNKNOWN
   */
  readonly show: (
    actor: string,
    options?: { readonly baseline?: string | undefined; readonly host?: string | undefined },
  ) => Promise<BaselineHabits>;
  /**
   * What changed between two versions, by id or name.
   *
   * @throws OutflowError OF_BASELINE_UNKNOWN
   */
  readonly diff: (before: string, after: string) => Promise<Drift>;
  /**
   * A version, by id or name, as lines of JSON, each with its line feed.
   *
   * @throws OutflowError OF_BASELINE_UNKNOWN
   */
  readonly export: (version: string) => AsyncGenerator<string>;
  /**
   * Reads an exported version into the store; one that is there already stays as it is.
   *
   * @param file written by `export`, or `-` for standard input
   * @throws OutflowError OF_BASELINE_VERSION, OF_BASELINE_INVALID, OF_INPUT_UNREADABLE
   */
  readonly import: (file: string) => Promise<{ readonly version: string; readonly isNew: boolean }>;
}

export function baselineOf(session: Session): BaselineService {
  const { config, actor: who } = session.options;
  /** Who brought a version into the store is part of its history. */
  const record = async (store: Store, action: 'build' | 'import', version: string, at: string) => {
    const { name } = await readVersion(store, version);
    await appendDecision(store, {
      ...{ at, who, kind: 'baseline', subject: version, action },
      detail: { name },
    });
  };
  return {
    build: (request = {}) =>
      session.write(async (store) => {
        const now = session.now();
        const known = new Set((await listVersions(store)).map(({ version }) => version));
        const built = await freezeBaseline(store, config, { name: '', ...request, now });
        if (!known.has(built.version)) await record(store, 'build', built.version, now);
        return built;
      }),
    list: () =>
      session.read(async (store) => {
        const versions = await listVersions(store);
        const citations = await readCitations(store);
        return { baselines: versions.map((one) => listed(one, citations.get(one.version))) };
      }),
    show: (actor, { baseline, host } = {}) =>
      session.read(async (store) => {
        const { version } = await chosen(store, baseline);
        const habits = await readHabits(store, version, actor, host);
        const citations = (await readCitations(store, actor)).get(version);
        return { version, ...habits, cited_by: citations ?? NOT_CITED };
      }),
    diff: (a, b) =>
      session.read(async (store) => {
        const before = await readVersion(store, a);
        const after = await readVersion(store, b);
        return driftBetween(store, before.version, after.version);
      }),
    export: (version) =>
      session.stream(async function* (store) {
        yield* exportLines(store, await readVersion(store, version));
      }),
    import: (file) =>
      session.write(async (store) => {
        const { version, isNew } = await importLines(store, readBaselineFile(file), file);
        if (isNew) await record(store, 'import', version, session.now());
        return { version, isNew };
      }),
  };
}

const NOT_CITED: Citations = { days: 0, findings: [] };

async function chosen(store: Store, wanted: string | undefined): Promise<BaselineVersion> {
  if (wanted !== undefined) return readVersion(store, wanted);
  const latest = (await listVersions(store)).at(-1);
  if (latest !== undefined) return latest;
  throw failure('OF_BASELINE_UNKNOWN.noneYet', { store: store.target });
}

function listed(
  { settings, excluded, ...version }: BaselineVersion,
  citations: Citations | undefined,
): ListedBaseline {
  return {
    ...version,
    settings: JSON.parse(settings) as unknown,
    excluded: JSON.parse(excluded) as unknown,
    cited_by: citations ?? NOT_CITED,
  };
}
