import { sha256OfJson } from '../ground/hash.js';
import { loadStatements } from '../ground/sql-file.js';
import type { Store } from '../store/store.js';

const COMPARE = loadStatements(new URL('./sql/compare.sql', import.meta.url));

/** Puts beside the subjects in `compared` what a frozen version says of them; `pressing` has been filled before. */
export async function compareWithVersion(store: Store, run: string, version: string): Promise<void> {
  for (const statement of COMPARE) await store.command(statement, { run, version });
}

/**
 * Learns what is normal from the model of the run: days and hours per host and actor, prevalence of actors and
 * destinations, and how much each actor sends a day on each host. The judged host is left out when its own are compared.
 *
 * @returns an id that names this baseline by its content
 */
export async function learnBaseline(store: Store, run: string): Promise<string> {
  for (const file of ['tables', 'learn']) {
    for (const statement of loadStatements(new URL(`./sql/${file}.sql`, import.meta.url))) {
      await store.command(statement, { run });
    }
  }
  const [content] = await store.rows<Record<string, string>>(
    `SELECT count() AS pairs, sum(sipHash64(actor_id, destination, hosts)) AS fingerprint
     FROM {run:Identifier}.pair_fleet`,
    { run },
  );
  return sha256OfJson(content).slice(0, 16);
}
