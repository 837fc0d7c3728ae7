import { compareWithVersion, learnBaseline } from '../baseline/learn.js';
import type { Config } from '../config/schema.js';
import { measureTelemetry } from '../coverage/measure.js';
import type { HostCoverage } from '../ground/finding.js';
import { loadSql } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';
import type { Assembled } from './assembled.js';
import { findCandidates } from './candidates.js';
import type { DetectContext } from './indicator.js';

const HEAVIEST = loadSql(new URL('./sql/heaviest.sql', import.meta.url));
const STANDING = loadSql(new URL('./sql/standing-processes.sql', import.meta.url));
const COMPARED = loadSql(new URL('./sql/compared.sql', import.meta.url));
const PRESSING = loadSql(new URL('./sql/pressing.sql', import.meta.url));

/** Working tables that subjects can be loaded from, and what they are judged in. */
export interface Prepared {
  readonly run: string;
  readonly coverage: readonly HostCoverage[];
  /** Names what was learned from the working tables themselves, by its content. */
  readonly learned: string;
  readonly contextOf: (hostId: string, config: Config) => DetectContext;
}

/**
 * Learns what is normal in what was assembled, finds the candidates, and puts beside them what a frozen baseline says.
 *
 * @param version the frozen baseline to compare with, '' for none
 */
export async function prepare(
  store: Store,
  { run, addProcesses }: Assembled,
  config: Config,
  version: string,
): Promise<Prepared> {
  const learned = await learnBaseline(store, run);
  const { telemetry, coverage } = await measureTelemetry(store, run);
  const fleetHosts = [...telemetry.values()].filter((host) => host.connections > 0).length;
  await findCandidates(store, run, config);
  await store.command(HEAVIEST, { run });
  await store.command(STANDING, { run });
  await addProcesses();
  if (version !== '') {
    await store.command(COMPARED, { run });
    await store.command(PRESSING, { run, version });
    await compareWithVersion(store, run, version);
  }
  return {
    run,
    coverage,
    learned,
    contextOf: (hostId, of) => ({ config: of, fleetHosts, telemetry: telemetry.get(hostId)! }),
  };
}
