import type { Store } from '../store/store.js';
import type { HostTelemetry } from './host-telemetry.js';
import type { HostCoverage } from '../ground/finding.js';

interface TelemetryRow {
  host_id: string;
  host_name: string;
  connections: string;
  with_process: string;
  with_name: string;
  with_address: string;
  with_out: string;
  with_in: string;
  with_duration: string;
  with_signing: string;
  with_parent: string;
  open: string;
  sources: string[];
  lost: string;
}

/** Share of a host's connections from which a fact counts as covered. */
const COVERED = 0.5;

const TELEMETRY = `
  SELECT h.host_id AS host_id, max(h.host_name) AS host_name, max(t.connections) AS connections, max(t.with_process) AS with_process,
         max(t.with_name) AS with_name, max(t.with_address) AS with_address, max(t.with_out) AS with_out, max(t.with_in) AS with_in,
         max(t.with_duration) AS with_duration, max(t.with_signing) AS with_signing, max(t.with_parent) AS with_parent, max(t.open) AS open,
         max(t.sources) AS sources, sum(h.lost) AS lost
  FROM {run:Identifier}.hosts AS h
  LEFT JOIN {run:Identifier}.host_telemetry AS t ON t.host_id = h.host_id
  GROUP BY h.host_id
  ORDER BY h.host_id`;

/** What every host's telemetry holds, measured from the run's own data. */
export async function measureTelemetry(
  store: Store,
  run: string,
): Promise<{
  readonly telemetry: ReadonlyMap<string, HostTelemetry>;
  readonly coverage: readonly HostCoverage[];
}> {
  const rows = await store.rows<TelemetryRow>(TELEMETRY, { run });
  const telemetry = new Map<string, HostTelemetry>();
  const coverage: HostCoverage[] = [];
  for (const row of rows) {
    const connections = Number(row.connections);
    const share = (count: string): number => (connections === 0 ? 0 : Number(count) / connections);
    const measured: HostTelemetry = {
      hostId: row.host_id,
      hostName: row.host_name || row.host_id,
      connections,
      process: share(row.with_process),
      names: share(row.with_name),
      addresses: share(row.with_address),
      out: share(row.with_out),
      in: share(row.with_in),
      duration: share(row.with_duration),
      signing: share(row.with_signing),
      parent: share(row.with_parent),
      open: Number(row.open),
      sources: row.sources,
    };
    telemetry.set(row.host_id, measured);
    coverage.push({
      host: measured.hostName,
      process: measured.process >= COVERED,
      signing: measured.signing >= COVERED,
      bytes: measured.out >= COVERED,
      duration: measured.duration >= COVERED,
      open_connections: measured.open > 0,
      notes: notesOn(measured, Number(row.lost)),
    });
  }
  return { telemetry, coverage };
}

/** Blind spots in words, each with the setting that mends it. */
function notesOn(host: HostTelemetry, lost: number): string[] {
  const notes: string[] = [];
  if (host.connections === 0) {
    notes.push(
      'No connections were reported: add a source that carries them (unified-log, nettop, elastic-defend).',
    );
    return notes;
  }
  if (host.process < COVERED) {
    notes.push('Most traffic has no process: add an endpoint source; a network sensor cannot name it.');
  }
  if (host.process >= COVERED && host.signing < COVERED) {
    notes.push('Most processes have no signing facts: add eslogger, or an endpoint agent that reports them.');
  }
  if (host.process >= COVERED && host.parent < COVERED) {
    notes.push('Most processes have no parent: collect exec and fork events (eslogger).');
  }
  if (host.addresses < COVERED) {
    notes.push(
      'Most remote addresses are redacted: set net.inet.ip.log.privacy=0, or add nettop; destinations cannot be judged.',
    );
  } else if (host.names < COVERED) {
    notes.push('Most destinations have no name, only an address: rarity of a place says less.');
  }
  if (host.out < COVERED) notes.push('Most connections have no byte counts: volume cannot be judged.');
  if (host.out >= COVERED && host.in < COVERED) {
    notes.push('Bytes received are mostly missing: uploads and relays cannot be told apart by their ratio.');
  }
  if (lost > 0) {
    notes.push(`The kernel dropped ${lost} log records (its own rate limit): some connections are missing.`);
  }
  return notes;
}
